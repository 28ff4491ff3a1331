using System.Diagnostics;

namespace ProbLang.Inference;

/// <summary>Reports a chain's progress, at most twenty times a second; without a listener it costs nothing.</summary>
internal sealed class Reporter(IProgress<ChainProgress>? progress, int chain, int total)
{
    private static readonly long s_interval = Stopwatch.Frequency / 20;
    private long _next;
    private long _since;
    private TimeSpan _worked;

    public int Divergences { get; set; }

    /// <summary>The chain begins, or begins again: what it did before no longer counts.</summary>
    public void Begin()
    {
        _worked = TimeSpan.Zero;
        Resume();
        Report(ChainPhase.Warmup, 0);
    }

    /// <summary>The chain goes on after it waited.</summary>
    public void Resume() => _since = Stopwatch.GetTimestamp();

    /// <summary>The chain does nothing from now on.</summary>
    public void Pause(ChainPhase phase, int iteration)
    {
        _worked += Stopwatch.GetElapsedTime(_since);
        _since = 0;
        Report(phase, iteration);
    }

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
        var worked = _since == 0 ? _worked : _worked + Stopwatch.GetElapsedTime(_since);
        progress.Report(new ChainProgress(chain, phase, iteration, total, Divergences, worked));
    }
}
