using ProbLang.Analysis;
using ProbLang.Numerics;
using Xunit;
using static System.Math;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class AncestralSamplerTests
{
    private const int Draws = 40_000;

    /// <summary>The draws of one cell.</summary>
    private static double[] Sample(string text, string name, int cell = 0)
    {
        var model = Condition(text);
        var sampler = new AncestralSampler(model);
        Assert.Null(sampler.Objection());
        var cells = sampler.Evaluator[model.Graph.Find(name)!];
        var random = new Philox(20_261, 0, 0);
        var draws = new double[Draws];
        for (var i = 0; i < Draws; i++)
        {
            Assert.Null(sampler.Draw(ref random));
            draws[i] = cells[cell];
        }
        return draws;
    }

    /// <summary>A mean within four Monte Carlo standard errors.</summary>
    private static void HasMean(double expected, IEnumerable<double> draws)
    {
        var x = draws.ToArray();
        var mean = x.Average();
        var error = Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length / (x.Length - 1));
        Assert.InRange(mean, expected - 4 * error, expected + 4 * error);
    }

    [Fact]
    public void A_hierarchy_has_the_moments_of_its_parts()
    {
        var y = Sample("mu ~ Normal(1, 2)\nfor i in 1..2 { y[i] ~ Normal(mu, 1) }", "y", 1);
        HasMean(1, y);
        HasMean(5, y.Select(v => (v - 1) * (v - 1)));
    }

    [Fact]
    public void A_chain_has_its_stationary_variance()
    {
        var y = Sample("y[1] ~ Normal(0, 1)\nfor t in 2..30 { y[t] ~ Normal(0.6 * y[t-1], 0.8) }", "y", 29);
        HasMean(0, y);
        HasMean(1, y.Select(v => v * v));
    }

    [Fact]
    public void What_is_censored_rounded_or_sorted_is_drawn_so()
    {
        var y = Sample("y ~ Normal(0, 1) censored (-1, 0.5)", "y");
        Assert.All(y, v => Assert.InRange(v, -1, 0.5));
        HasMean(MathNet.Numerics.Distributions.Normal.CDF(0, 1, -1), y.Select(v => v == -1 ? 1.0 : 0));
        Assert.All(Sample("y ~ Normal(0, 1) rounded (0.25)", "y"), v => Assert.Equal(Round(4 * v), 4 * v));
        HasMean(1.0 / 3, Sample("y ~ Exponential(1) ^ 3 ordered", "y"));
        HasMean(1.0 / 3 + 1.0 / 2 + 1, Sample("y ~ Exponential(1) ^ 3 ordered", "y", 2));
        // Where a mark says so, what is recorded is a bound; what is drawn is the value itself.
        HasMean(2, Sample("y ~ Exponential(0.5) censored (right: true)", "y"));
    }

    [Fact]
    public void Zeros_come_as_often_as_they_should()
    {
        HasMean(0.3 + 0.7 * Exp(-2), Sample("y ~ ZeroInflated(0.3, Poisson(2))", "y").Select(v => v == 0 ? 1.0 : 0));
        HasMean(0.3, Sample("y ~ Hurdle(0.3, Poisson(2))", "y").Select(v => v == 0 ? 1.0 : 0));
        HasMean(0.7 * 2 / (1 - Exp(-2)), Sample("y ~ Hurdle(0.3, Poisson(2))", "y"));
        HasMean(0.3, Sample("y ~ Mixture([0.3, 0.7], [Delta(0), Gamma(2, 1)])", "y").Select(v => v == 0 ? 1.0 : 0));
    }

    [Fact]
    public void A_mixture_picks_its_components_by_weight()
    {
        var y = Sample("y ~ Mixture([0.3, 0.7], [Normal(-2, 1), Normal(1, 0.5)]) ^ 2", "y", 1);
        HasMean(0.3 * -2 + 0.7, y);
        HasMean(0.3 * 5 + 0.7 * 1.25, y.Select(v => v * v));
    }

    [Fact]
    public void A_random_index_picks_an_element()
    {
        var y = Sample("z ~ Categorical([0.2, 0.8])\nm = [10, 20]\ny ~ Normal(m[z], 1)", "y");
        HasMean(18, y);
    }

    [Theory]
    [InlineData("Normal(0, 1) truncated (0, )", 0.7978845608028654)]
    [InlineData("Normal(0, 1) truncated (-1, 1)", 0)]
    [InlineData("Exponential(1) truncated (3, )", 4)]
    public void A_truncated_draw_has_the_mean_of_what_is_left(string distribution, double mean) => HasMean(mean, Sample($"y ~ {distribution}", "y"));

    [Fact]
    public void A_draw_from_a_far_tail_is_exact()
    {
        var y = Sample("y ~ Normal(0, 1) truncated (10, )", "y");
        Assert.All(y, v => Assert.True(v >= 10));
        // The hazard at 10: 10.09809...
        HasMean(10.098093233962511, y);
    }

    [Fact]
    public void A_truncated_count_has_the_mean_of_what_is_left()
    {
        var weights = Enumerable.Range(15, 3).Select(k => Exp(k * Log(2) - SpecialFunctions.LogGamma(k + 1))).ToArray();
        HasMean(Enumerable.Range(0, 3).Sum(k => (15 + k) * weights[k]) / weights.Sum(), Sample("y ~ Poisson(2) truncated (15, 17)", "y"));
    }

    [Fact]
    public void An_order_is_met_by_rejection()
    {
        // The greatest of two standard normal values has mean 1 / sqrt(pi).
        const string Model = "mu ~ Normal(0, 1) ^ 2\ngiven mu[1] < mu[2]\ny ~ Normal(mu[2], 1)";
        HasMean(1 / Sqrt(PI), Sample(Model, "mu", 1));
        HasMean(1 / Sqrt(PI), Sample(Model, "y"));
    }

    [Fact]
    public void A_condition_that_never_holds_is_reported()
    {
        var model = Condition("x ~ Uniform(0, 1)\nz ~ Uniform(2, 3)\ngiven z < x");
        var random = new Philox(1, 0, 0);
        Assert.Equal("GM0332", new AncestralSampler(model).Draw(ref random)?.Id);
    }

    [Fact]
    public void An_improper_prior_cannot_be_drawn()
    {
        var sampler = new AncestralSampler(Condition("mu ~ Flat()\ny ~ Normal(mu, 1)\ngiven y = 1"));
        Assert.Equal("""
            model.gm:1:1: error GM0331: Flat cannot be sampled: it is improper, its density does not integrate to 1
              1 | mu ~ Flat()
                | ^^^^^^^^^^^
              = write a proper prior, such as Normal(0, 10)
            """, sampler.Objection()?.ToString());
        Assert.Null(sampler.Objection(onlyPredicted: true));
    }

    [Fact]
    public void The_same_stream_gives_the_same_draws()
    {
        const string Model = "mu ~ Normal(0, 1)\nx ~ Dirichlet([1, 2, 3])\ny ~ MvNormal([mu, 0], [[1, 0.3], [0.3, 1]])";
        Assert.Equal(Sample(Model, "y", 1), Sample(Model, "y", 1));
        HasMean(0.3 + 0, Sample(Model, "y", 1).Zip(Sample(Model, "y"), (a, b) => a * b));
        HasMean(0.5, Sample(Model, "x", 2));
    }
}
