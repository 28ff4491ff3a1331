using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

public sealed class PhiloxTests
{
    private delegate double Sampler(ref Philox random);

    private static double[] Draws(uint purpose, int n, Sampler sampler)
    {
        var random = new Philox(20240607, 0, purpose);
        var draws = new double[n];
        for (var i = 0; i < n; i++) draws[i] = sampler(ref random);
        return draws;
    }

    /// <summary>Kolmogorov and Smirnov: a distance that draws of the distribution pass in one of ten thousand cases.</summary>
    private static void AssertDistributed(double[] draws, Func<double, double> cdf)
    {
        Array.Sort(draws);
        var distance = 0.0;
        for (var i = 0; i < draws.Length; i++)
        {
            var p = cdf(draws[i]);
            distance = Math.Max(distance, Math.Max(p - (double)i / draws.Length, (i + 1.0) / draws.Length - p));
        }
        Assert.True(distance * Math.Sqrt(draws.Length) < 2.225, $"distance {distance:G3}");
    }

    /// <summary>Pearson's chi-square over counts that are expected at least ten times, with both tails pooled.</summary>
    private static void AssertDistributed(double[] draws, Func<double, double> logProbability, double lower, double upper)
    {
        var counts = new Dictionary<double, int>();
        foreach (var draw in draws) counts[draw] = counts.GetValueOrDefault(draw) + 1;
        Assert.All(counts.Keys, k => Assert.True(k >= 0 && k == Math.Floor(k)));
        double statistic = 0, expectedInside = 0;
        int cells = 0, inside = 0;
        for (var k = lower; k <= upper; k++)
        {
            var expected = draws.Length * Math.Exp(logProbability(k));
            if (expected < 10) continue;
            var count = counts.GetValueOrDefault(k);
            statistic += (count - expected) * (count - expected) / expected;
            expectedInside += expected;
            inside += count;
            cells++;
        }
        var rest = draws.Length - expectedInside;
        if (rest > 5)
        {
            statistic += (draws.Length - inside - rest) * (draws.Length - inside - rest) / rest;
            cells++;
        }
        Assert.True(cells > 1);
        Assert.True(SpecialFunctions.LogGammaQ(0.5 * (cells - 1), 0.5 * statistic) > Math.Log(1e-4), $"chi-square {statistic:F1} over {cells} cells");
    }

    [Fact]
    public void Ten_rounds_give_the_published_answers()
    {
        Assert.Equal((0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u), Philox.Rounds(0, 0, 0, 0, 0, 0));
        Assert.Equal(
            (0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu),
            Philox.Rounds(uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue, uint.MaxValue));
        Assert.Equal(
            (0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u),
            Philox.Rounds(0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344, 0xa4093822, 0x299f31d0));
    }

    [Fact]
    public void A_stream_is_its_blocks_in_order()
    {
        var random = new Philox(0x299f31d0a4093822, 17, 4);
        for (uint block = 0; block < 3; block++)
        {
            var (c0, c1, c2, c3) = Philox.Rounds(block, 0, 17, 4, 0xa4093822, 0x299f31d0);
            Assert.Equal(((ulong)c1 << 32) | c0, random.NextUInt64());
            Assert.Equal(((ulong)c3 << 32) | c2, random.NextUInt64());
        }
    }

    [Fact]
    public void Streams_of_other_chains_and_purposes_differ()
    {
        var first = new HashSet<ulong>();
        for (uint chain = 0; chain < 4; chain++)
        {
            for (uint purpose = 0; purpose < 4; purpose++) Assert.True(first.Add(new Philox(1, chain, purpose).NextUInt64()));
        }
    }

    [Fact]
    public void Uniform_normal_and_exponential_draws_are_so_distributed()
    {
        AssertDistributed(Draws(1, 200_000, (ref r) => r.NextDouble()), x => x);
        AssertDistributed(Draws(2, 400_000, (ref r) => r.NextNormal()), SpecialFunctions.Phi);
        AssertDistributed(Draws(3, 400_000, (ref r) => r.NextExponential()), x => -SpecialFunctions.Expm1(-x));
    }

