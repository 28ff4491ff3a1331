using System.Runtime.ExceptionServices;

namespace ProbLang.Limits;

/// <summary>
/// A value that is made when it is first asked for, once for all threads. What goes wrong goes wrong for all who ask, except that where the one who makes it is stopped
/// (cancelled, or at a limit), the next one begins anew. Who waits for another to make it can be stopped too.
/// </summary>
/// <param name="make">Makes it.</param>
internal sealed class Once<T>(Func<T> make)
{
    private readonly object _gate = new();
    private Func<T>? _make = make;
    private ExceptionDispatchInfo? _failure;
    private T _value = default!;
    private volatile bool _isMade;

    public bool IsValueCreated => _isMade && _failure is null;

    public T Value
    {
        get
        {
            if (!_isMade) Make();
            _failure?.Throw();
            return _value;
        }
    }

    /// <summary>As <see cref="Value"/>, unless who asks is stopped before it is made.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public T ValueUnless(CancellationToken cancellation) => _isMade ? Value : Budget.Run(ResourceLimits.None, default, _ => Value, cancellation);

    private void Make()
    {
        Budget.Current.Enter(_gate);
        try
        {
            if (_isMade) return;
            // While it is being made nobody can ask for it but its own maker.
            var make = _make ?? throw new InvalidOperationException("a value that is made of itself");
            _make = null;
            try
            {
                _value = make();
            }
            catch (Exception e) when (e is OperationCanceledException or ResourceLimitException)
            {
                _make = make;
                throw;
            }
            catch (Exception e)
            {
                _failure = ExceptionDispatchInfo.Capture(e);
            }
            _isMade = true;
        }
        finally
        {
            Monitor.Exit(_gate);
        }
    }
}
