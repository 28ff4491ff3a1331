using System.Diagnostics;
using System.Text;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>The program in a pseudo-terminal, with someone who types and looks at the screen.</summary>
internal sealed class TypedSession : IDisposable
{
    /// <summary>Far more than anything takes; a machine may be busy.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1" ? 30 : 120);

    private readonly PseudoTerminal _terminal;
    private readonly Process _process;
    private readonly Screen _screen;
    private readonly Thread _reader;
    private readonly object _change = new();
    private readonly List<FileStream> _pipes = [];
    private DateTime _changed = DateTime.UtcNow;
    private bool _isOver;

    /// <param name="folder">Where it runs.</param>
    /// <param name="size">Of the screen.</param>
    /// <param name="environment">What is set beside the usual.</param>
    /// <param name="isJob">Whether a shell runs it, which says so when it is stopped, and goes on with it after a line.</param>
    /// <param name="arguments">Those of the program.</param>
    public TypedSession(string folder, TerminalSize size, IReadOnlyDictionary<string, string> environment, bool isJob, params string[] arguments)
    {
        _terminal = new PseudoTerminal(size);
        _screen = new Screen(size);
        string[] program = ["dotnet", typeof(CommandLine).Assembly.Location, .. arguments];
        if (isJob) program = ["sh", "-c", "set -m; \"$@\"; echo '[stopped]'; read -r line; fg >/dev/null", "sh", .. program];
        var start = new ProcessStartInfo(program[0], program[1..]) { WorkingDirectory = folder };
        start.Environment.Remove("NO_COLOR");
        start.Environment["TERM"] = "xterm-256color";
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["HOME"] = folder;
        start.Environment["PROBLANG_HISTORY"] = Path.Combine(folder, ".history");
        foreach (var (name, value) in environment) start.Environment[name] = value;
        _process = _terminal.Start(start);
        _reader = new Thread(Read) { IsBackground = true };
        _reader.Start();
    }

    public string Text => Seen(s => s.Text);

    public string TextWithCursor => Seen(s => s.TextWithCursor);

    public string TextWithLooks => Seen(s => s.TextWithLooks());

    public void Type(string keys) => _terminal.Write(keys);

    public void Resize(TerminalSize size)
    {
        lock (_change) _screen.Resize(size);
        _terminal.Resize(size);
    }

    /// <summary>Makes a named pipe.</summary>
    public static void MakePipe(string path)
    {
        using var make = Process.Start("mkfifo", ["--", path]);
        make.WaitForExit();
        Assert.Equal(0, make.ExitCode);
    }

    /// <summary>Waits until the program opens a pipe for reading, and lets it wait.</summary>
    public void Meet(string path)
    {
        var opening = Task.Run(() => new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite));
        Assert.True(opening.Wait(s_patience), "nobody reads from the pipe");
        _pipes.Add(opening.Result);
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, "--", $"-{_process.Id}"]);
        kill.WaitForExit();
    }

    public void WaitFor(string text) => Assert.True(Await(() => _screen.Text.Contains(text, StringComparison.Ordinal)), $"`{text}` does not show in\n{TextWithCursor}");

    /// <summary>What is seen when it is what is expected, or else when it no longer changes.</summary>
    public string WaitFor(Func<TypedSession, string> look, string expected)
    {
        Await(() => look(this) == expected);
        return look(this);
    }

    /// <summary>What is seen when nothing has happened for a while: for who writes down what is expected.</summary>
    public string Settled(Func<TypedSession, string> look)
    {
        do Thread.Sleep(200); while (DateTime.UtcNow - _changed < TimeSpan.FromSeconds(1.2));
        return look(this);
    }

    /// <summary>The exit code when the program has ended.</summary>
    public int End()
    {
        Assert.True(_process.WaitForExit(s_patience), "the program does not end");
        Assert.True(_reader.Join(s_patience));
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _reader.Join(s_patience);
        foreach (var pipe in _pipes) pipe.Dispose();
        _process.Dispose();
        _terminal.Dispose();
    }

    private T Seen<T>(Func<Screen, T> look)
    {
        lock (_change)
        {
            Assert.Null(_screen.Unknown);
            return look(_screen);
        }
    }

    private bool Await(Func<bool> condition)
    {
        var clock = Stopwatch.StartNew();
        lock (_change)
        {
            while (!condition())
            {
                if (_isOver || clock.Elapsed > s_patience) return condition();
                Monitor.Wait(_change, 100);
            }
            return true;
        }
    }

    private void Read()
    {
        var decoder = Encoding.UTF8.GetDecoder();
        while (_terminal.Read(decoder) is { Length: > 0 } text)
            lock (_change)
            {
                _screen.Feed(text);
                _changed = DateTime.UtcNow;
                Monitor.PulseAll(_change);
            }
        lock (_change)
        {
            _isOver = true;
            Monitor.PulseAll(_change);
        }
    }
}
