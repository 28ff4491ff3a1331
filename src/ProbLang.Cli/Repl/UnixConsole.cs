using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>
/// The terminal of the process on Linux and macOS. <see cref="Console"/> is not used: it knows neither a paste nor an Escape alone, and
/// changes the terminal's settings on its own.
/// </summary>
[UnsupportedOSPlatform("windows")]
internal sealed class UnixConsole : IConsole
{
    /// <summary>An Escape is one where so long nothing follows it.</summary>
    private const int PatienceWithEscape = 50;

    private readonly Lock _lock = new();
    private readonly Termios _original;
    private readonly TerminalStream _screen = new(1);
    private readonly KeyDecoder _decoder = new();
    private readonly Queue<Input> _arrived = new();
    private readonly WakeablePoll _poll = new();
    private readonly List<PosixSignalRegistration> _signals = [];
    private TerminalMode _mode;
    private int _interrupts, _redraws;

    /// <summary>The terminal; null where the input is none after all.</summary>
    public static UnixConsole? Open() => Termios.OfInput() is { } settings ? new UnixConsole(settings) : null;

    private UnixConsole(Termios original)
    {
        _original = original;
        On(PosixSignal.SIGWINCH, _ => AskToRedraw());
        On(PosixSignal.SIGCONT, Resume);
        On(PosixSignal.SIGINT, context => context.Cancel |= Interrupt());
        foreach (var end in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGQUIT]) On(end, _ => Mode = TerminalMode.Original);
        AppDomain.CurrentDomain.ProcessExit += Restore;
        AppDomain.CurrentDomain.UnhandledException += Restore;
    }

    public TerminalSize Size => TerminalSize.Current();

    public TerminalMode Mode
    {
        set
        {
            lock (_lock)
            {
                if (_mode == value) return;
                // Pasted text is to come as such.
                if (_mode == TerminalMode.Editing) Write("\e[?2004l");
                Apply(value);
                if (value == TerminalMode.Editing) Write("\e[?2004h");
                _mode = value;
            }
        }
    }

    public void Write(string text)
    {
        try
        {
            _screen.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException)
        {
            // The terminal is gone, which the next reading tells.
        }
    }

    public Input Next()
    {
        while (true)
        {
            if (Interlocked.Exchange(ref _redraws, 0) > 0) return new(InputKind.Redraw);
            if (Interlocked.Exchange(ref _interrupts, 0) > 0) return new(InputKind.Key, Key.Control('c'));
            if (_arrived.TryDequeue(out var input)) return input;
            switch (_poll.Wait(_decoder.IsWaiting ? PatienceWithEscape : -1))
            {
                case Arrival.Input: Read(); break;
                case Arrival.Wake: return new(InputKind.Woken);
                case Arrival.Nothing: Arrived(_decoder.GiveUp()); break;
            }
        }
    }

    public void Wake() => _poll.Wake();

    public void Suspend()
    {
        Mode = TerminalMode.Original;
        WakeablePoll.StopProcess();
        Mode = TerminalMode.Editing;
        Interlocked.Increment(ref _redraws);
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= Restore;
        AppDomain.CurrentDomain.UnhandledException -= Restore;
        Mode = TerminalMode.Original;
        foreach (var signal in _signals) signal.Dispose();
    }

    private void On(PosixSignal signal, Action<PosixSignalContext> action) => _signals.Add(PosixSignalRegistration.Create(signal, action));

    private void Restore(object? sender, EventArgs e) => Mode = TerminalMode.Original;

    private void AskToRedraw()
    {
        Interlocked.Increment(ref _redraws);
        _poll.Wake();
    }

    /// <summary>Ctrl-C from elsewhere than the keyboard, while an entry is typed: as from the keyboard.</summary>
    private bool Interrupt()
    {
        if (_mode != TerminalMode.Editing) return false;
        Interlocked.Increment(ref _interrupts);
        _poll.Wake();
        return true;
    }

    /// <summary>Whoever had the terminal meanwhile may have left it otherwise.</summary>
    private void Resume(PosixSignalContext context)
    {
        // Else the runtime puts its own idea of the terminal back afterwards.
        context.Cancel = true;
        lock (_lock) Apply(_mode);
        AskToRedraw();
    }

    private void Apply(TerminalMode mode)
    {
        var settings = mode switch { TerminalMode.Editing => _original.Raw(), TerminalMode.Computing => _original.Silent(), _ => _original };
        settings.Apply();
    }

    private void Read()
    {
        Span<byte> bytes = stackalloc byte[4096];
        var count = WakeablePoll.ReadInput(bytes);
        if (count > 0) Arrived(_decoder.Feed(bytes[..count]));
        else _arrived.Enqueue(new(InputKind.End));
    }

    private void Arrived(IEnumerable<Key> keys)
    {
        foreach (var key in keys) _arrived.Enqueue(new(InputKind.Key, key));
    }
}
