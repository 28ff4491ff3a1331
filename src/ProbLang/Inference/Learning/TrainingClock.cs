using System.Diagnostics;

namespace ProbLang.Inference;

/// <summary>How long a training has run, how long it will, and when to say so.</summary>
internal sealed class TrainingClock(TrainingPlan plan, double? maxSeconds, long firstStep, IProgress<TrainingProgress>? progress)
{
    private static readonly long s_interval = Stopwatch.Frequency / 10;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _next;

    /// <summary>When and at which step the measuring of speed began: after the first step of all, which compiles what it runs.</summary>
    private (long Time, long Step)? _settled;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public bool IsUp => maxSeconds is not null && Elapsed.TotalSeconds >= maxSeconds;

    /// <summary>Reports if it is time.</summary>
    public void ReportNow(TrainingState state, int epoch)
    {
        if (progress is null) return;
        if (state.Step > firstStep) _settled ??= (Stopwatch.GetTimestamp(), state.Step);
        if (Stopwatch.GetTimestamp() >= _next) Report(state, epoch);
    }

    public void Report(TrainingState state, int epoch)
    {
        if (progress is null) return;
        _next = Stopwatch.GetTimestamp() + s_interval;
        var (rows, left) = Speed(state);
        // Between two epochs nothing is summed up yet: the last one still tells more.
        var last = state.History.Count > 0 ? state.History[^1] : default(TrainingEpoch?);
        var loss = state.LossRows > 0 ? state.LossSum / state.LossRows : last?.Loss ?? double.NaN;
        double? best = state.Best is null ? null : state.BestHeldOutLoss;
        progress.Report(new TrainingProgress(epoch, (int)((plan.Steps + plan.StepsPerEpoch - 1) / plan.StepsPerEpoch), state.Step, plan.Steps, loss, last?.HeldOutLoss, best, rows, left));
    }

    /// <summary>How many rows a second, and how long the steps that are left take.</summary>
    private (double RowsPerSecond, TimeSpan? Left) Speed(TrainingState state)
    {
        var (since, first) = _settled is { } settled && settled.Step < state.Step ? settled : (_start, firstStep);
        var (seconds, steps) = (Stopwatch.GetElapsedTime(since).TotalSeconds, state.Step - first);
        if (steps == 0 || seconds == 0) return (0, state.Step == plan.Steps ? TimeSpan.Zero : null);
        var left = Math.Min(seconds / steps * (plan.Steps - state.Step), TimeSpan.MaxValue.TotalSeconds / 2);
        return ((double)steps / plan.StepsPerEpoch * plan.TrainingRows / seconds, TimeSpan.FromSeconds(left));
    }
}
