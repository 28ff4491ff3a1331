using ProbLang.Inference;
using ProbLang.Results;
using Xunit;

namespace ProbLang.Tests.Inference;

/// <summary>Models with continuous unknowns whose answers are known otherwise: published, by hand, or by quadrature.</summary>
public class ConjugateAnswers
{
    private static ExactPosterior Solve(string text, object data) =>
        Model.Compile(text).Model.Condition(Data.Of(data)).Infer(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);

    [Fact]
    public void A_biased_or_a_fair_coin()
    {
        var posterior = Solve("biased ~ Bernoulli(0.5)\nbias ~ Beta(1, 1)\nfor i in 1..10 { y[i] ~ Bernoulli(if biased then bias else 0.5) }",
            new { y = new[] { 1, 1, 1, 1, 1, 1, 1, 0, 0, 0 } });
        // B(8, 4) = 1 / 1320 against 1 / 1024.
        Assert.Equal(1.0 / 1320 / (1.0 / 1320 + 1.0 / 1024), posterior.Scalar("biased").Mean, 1e-14);
        Assert.Equal(Math.Log(0.5 / 1320 + 0.5 / 1024), posterior.LogEvidence!.Value, 1e-13);
        var bias = Assert.IsType<MixtureMarginal>(posterior.Marginal("bias"));
        Assert.Equal(2, bias.Components.Length);
    }

    [Fact]
    public void A_clinical_trial()
    {
        const string Trial = """
            effective ~ Bernoulli(0.5)
            if effective {
              treated ~ Beta(1, 1)
              control ~ Beta(1, 1)
              for i in 1..5 {
                t[i] ~ Bernoulli(treated)
                c[i] ~ Bernoulli(control)
              }
            } else {
              all ~ Beta(1, 1)
              for i in 1..5 {
                t[i] ~ Bernoulli(all)
                c[i] ~ Bernoulli(all)
              }
            }
            """;
        var posterior = Solve(Trial, new { t = new[] { 1, 1, 1, 1, 0 }, c = new[] { 0, 0, 0, 1, 0 } });
        Assert.Equal(0.75490196, posterior.Scalar("effective").Mean, 1e-8);
        AssertIs("Beta", [5, 2], posterior.Marginal("treated"));
        AssertIs("Beta", [2, 5], posterior.Marginal("control"));
        AssertIs("Beta", [6, 6], posterior.Marginal("all"));
        Assert.Equal(posterior.Scalar("effective").Mean, posterior.Marginal("treated").Holds, 1e-14);
    }

    [Fact]
    public void A_regression_with_noise_of_known_precision()
    {
        double[] x = [.. Enumerable.Range(0, 100).Select(i => (i - 50) / 10.0)];
        double[] y = [.. x.Select((v, i) => 1.5 + 0.7 * v + 0.5 * Math.Sin(12.9898 * i + 0.3))];
        const string Regression = """
            input N: count
            input x[N]: real
            slope ~ Normal(0, variance: 100)
            intercept ~ Normal(0, variance: 100)
            for i in 1..N { y[i] ~ Normal(intercept + slope * x[i], precision: 4) }
            """;
        var posterior = Solve(Regression, new { x, y });
        // To the digits that are published.
        Assert.Equal(0.69238442, posterior.Scalar("slope").Mean, 5e-9);
        Assert.Equal(0.0003000291, Math.Pow(posterior.Scalar("slope").Sd, 2), 5e-11);
        Assert.Equal(1.5111975, posterior.Scalar("intercept").Mean, 5e-8);
        Assert.Equal(0.0025006875, Math.Pow(posterior.Scalar("intercept").Sd, 2), 5e-11);
    }

    [Fact]
    public void A_hidden_chain_with_known_parameters()
    {
        const string Chain = """
            z[1] ~ Bernoulli(0.5)
            for t in 2..6 { z[t] ~ Bernoulli(if z[t-1] then 0.8 else 0.1) }
            for t in 1..6 { y[t] ~ Normal(if z[t] then 2 else 0, 1) }
            m ~ Normal(0, 1)
            """;
        var posterior = Solve(Chain, new { y = new[] { 0.1, 1.8, 2.2, 0.3, -0.4, 2.5 } });
        Assert.Equal(-11.038044, posterior.LogEvidence!.Value, 5e-7);
        double[] first = [0.5632623, 0.24845906, 0.22571844, 0.73931306, 0.82282668, 0.25678715];
        for (var t = 0; t < 6; t++) Assert.Equal(1 - first[t], posterior.Scalar($"z[{t + 1}]").Mean, 5e-8);
        AssertIs("Normal", [0, 1], posterior.Marginal("m"));
    }

