using System.Diagnostics;
using ProbLang.Text;

namespace ProbLang.Limits;

/// <summary>What has been used of the limits before a computation begins.</summary>
/// <param name="Time">How long it took to come here.</param>
/// <param name="Bytes">What is held.</param>
internal readonly record struct Spent(TimeSpan Time, long Bytes);

/// <summary>
/// What a computation may still use: time until its deadline or its cancellation, and memory. It is found by <see cref="Current"/> wherever the computation is, on all of its threads, so that
/// stages which know nothing of hosts stop when the host wants them to.
/// </summary>
internal sealed class Budget
{
    /// <summary>It flows with a computation to its threads, and never between computations.</summary>
    private static readonly AsyncLocal<Budget?> s_current = new();
    private static readonly Budget s_unlimited = new(ResourceLimits.None, default, null, default);

    private readonly ResourceLimits _limits;
    private readonly TimeSpan _spent;
    private readonly Budget? _outer;
    private readonly CancellationToken _asked;
    private readonly long _began = Stopwatch.GetTimestamp();
    private long _bytes;
    private volatile bool _hasEnded;
    private volatile bool _concludes;

    private Budget(ResourceLimits limits, Spent spent, Budget? outer, CancellationToken asked) =>
        (_limits, _spent, _bytes, _outer, _asked) = (limits, spent.Time, spent.Bytes, outer, asked);

    public static Budget Current => s_current.Value is { _hasEnded: false } current ? current : s_unlimited;

    /// <summary>Ends the computation, for what takes a token: when it is cancelled, or its time is over.</summary>
    public CancellationToken Token { get; private set; }

    /// <summary>How deep a text may be nested.</summary>
    public int Depth => _limits.Depth ?? int.MaxValue;

    /// <summary>Told of every look, on the thread that looks, of computations within this one too: for who wants to know where they look and how often.</summary>
    public Action? Looked { get; set; }

    /// <summary>How much memory has been counted.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Runs a computation within limits. What it returns when its time is over, if it returns, counts for nothing; when it is cancelled it may return what there is.</summary>
    /// <param name="limits">The limits; those of a computation around it hold too.</param>
    /// <param name="spent">What was used of them before.</param>
    /// <param name="compute">The computation.</param>
    /// <param name="cancellation">The host's token, which an <see cref="OperationCanceledException"/> carries.</param>
    /// <exception cref="ResourceLimitException">A limit is exceeded.</exception>
    public static T Run<T>(ResourceLimits limits, Spent spent, Func<Budget, T> compute, CancellationToken cancellation) =>
        Run(limits, spent, compute, static (compute, budget) => compute(budget), cancellation);

    /// <summary>As <see cref="Run{T}"/>, of what a function cannot capture, such as spans.</summary>
    /// <exception cref="ResourceLimitException">A limit is exceeded.</exception>
    public static T Run<TState, T>(ResourceLimits limits, Spent spent, TState state, Func<TState, Budget, T> compute, CancellationToken cancellation) where TState : allows ref struct
    {
        var outer = s_current.Value is { _hasEnded: false } around ? around : null;
        // A step of a computation has the budget of the whole.
        if (outer is not null && ReferenceEquals(outer._limits, limits) && (!cancellation.CanBeCanceled || cancellation == outer.Token || cancellation == outer._asked)) return compute(state, outer);
        var budget = new Budget(limits, spent, outer, cancellation);
        using var ending = budget.Ending();
        budget.Token = ending?.Token ?? (cancellation.CanBeCanceled ? cancellation : outer?.Token ?? default);
        s_current.Value = budget;
        try
        {
            budget.Check();
            var result = compute(state, budget);
            budget.CheckTime();
            return result;
        }
        catch (OperationCanceledException) when (budget.Token.IsCancellationRequested)
        {
            budget.Check();
            budget.CheckTime();
            throw;
        }
        finally
        {
            budget._hasEnded = true;
            s_current.Value = outer;
        }
    }

