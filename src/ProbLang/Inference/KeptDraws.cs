using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>Draws in memory, all room taken before the first of them.</summary>
internal sealed class KeptDraws(int draws, int outputs) : DrawSink
{
    private readonly double[] _values = new double[(long)draws * outputs];
    private readonly double[] _statistics = new double[(long)draws * ChainDraws.StatisticCount];

    public override Span<double> Outputs(int draw) => _values.AsSpan(draw * outputs, outputs);

    public override Span<double> Statistics(int draw) => _statistics.AsSpan(draw * ChainDraws.StatisticCount, ChainDraws.StatisticCount);

    public override ChainDraws Kept(int count) => new(outputs, count, _values, _statistics);
}
