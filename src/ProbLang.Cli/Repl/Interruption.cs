using System.Runtime.InteropServices;

namespace ProbLang.Cli.Repl;

/// <summary>Ctrl-C while an entry is answered: the first stops the computation, the second says how to leave one that does not stop, the third leaves.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _registration;
    private readonly TextWriter _error;
    private readonly Action _leave;
    private int _presses;

    /// <param name="error">Where it says how to leave.</param>
    /// <param name="leave">Done before the process ends.</param>
    public Interruption(TextWriter error, Action leave)
    {
        (_error, _leave) = (error, leave);
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel |= Press());
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether the session goes on after one more press.</summary>
    internal bool Press()
    {
        var presses = Interlocked.Increment(ref _presses);
        if (presses == 1) _source.Cancel();
        else if (presses == 2) _error.WriteLine("the computation is being stopped; Ctrl-C once more ends the session");
        else _leave();
        return presses < 3;
    }

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
