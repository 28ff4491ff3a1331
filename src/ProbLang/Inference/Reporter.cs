using System.Diagnostics;

namespace ProbLang.Inference;

/// <summary>Reports a chain's progress, at most twenty times a second; without a listener it costs nothing.</summary>
internal sealed class Reporter(IProgress<ChainProgress>? progress, int chain, int total)
{
    private static readonly long s_interval = Stopwatch.Frequency / 20;
    private long _next;

    public int Divergences { get; set; }

    /// <summary>Reports if it is time.</summary>
    public void ReportNow(ChainPhase phase, int iteration)
    {
        if (progress is null || Stopwatch.GetTimestamp() < _next) return;
        Report(phase, iteration);
    }

    public void Report(ChainPhase phase, int iteration)
    {
        if (progress is null) return;
        _next = Stopwatch.GetTimestamp() + s_interval;
        progress.Report(new ChainProgress(chain, phase, iteration, total, Divergences));
    }
}
