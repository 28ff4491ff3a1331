using ProbLang.Inference;
using ProbLang.Programs;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference;

/// <summary>Holds draws against known moments.</summary>
internal static class Moments
{
    public static OutputLayout Layout(int count)
    {
        var names = new string[count];
        for (var i = 0; i < count; i++) names[i] = $"q{i + 1}";
        return OutputLayout.OfScalars(names);
    }

    public static NutsRun Run(LogDensity density, Nuts options) => options.Sample(density, null, TestContext.Current.CancellationToken);

    public static Draws Draw(LogDensity density, Nuts options) => Run(density, options).Draws(Layout(density.OutputCount));

    /// <summary>The mean of a function of the draws lies within four Monte Carlo standard errors of the truth, the error taken from the function's own effective size.</summary>
    public static void AssertMean(Draws draws, Func<ReadOnlySpan<double>, double> function, double truth)
    {
        var chains = new ChainDraws[draws.Complete.Length];
        for (var c = 0; c < chains.Length; c++)
        {
            var values = new double[draws.Count];
            for (var i = 0; i < values.Length; i++) values[i] = function(draws.Complete[c].Draw(i));
            chains[c] = new ChainDraws(1, draws.Count, values, new double[ChainDraws.StatisticCount * draws.Count]);
        }
        var row = Summary.Of(new Draws(OutputLayout.OfScalars("f"), [.. chains])).Rows[0];
        Assert.True(row.RHat < 1.02, $"R-hat {row.RHat}");
        Assert.True(Math.Abs(row.Mean - truth) < 4 * row.Mcse, $"mean {row.Mean}, truth {truth}, mcse {row.Mcse}");
    }

    public static int Divergences(Draws draws) => draws.CountWhere(Statistic.Divergent, d => d > 0);
}
