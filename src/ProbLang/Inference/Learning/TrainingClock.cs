using System.Diagnostics;

namespace ProbLang.Inference;

/// <summary>How long a training has run, how long it will, and when to say so.</summary>
internal sealed class TrainingClock(TrainingPlan plan, double? maxSeconds, long firstStep, IProgress<TrainingProgress>? progress)
{
    private static readonly long s_interval = Stopwatch.Frequency / 10;
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _next;

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_start);

    public bool IsUp => maxSeconds is not null && Elapsed.TotalSeconds >= maxSeconds;

    /// <summary>Reports if it is time.</summary>
    public void ReportNow(TrainingState state, int epoch)
    {
        if (progress is null || Stopwatch.GetTimestamp() < _next) return;
        Report(state, epoch);
    }

    public void Report(TrainingState state, int epoch)
    {
        if (progress is null) return;
        _next = Stopwatch.GetTimestamp() + s_interval;
        var seconds = Elapsed.TotalSeconds;
        var steps = state.Step - firstStep;
        var rows = (double)steps / plan.StepsPerEpoch * plan.TrainingRows;
        TimeSpan? left = steps == 0 ? null : TimeSpan.FromSeconds(Math.Min(seconds / steps * (plan.Steps - state.Step), TimeSpan.MaxValue.TotalSeconds / 2));
        // Between two epochs nothing is summed up yet: the last one still tells more.
        var last = state.History.Count > 0 ? state.History[^1] : default(TrainingEpoch?);
        var loss = state.LossRows > 0 ? state.LossSum / state.LossRows : last?.Loss ?? double.NaN;
        double? best = state.Best is null ? null : state.BestHeldOutLoss;
        progress.Report(new TrainingProgress(epoch, state.Step, plan.Steps, loss, last?.HeldOutLoss, best, seconds > 0 ? rows / seconds : 0, left));
    }
}
