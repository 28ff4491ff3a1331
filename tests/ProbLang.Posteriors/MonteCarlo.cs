using ProbLang.Results;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Holds draws against known answers, within four Monte Carlo standard errors of the very function that is averaged.</summary>
internal static class MonteCarlo
{
    private const double StandardErrors = 4;
    private const double LargestRHat = 1.01;

    /// <summary>Mean and standard deviation; the second as the mean square about the known mean, which has a standard error like any other mean.</summary>
    public static void AssertMoments(SampledPosterior posterior, string name, double mean, double sd)
    {
        var x = Column(posterior, name);
        AssertMixed(posterior, name);
        AssertMean(posterior, $"mean of {name}", draw => draw[x], mean);
        AssertMean(posterior, $"variance of {name}", draw => (draw[x] - mean) * (draw[x] - mean), sd * sd);
    }

    public static void AssertCovariance(SampledPosterior posterior, string first, string second, double firstMean, double secondMean, double covariance)
    {
        int x = Column(posterior, first), y = Column(posterior, second);
        AssertMean(posterior, $"covariance of {first} and {second}", draw => (draw[x] - firstMean) * (draw[y] - secondMean), covariance);
    }

    /// <summary>The probabilities to lie below the 5, 25, 50, 75 and 95 percent points, which exist also where moments do not.</summary>
    public static void AssertDistribution(SampledPosterior posterior, string name, Func<double, double> cumulative)
    {
        var x = Column(posterior, name);
        AssertMixed(posterior, name);
        foreach (var probability in (double[])[0.05, 0.25, 0.5, 0.75, 0.95])
        {
            var point = Quantile(cumulative, probability);
            AssertMean(posterior, $"probability that {name} is below {point}", draw => draw[x] <= point ? 1 : 0, probability);
        }
    }

    private static void AssertMixed(SampledPosterior posterior, string name)
    {
        var row = posterior.Scalar(name);
        Assert.True(row.RHat <= LargestRHat, $"{name}: R-hat {row.RHat}");
    }

    private static int Column(SampledPosterior posterior, string name)
    {
        var column = posterior.Draws.Layout.ElementNames.IndexOf(name);
        Assert.True(column >= 0, $"`{name}` is not among {string.Join(", ", posterior.Draws.Layout.ElementNames)}");
        return column;
    }

    public static void AssertMean(SampledPosterior posterior, string what, Func<ReadOnlySpan<double>, double> function, double truth)
    {
        var row = Summarize(posterior.Draws, function);
        Assert.True(Math.Abs(row.Mean - truth) < StandardErrors * row.Mcse, $"{what}: {row.Mean} for {truth}, which is {(row.Mean - truth) / row.Mcse:F1} standard errors off");
    }

    private static SummaryRow Summarize(Draws draws, Func<ReadOnlySpan<double>, double> function)
    {
        var chains = new ChainDraws[draws.Complete.Length];
        for (var c = 0; c < chains.Length; c++)
        {
            var values = new double[draws.Count];
            for (var i = 0; i < values.Length; i++) values[i] = function(draws.Complete[c].Draw(i));
            chains[c] = new ChainDraws(1, draws.Count, values, new double[ChainDraws.StatisticCount * draws.Count]);
        }
        return Summary.Of(new Draws(OutputLayout.OfScalars("f"), [.. chains])).Rows[0];
    }

    private static double Quantile(Func<double, double> cumulative, double probability)
    {
        double below = -1e6, above = 1e6;
        for (var i = 0; i < 100; i++)
        {
            var middle = (below + above) / 2;
            if (cumulative(middle) < probability) below = middle;
            else above = middle;
        }
        return (below + above) / 2;
    }
}