    [Fact]
    public void The_tails_of_the_ziggurat_are_as_heavy_as_they_should_be()
    {
        const int n = 2_000_000;
        var normal = Draws(4, n, (ref r) => r.NextNormal());
        var exponential = Draws(5, n, (ref r) => r.NextExponential());
        foreach (var cut in new[] { 3.0, 3.5, 3.654, 4.0 })
        {
            Near(n * SpecialFunctions.Phi(-cut), normal.Count(x => x > cut));
            Near(n * SpecialFunctions.Phi(-cut), normal.Count(x => x < -cut));
        }
        foreach (var cut in new[] { 6, 7.697, 9, 11 }) Near(n * Math.Exp(-cut), exponential.Count(x => x > cut));

        static void Near(double expected, int count) => Assert.InRange(count, expected - 4 * Math.Sqrt(expected), expected + 4 * Math.Sqrt(expected));
    }

    [Theory, InlineData(0.05), InlineData(0.5), InlineData(1), InlineData(3.7), InlineData(250)]
    public void Gamma_draws_are_so_distributed(double shape)
    {
        AssertDistributed(Draws(6, 100_000, (ref r) => r.NextGamma(shape)), x => Math.Exp(SpecialFunctions.LogGammaP(shape, x)));
        AssertDistributed(Draws(7, 100_000, (ref r) => r.NextLogGamma(shape)), x => Math.Exp(SpecialFunctions.LogGammaP(shape, Math.Exp(x))));
    }

    [Theory, InlineData(0.3, 0.2), InlineData(1, 1), InlineData(2, 5), InlineData(0.5, 30), InlineData(400, 300)]
    public void Beta_draws_are_so_distributed(double a, double b) =>
        AssertDistributed(Draws(8, 100_000, (ref r) => r.NextBeta(a, b)), x => Math.Exp(SpecialFunctions.LogBetaI(a, b, x)));

    [Theory, InlineData(0.2), InlineData(3), InlineData(9.9), InlineData(10.1), InlineData(47), InlineData(1000), InlineData(3e6)]
    public void Poisson_draws_are_so_distributed(double rate)
    {
        var spread = 6 * Math.Sqrt(rate) + 10;
        AssertDistributed(
            Draws(9, 200_000, (ref r) => r.NextPoisson(rate)),
            k => k * Math.Log(rate) - rate - SpecialFunctions.LogGamma(k + 1), Math.Max(0, Math.Floor(rate - spread)), Math.Ceiling(rate + spread));
    }

    [Theory]
    [InlineData(1, 0.3), InlineData(12, 0.5), InlineData(30, 0.1), InlineData(40, 0.3), InlineData(100, 0.9), InlineData(1000, 0.02), InlineData(1e5, 0.4), InlineData(1e9, 1e-9)]
    public void Binomial_draws_are_so_distributed(double n, double p)
    {
        var spread = 6 * Math.Sqrt(n * p * (1 - p)) + 10;
        AssertDistributed(
            Draws(10, 200_000, (ref r) => r.NextBinomial(n, p)),
            k => SpecialFunctions.LogGamma(n + 1) - SpecialFunctions.LogGamma(k + 1) - SpecialFunctions.LogGamma(n - k + 1)
                + k * Math.Log(p) + (n - k) * SpecialFunctions.Log1p(-p),
            Math.Max(0, Math.Floor(n * p - spread)), Math.Min(n, Math.Ceiling(n * p + spread)));
    }

    [Fact]
    public void Draws_of_degenerate_distributions_are_their_one_value()
    {
        var random = new Philox(1, 0, 0);
        Assert.Equal(0, random.NextPoisson(0));
        Assert.Equal(0, random.NextBinomial(10, 0));
        Assert.Equal(10, random.NextBinomial(10, 1));
        Assert.Equal(0, random.NextBinomial(0, 0.3));
        Assert.True(double.IsNaN(random.NextPoisson(-1)));
        Assert.True(double.IsNaN(random.NextBinomial(10, double.NaN)));
    }
}