    [Fact]
    public void Predictions_have_their_compound_distributions()
    {
        var beta = Solve("p ~ Beta(2, 3); k ~ Binomial(12, p); more ~ Binomial(5, 1 - p); next ~ Bernoulli(p)", new { k = 9 });
        AssertIs("BetaBinomial", [5, 6, 11], beta.Marginal("more"));
        Assert.Equal(11.0 / 17, beta.Scalar("next").Mean, 1e-15);
        var gamma = Solve("r ~ Gamma(3, 2); k ~ Poisson(r); more ~ Poisson(4 * r); wait ~ Exponential(r); size ~ Gamma(2, scale: 3 / r); x ~ Normal(1, precision: r)", new { k = 4 });
        AssertIs("NegativeBinomial", [7, 3.0 / 7], gamma.Marginal("more"));
        AssertIs("StudentT", [14, 1, Math.Sqrt(3.0 / 7)], gamma.Marginal("x"));
        // P(wait > x) = (rate / (rate + x))^shape.
        Assert.Equal(1 - Math.Pow(3 / 3.5, 7), gamma.Marginal("wait").Cdf(0.5), 1e-14);
        Assert.Equal(3.0 / 6, gamma.Scalar("wait").Mean, 1e-14);
        Assert.Equal(3 * (Math.Pow(0.25, -1.0 / 7) - 1), gamma.Marginal("wait").Quantile(0.75), 1e-13);
        Assert.Equal(2 * 9 / 6.0, gamma.Scalar("size").Mean, 1e-14);
        var normal = Solve("m ~ Normal(0, 2); y ~ Normal(m, 1); next ~ Normal(2 * m, 3); size ~ LogNormal(m, 1)", new { y = 1.5 });
        AssertIs("Normal", [2 * 1.2, Math.Sqrt(4 * 0.8 + 9)], normal.Marginal("next"));
        AssertIs("LogNormal", [1.2, Math.Sqrt(1.8)], normal.Marginal("size"));
        var dirichlet = Solve("p ~ Dirichlet([1, 2, 3]); k ~ Categorical(p); next ~ Categorical(p); counts ~ Multinomial(4, p)", new { k = 2 });
        Assert.Equal([1.0 / 7, 3.0 / 7, 3.0 / 7], dirichlet.Marginal("next").Probabilities.Select(p => p.Probability), (a, b) => Math.Abs(a - b) < 1e-15);
        AssertIs("BetaBinomial", [4, 3, 4], dirichlet.Marginal("counts[2]"));
    }

    [Fact]
    public void A_prediction_of_an_unknown_group_is_a_mixture()
    {
        var posterior = Solve("m ~ Normal(0, 1) ^ 2; y ~ Normal(m[1], 1); g ~ Categorical([0.25, 0.75]); next ~ Normal(m[g], 1)", new { y = 2 });
        Assert.Equal(0.25, posterior.Scalar("next").Mean, 1e-14);
        Assert.Equal(Math.Sqrt(0.25 * (1.5 + 1) + 0.75 * 2 - 0.0625), posterior.Scalar("next").Sd, 1e-14);
        AssertIs("Normal", [1, Math.Sqrt(0.5)], posterior.Marginal("m[1]"));
    }

    [Fact]
    public void What_is_computed_has_its_distribution()
    {
        var posterior = Solve(
            "t ~ Gamma(3, 2); sigma = 1 / sqrt(t); v = 3 / t; y ~ Normal(1, precision: t); p ~ Beta(2, 5); q = 1 - p; percent = 100 * p; k ~ Bernoulli(p)", new { y = 1.6, k = 0 });
        // Shape 3.5, rate 2.18.
        AssertIs("InverseGamma", [3.5, 3 * 2.18], posterior.Marginal("v"));
        Assert.Equal(Expectation(x => 1 / Math.Sqrt(x), 3.5, 2.18), posterior.Scalar("sigma").Mean, 1e-9);
        Assert.Equal(Math.Sqrt(2.18 / 2.5 - Math.Pow(posterior.Scalar("sigma").Mean, 2)), posterior.Scalar("sigma").Sd, 1e-12);
        var (sigma, t) = (posterior.Marginal("sigma"), posterior.Marginal("t"));
        foreach (var p in new[] { 0.05, 0.4, 0.9 })
        {
            Assert.Equal(p, sigma.Cdf(sigma.Quantile(p)), 1e-10);
            Assert.Equal(1 / Math.Sqrt(t.Quantile(1 - p)), sigma.Quantile(p), 1e-12);
        }
        AssertIs("Beta", [6, 2], posterior.Marginal("q"));
        Assert.Equal(100 * 2.0 / 8, posterior.Scalar("percent").Mean, 1e-12);
        Assert.Equal(100 * posterior.Marginal("p").Quantile(0.3), posterior.Marginal("percent").Quantile(0.3), 1e-12);
    }

