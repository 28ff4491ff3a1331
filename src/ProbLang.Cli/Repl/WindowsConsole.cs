using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>The console of the process on Windows, which understands the same sequences once that is asked for.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class WindowsConsole : IConsole
{
    private const int StandardOutput = -11;
    private const uint ProcessSequences = 4;

    private readonly Stream _screen = Console.OpenStandardOutput();
    private readonly ConcurrentQueue<Input> _arrived = new();
    private readonly nint _output = GetStdHandle(StandardOutput);
    private readonly uint _original;
    private TerminalSize _size = TerminalSize.Current();

    public WindowsConsole()
    {
        if (GetConsoleMode(_output, out _original)) _ = SetConsoleMode(_output, _original | ProcessSequences);
    }

    public TerminalSize Size => _size;

    public TerminalMode Mode
    {
        set => Console.TreatControlCAsInput = value == TerminalMode.Editing;
    }

    public void Write(string text)
    {
        _screen.Write(Encoding.UTF8.GetBytes(text));
        _screen.Flush();
    }

    public Input Next()
    {
        while (!_arrived.TryDequeue(out _))
        {
            if (Console.KeyAvailable) return new(InputKind.Key, Burst());
            if (TerminalSize.Current() is var size && size != _size)
            {
                _size = size;
                return new(InputKind.Redraw);
            }
            Thread.Sleep(10);
        }
        return new(InputKind.Woken);
    }

    public void Wake() => _arrived.Enqueue(new(InputKind.Woken));

    /// <summary>There is no such thing here.</summary>
    public void Suspend()
    {
    }

    public void Dispose()
    {
        Mode = TerminalMode.Original;
        _ = SetConsoleMode(_output, _original);
    }

    /// <summary>A key, or a whole paste: characters with a line break among them that are all there at once, faster than anyone types.</summary>
    private static Key Burst()
    {
        var first = ConsoleKeys.Of(Console.ReadKey(intercept: true));
        if (!IsText(first) || !Console.KeyAvailable) return first;
        var text = new StringBuilder(first.Text);
        while (Console.KeyAvailable && ConsoleKeys.Of(Console.ReadKey(intercept: true)) is var key) text.Append(key.Code == KeyCode.Enter ? "\n" : IsText(key) ? key.Text : "");
        return Key.Paste(text.ToString());
    }

    private static bool IsText(Key key) => key is { Code: KeyCode.Character, Held: Held.None };

    [LibraryImport("kernel32")]
    private static partial nint GetStdHandle(int handle);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool GetConsoleMode(nint handle, out uint mode);

    [LibraryImport("kernel32")]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool SetConsoleMode(nint handle, uint mode);
}
