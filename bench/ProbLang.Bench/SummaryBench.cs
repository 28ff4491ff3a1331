using BenchmarkDotNet.Attributes;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Results;

namespace ProbLang.Bench;

/// <summary>Summaries of 4 × 1000 draws: chains that mix well, and chains that do not.</summary>
public class SummaryBench
{
    private Draws _draws = null!;

    [Params(10, 400)]
    public int Columns { get; set; }

    [Params(0, 0.95)]
    public double Correlation { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        var names = new string[Columns];
        for (var i = 0; i < Columns; i++) names[i] = $"x{i + 1}";
        var chains = new ChainDraws[4];
        for (var c = 0; c < 4; c++)
        {
            var values = new double[1000 * Columns];
            new RandomStream(new Philox(1, (uint)c, 0)).FillNormal(values);
            for (var i = Columns; i < values.Length; i++)
            {
                values[i] = Correlation * values[i - Columns] + Math.Sqrt(1 - Correlation * Correlation) * values[i];
            }
            chains[c] = new ChainDraws(Columns, 1000, values, new double[ChainDraws.StatisticCount * 1000]);
        }
        _draws = new Draws(OutputLayout.OfScalars(names), [.. chains]);
    }

    [Benchmark]
    public Summary Summarize() => Summary.Of(_draws);
}