    [Theory]
    [InlineData("Beta(2, 3)", "Binomial(9, x)", 4.0, 0.0, 1.0)]
    [InlineData("Gamma(3, 2)", "Poisson(2 * x)", 5.0, 0.0, 30.0)]
    [InlineData("InverseGamma(4, 3)", "Normal(1, variance: x)", 2.5, 0.0, 400.0)]
    [InlineData("Normal(1, 2)", "Normal(3 - 2 * x, 0.7)", 2.5, -15.0, 15.0)]
    public void Evidence_and_moments_agree_with_quadrature(string prior, string likelihood, double y, double low, double high)
    {
        var text = $"x ~ {prior}; y ~ {likelihood}";
        var posterior = Solve(text, new { y });
        var model = Model.Compile(text).Model.Condition(Data.Of(new { y })).Conditioned;
        var (evaluator, variable) = (new ProbLang.Analysis.Evaluator(model), model.Graph.Find("x")!);
        double Density(double x)
        {
            evaluator[variable][0] = x;
            return Math.Exp(evaluator.LogDensity());
        }

        var (mass, first) = (Integral(Density, low, high), Integral(x => x * Density(x), low, high));
        Assert.Equal(Math.Log(mass), posterior.LogEvidence!.Value, 1e-8);
        Assert.Equal(first / mass, posterior.Scalar("x").Mean, 1e-7);
        var median = posterior.Marginal("x").Quantile(0.5);
        Assert.Equal(0.5, Integral(Density, low, median) / mass, 1e-8);
    }

    [Theory]
    [InlineData("p ~ Beta(2, 3); for i in 1..4 { y[i] ~ Bernoulli(p) }; x ~ Binomial(6, p)", new[] { 1.0, 0, 1, 1 })]
    [InlineData("p ~ Gamma(2, 1); for i in 1..4 { y[i] ~ Poisson(p) }; x ~ Exponential(p)", new[] { 1.0, 0, 3, 2 })]
    [InlineData("p ~ InverseGamma(5, 4); for i in 1..4 { y[i] ~ Normal(0, variance: p) }", new[] { 0.3, -1.2, 0.8, 2.0 })]
    [InlineData("p ~ Dirichlet([2, 1, 3]); for i in 1..4 { y[i] ~ Categorical(p) }", new[] { 1.0, 3, 3, 2 })]
    [InlineData("p ~ Normal(0, 2) ^ 2; for i in 1..4 { y[i] ~ Normal(p[1] + i * p[2], 0.8) }; x = p[1] - p[2]", new[] { 0.3, 1.2, 1.8, 3.0 })]
    [InlineData("b ~ Bernoulli(0.4); p ~ Normal(0, 1); for i in 1..4 { y[i] ~ Normal(if b then p else 2 * p + 1, 1.5) }", new[] { 0.3, 1.2, 1.8, 3.0 })]
    public void The_sampler_agrees(string text, double[] y)
    {
        var problem = Model.Compile(text).Model.Condition(Data.Of(new { y }));
        var exact = problem.Infer(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);
        var sampled = problem.Infer(new Nuts { Seed = 11, Chains = 2, Warmup = 500, Draws = 1500 }, null, TestContext.Current.CancellationToken);
        foreach (var row in sampled.Summary.Rows)
            Assert.True(Math.Abs(row.Mean - exact.Scalar(row.Name).Mean) <= 4 * row.Mcse, $"{row.Name}: {row.Mean} ± {row.Mcse} by draws, {exact.Scalar(row.Name).Mean} exactly");
    }

    [Fact]
    public void A_chain_of_ten_thousand_steps_is_integrated_in_linear_time()
    {
        const string Level = """
            input T: count
            level[1] ~ Normal(0, 10)
            for t in 2..T { level[t] ~ Normal(level[t-1], 1) }
            for t in 1..T { y[t] ~ Normal(level[t], 1) }
            """;
        var posterior = Solve(Level, new { y = Enumerable.Range(0, 10_000).Select(t => Math.Sin(0.01 * t)).ToArray() });
        // The variance of the smoother settles to 1 / √5.
        Assert.Equal(Math.Pow(5, -0.25), posterior.Scalar("level[5000]").Sd, 1e-12);
    }

    private static void AssertIs(string name, double[] parameters, Marginal marginal)
    {
        Assert.Equal(name, marginal.Distribution);
        Assert.Equal(parameters.Length, marginal.Parameters.Length);
        foreach (var (expected, actual) in parameters.Zip(marginal.Parameters)) Assert.Equal(expected, actual.Value, 1e-12);
    }

    private static double Expectation(Func<double, double> f, double shape, double rate)
    {
        double Density(double x) => Math.Pow(x, shape - 1) * Math.Exp(-rate * x);
        return Integral(x => f(x) * Density(x), 0, 40) / Integral(Density, 0, 40);
    }

    /// <summary>By Gauss and Legendre on many pieces, finer near the lower end.</summary>
    private static double Integral(Func<double, double> f, double low, double high)
    {
        const int Pieces = 400;
        var sum = 0.0;
        for (var k = 0; k < Pieces; k++)
        {
            var (from, to) = (At(k), At(k + 1));
            sum += MathNet.Numerics.Integration.GaussLegendreRule.Integrate(f, from, to, 16);
        }
        return sum;

        double At(int k) => low + (high - low) * Math.Pow((double)k / Pieces, 2);
    }
}
