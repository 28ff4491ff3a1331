using System.Runtime.InteropServices;

namespace ProbLang.Cli.Repl;

/// <summary>Ctrl-C while an entry is answered: the first stops the computation, and it is said where that takes a while; the second says how to leave one that does not stop, the third leaves.</summary>
internal sealed class Interruption : IDisposable
{
    /// <summary>So long nobody wonders whether the key was heard.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _source = new();
    private readonly Timer _timer;
    private readonly PosixSignalRegistration _registration;
    private readonly TextWriter _error;
    private readonly Action _leave;
    private int _presses;
    private bool _isOver;

    /// <param name="error">Where it says how to leave.</param>
    /// <param name="leave">Done before the process ends.</param>
    public Interruption(TextWriter error, Action leave)
    {
        (_error, _leave) = (error, leave);
        _timer = new Timer(_ => TellOfStopping());
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel |= Press());
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the session goes on after one more press.</summary>
    internal bool Press()
    {
        lock (_lock)
        {
            if (_isOver) return true;
            if (++_presses == 1) Stop();
            else if (_presses == 2) _error.WriteLine("the computation is being stopped; Ctrl-C once more ends the session");
            else _leave();
            return _presses < 3;
        }
    }

    private void Stop()
    {
        _timer.Change(s_patience, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }

    private void TellOfStopping()
    {
        lock (_lock)
            if (!_isOver && _presses == 1) _error.WriteLine("stopping the computation");
    }

    public void Dispose()
    {
        // Whatever comes too late finds that nothing is left to stop.
        lock (_lock) _isOver = true;
        _registration.Dispose();
        _timer.Dispose();
        _source.Dispose();
    }
}
