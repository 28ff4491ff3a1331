using ProbLang.Numerics;
using Xunit;
using ChiSquared = MathNet.Numerics.Distributions.ChiSquared;

namespace ProbLang.Tests.Distributions;

public class SamplerLaws
{
    private const int Draws = 20_000;

    [Theory, MemberData(nameof(DistributionCases.Continuous), MemberType = typeof(DistributionCases))]
    public void Samples_match_the_distribution_function(string name)
    {
        var of = DistributionCases.Find(name);
        var random = new Philox(20260101, 0, 7);
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++) draws[i] = of.Distribution.Sample(of.Form, ref random, of.Parameters);
        Fit.AssertFollow(draws, x => Math.Exp(of.LogCdf(x)));
    }

    [Theory, MemberData(nameof(DistributionCases.Discrete), MemberType = typeof(DistributionCases))]
    public void Counts_match_their_probabilities(string name)
    {
        var of = DistributionCases.Find(name);
        var random = new Philox(20260101, 0, 8);
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++) draws[i] = of.Distribution.Sample(of.Form, ref random, of.Parameters);
        Assert.All(draws, x => Assert.True(x == Math.Floor(x) && x >= of.Lower && x <= of.Upper));
        Fit.AssertCounts(draws, of.First, Math.Min(of.Upper, of.Quantile(1 - 1e-9)), of.Density);
    }

    [Fact]
    public void A_sample_from_a_degenerate_count_is_its_one_value()
    {
        var random = new Philox(1, 0, 0);
        Assert.Equal(0, Draw("Poisson", 0));
        Assert.Equal(0, Draw("Binomial", 0, 0.5));
        Assert.Equal(0, Draw("Binomial", 70, 0));
        Assert.Equal(70, Draw("Binomial", 70, 1));
        Assert.Equal(1, Draw("Bernoulli", 1));
        Assert.Equal(0, Draw("Bernoulli", 0));
        Assert.Equal(0, Draw("NegativeBinomial", 0, 2));
        Assert.Equal(0, Draw("Geometric", 1));
        Assert.Equal(0, Draw("BetaBinomial", 0, 1, 1));
        Assert.Equal(7, Draw("Hypergeometric", 20, 7, 20));
        Assert.Equal(0, Draw("Hypergeometric", 0, 0, 0));
        Assert.Equal(5, Draw("DiscreteUniform", 5, 5));
        Assert.Equal(0, Draw("Skellam", 0, 0));

        double Draw(string name, params double[] p) => ((ProbLang.Distributions.ScalarDistribution)ProbLang.Distributions.DistributionCatalog.Find(name)!).Sample(0, ref random, p);
    }
}

/// <summary>Tests of fit, at about four standard deviations.</summary>
internal static class Fit
{
    /// <summary>Kolmogorov's test; exceeded by chance once in 20 000.</summary>
    public static void AssertFollow(double[] draws, Func<double, double> cdf)
    {
        Array.Sort(draws);
        var n = draws.Length;
        var distance = draws.Select((x, i) => Math.Max((i + 1.0) / n - cdf(x), cdf(x) - (double)i / n)).Max();
        Assert.True(distance * Math.Sqrt(n) < 2.3, FormattableString.Invariant($"the greatest distance to the distribution function is {distance:g3}"));
    }

    /// <summary>Pearson's test, with cells pooled until 20 draws are expected in each.</summary>
    public static void AssertCounts(double[] draws, double lower, double upper, Func<double, double> probability)
    {
        var counts = draws.GroupBy(x => x).ToDictionary(g => g.Key, g => g.Count());
        var cells = new List<(double Expected, double Observed)>();
        double expected = 0, observed = 0, totalExpected = 0, totalObserved = 0;
        for (var x = lower; x <= upper; x++)
        {
            expected += draws.Length * probability(x);
            observed += counts.GetValueOrDefault(x);
            if (expected < 20) continue;
            cells.Add((expected, observed));
            (totalExpected, totalObserved) = (totalExpected + expected, totalObserved + observed);
            (expected, observed) = (0, 0);
        }
        var last = cells[^1];
        cells[^1] = (last.Expected + draws.Length - totalExpected, last.Observed + draws.Length - totalObserved);
        var distance = cells.Sum(c => (c.Observed - c.Expected) * (c.Observed - c.Expected) / c.Expected);
        var limit = cells.Count > 1 ? ChiSquared.InvCDF(cells.Count - 1, 1 - 3e-5) : 1e-6;
        Assert.True(distance < limit, FormattableString.Invariant($"chi-square is {distance:g4} of {cells.Count} cells"));
    }
}