    /// <summary>Ends the computation where the host wants it to end.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    /// <exception cref="ResourceLimitException">Its time is over.</exception>
    public void Check()
    {
        Looked?.Invoke();
        if (!_concludes) _asked.ThrowIfCancellationRequested();
        if (_limits.Time is { } time && Elapsed >= time) throw OutOfTime(time);
        if (_concludes) _outer?.CheckTime();
        else _outer?.Check();
    }

    /// <summary>From here on only what makes an answer of what there is by then is computed: it ends when the time is over, but is cancelled no more.</summary>
    public void Conclude() => _concludes = true;

    /// <summary>Makes an answer of what there is: where the computation is cancelled too, before or on the way.</summary>
    /// <exception cref="ResourceLimitException">Its time is over.</exception>
    public T Concluded<T>(Func<T> answer)
    {
        try
        {
            if (!Token.IsCancellationRequested) return answer();
        }
        catch (OperationCanceledException) when (Token.IsCancellationRequested)
        {
            // Once more, to its end.
        }
        Conclude();
        return answer();
    }

    /// <summary>Counts elements that are about to be made.</summary>
    /// <param name="count">How many there will be in all.</param>
    /// <param name="what">What they are, to begin a sentence.</param>
    /// <param name="place">Where they are asked for.</param>
    /// <exception cref="ResourceLimitException">There are too many.</exception>
    public void Elements(double count, string what, Location? place = null)
    {
        if (_limits.Elements is { } most && count > most) throw new ResourceLimitException(ResourceLimit.Elements, most, count, what, place);
        _outer?.Elements(count, what, place);
    }

    /// <summary>Counts memory that is about to be taken.</summary>
    /// <param name="bytes">How much.</param>
    /// <param name="what">What takes it, to begin a sentence.</param>
    /// <param name="place">Where it is asked for.</param>
    /// <exception cref="ResourceLimitException">It is too much, with what was taken before.</exception>
    public void Take(double bytes, string what, Location? place = null)
    {
        if (ReferenceEquals(this, s_unlimited)) return;
        // What does not fit is not counted: the computation may have another way.
        var sum = Interlocked.Read(ref _bytes) + bytes;
        if (_limits.Bytes is { } most && sum > most) throw new ResourceLimitException(ResourceLimit.Bytes, most, sum, what, place);
        _outer?.Take(bytes, what, place);
        Interlocked.Add(ref _bytes, (long)Math.Min(bytes, long.MaxValue / 4));
    }

    /// <summary>Notes that memory is free again.</summary>
    public void Return(double bytes)
    {
        if (ReferenceEquals(this, s_unlimited)) return;
        _outer?.Return(bytes);
        Interlocked.Add(ref _bytes, -(long)bytes);
    }

    /// <summary>Waits for a lock as long as the computation may wait.</summary>
    public void Enter(object gate)
    {
        while (!Monitor.TryEnter(gate, 5)) Check();
    }

    /// <summary>What the end of the time has cut short counts for nothing; a timer may be some milliseconds early.</summary>
    private void CheckTime()
    {
        if (_limits.Time is { } time && Token.IsCancellationRequested && !_asked.IsCancellationRequested && _outer?.Token.IsCancellationRequested != true) throw OutOfTime(time);
    }

    private ResourceLimitException OutOfTime(TimeSpan time) => new(ResourceLimit.Time, time.TotalSeconds, Math.Max(Elapsed.TotalSeconds, time.TotalSeconds), null, null);

    private TimeSpan Elapsed => _spent + Stopwatch.GetElapsedTime(_began);

    private CancellationTokenSource? Ending()
    {
        var around = _outer?.Token ?? default;
        if (_limits.Time is not { } time) return around.CanBeCanceled && _asked.CanBeCanceled ? CancellationTokenSource.CreateLinkedTokenSource(around, _asked) : null;
        var ending = CancellationTokenSource.CreateLinkedTokenSource(around, _asked);
        var left = time - _spent;
        // A timer counts at most some weeks; what has longer has no end that matters.
        if (left < TimeSpan.FromDays(40)) ending.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return ending;
    }
}
