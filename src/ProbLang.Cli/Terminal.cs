using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace ProbLang.Cli;

/// <summary>Where a command writes: results to one stream, everything else to another; where it reads; and how it learns of Ctrl-C.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, bool isInteractive, TextReader? input = null) : IDisposable
{
    private TextReader? _input = input;
    private readonly CancellationTokenSource _interrupt = new();
    private PosixSignalRegistration? _registration;

    public TextWriter Out => output;

    public TextWriter Error => error;

    /// <summary>What is piped in, or typed on a terminal that edits lines itself.</summary>
    // A terminal echoes what is typed, and so would the stream of the console.
    public TextReader In => _input ??= new StreamReader(OperatingSystem.IsWindows() || Console.IsInputRedirected
        ? Console.OpenStandardInput() : new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, bufferSize: 1), Encoding.UTF8);

    /// <summary>Whether someone types and sees at once what is answered: both ends are a terminal.</summary>
    public bool HasKeyboard { get; private init; }

    /// <summary>Whether someone watches: a progress display makes sense.</summary>
    public bool IsInteractive => isInteractive;

    /// <summary>How many characters a line holds.</summary>
    public int Width => isInteractive || HasKeyboard ? TerminalSize.Current().Columns : 80;

    public CancellationToken Interrupted => _interrupt.Token;

    public static Terminal OfProcess()
    {
        var plain = Console.IsErrorRedirected || Environment.GetEnvironmentVariable("NO_COLOR") is { Length: > 0 };
        var utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return new Terminal(
            new StreamWriter(OperatingSystem.IsWindows() || Console.IsOutputRedirected ? Console.OpenStandardOutput() : new TerminalStream(1), utf8, 1 << 14),
            new StreamWriter(OperatingSystem.IsWindows() || Console.IsErrorRedirected ? Console.OpenStandardError() : new TerminalStream(2), utf8, 256) { AutoFlush = true }, !plain)
        { HasKeyboard = !Console.IsInputRedirected && !Console.IsOutputRedirected };
    }

    /// <summary>From now on the first Ctrl-C asks the command to finish with what it has; a second one ends the process.</summary>
    public void CatchInterrupt() => _registration ??= PosixSignalRegistration.Create(PosixSignal.SIGINT, context =>
    {
        context.Cancel = !_interrupt.IsCancellationRequested;
        _interrupt.Cancel();
    });

    public void Interrupt() => _interrupt.Cancel();

    public void Dispose()
    {
        _registration?.Dispose();
        try
        {
            output.Flush();
            error.Flush();
        }
        catch (IOException)
        {
            // The disk is full or the reader is gone, which the command has said already.
        }
        _interrupt.Dispose();
    }
}
