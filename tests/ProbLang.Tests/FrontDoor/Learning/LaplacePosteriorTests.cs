using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Results;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

public class LaplacePosteriorTests
{
    private static LaplacePosterior Infer(string model, object data) => Condition(model, data).Infer(new ProbLang.Inference.Laplace { Seed = 5 }, TestContext.Current.CancellationToken);

    [Fact]
    public void A_normal_posterior_is_met_exactly()
    {
        const string Text = "m ~ Normal(0, 2)\nb ~ Normal(1, 3)\nfor i in 1..4 { y[i] ~ Normal(m + b * i, 1.5) }\nfuture ~ Normal(m, 1)\nsum = m + b";
        var data = new { y = new[] { 1.0, 2.5, 3, 6 } };
        var (laplace, exact) = (Infer(Text, data), Condition(Text, data).Infer(new Exact(), TestContext.Current.CancellationToken));
        Assert.Equal(exact.LogEvidence!.Value, laplace.LogEvidence!.Value, 8);
        Assert.True(laplace.Verdict.Trusted, laplace.Verdict.ToString());
        Assert.Equal(0, laplace.ParetoShape);
        foreach (var name in (ReadOnlySpan<string>)["m", "b", "sum", "future"])
        {
            Assert.InRange(laplace.Scalar(name).Mean - exact.Scalar(name).Mean, -4 * laplace.Scalar(name).Mcse, 4 * laplace.Scalar(name).Mcse);
            Assert.InRange(laplace.Scalar(name).Sd / exact.Scalar(name).Sd, 0.95, 1.05);
        }
    }

    [Fact]
    public void Many_independent_latents_cost_no_dense_matrix()
    {
        var y = Enumerable.Range(0, 2000).Select(i => (double)(i % 7)).ToArray();
        var posterior = Infer("input N: count\nm ~ Normal(0, 1)\nfor i in 1..N { e[i] ~ Normal(m, 1)\n y[i] ~ Poisson(log_rate: e[i]) }", new { N = y.Length, y });
        Assert.Equal(2001, posterior.Summary.Rows.Length);
        Assert.All(posterior.Summary.Rows, r => Assert.True(r.Sd > 0));
    }

    [Fact]
    public void A_posterior_of_another_shape_is_not_trusted()
    {
        var heavy = Infer("x ~ Mixture([0.05, 0.95], [Normal(0, 0.05), Normal(0, 3)])\nfactor 0 * x", new { });
        Assert.False(heavy.Verdict.Trusted);
        Assert.Contains("importance ratios", heavy.Verdict.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Between_two_modes_there_is_none()
    {
        // Where the search begins the density is stationary, and lowest.
        var posterior = Infer("x ~ Normal(0, 1)\nfor i in 1..2 { y[i] ~ Cauchy(x * 20, 0.3) }", new { y = new[] { -8.0, 8.0 } });
        Assert.InRange(Math.Abs(posterior.Scalar("x").Mean), 0.3, 0.5);
    }

    [Fact]
    public void The_same_seed_gives_the_same_draws() =>
        Assert.Equal(Infer("x ~ Gamma(3, 1)\ny ~ Poisson(x)", new { y = 4 }).Scalar("x"), Infer("x ~ Gamma(3, 1)\ny ~ Poisson(x)", new { y = 4 }).Scalar("x"));

    [Fact]
    public void Nothing_continuous_is_an_objection() =>
        Assert.Equal("GM0515", Assert.Throws<EngineException>(() => Infer("z ~ Bernoulli(0.2)\ny ~ Normal(if z then 1 else 0, 1)", new { y = 1.0 })).Diagnostics[0].Id);

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void The_shape_of_a_Pareto_tail_is_found(double shape)
    {
        var random = new Philox(17, 0, 1);
        var found = new double[40];
        for (var run = 0; run < found.Length; run++)
        {
            var logRatios = new double[4_000];
            for (var i = 0; i < logRatios.Length; i++) logRatios[i] = -shape * Math.Log(random.NextDouble());
            found[run] = ParetoShape.Of(logRatios);
        }
        // The standard error of one is (1 + k) / sqrt(189); its prior of ten points draws it towards a half.
        var error = (1 + shape) / Math.Sqrt(189 * found.Length);
        Assert.InRange(found.Average() - (189 * shape + 5) / 199, -4 * error, 4 * error);
    }

    [Fact]
    public void Ratios_that_are_alike_have_no_tail()
    {
        Assert.Equal(0, ParetoShape.Of([1.0, 1, 1, 1, 1, 1, 1, 1]));
        Assert.Equal(double.PositiveInfinity, ParetoShape.Of([0.0, double.NaN, 1]));
        Assert.Equal(0, ParetoShape.Of([]));
    }
}
