using System.Runtime.InteropServices;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Results;
using ProbLang.Tests.Analysis;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Inference;

/// <summary>Where unknowns are independent a posteriori, posterior × evidence = prior × likelihood at every point.</summary>
public class ConjugateLaws
{
    private const string Counts = """{"y": [3, 0, 2, 5, 1, 4, 2]}""";
    private const string Reals = """{"y": [1.3, -0.4, 2.2, 0.9, 1.8, 3.1, 0.2, 1.1]}""";
    private const string Times = """{"y": [0.3, 1.2, 0.1, 2.5, 4.0]}""";

    private static readonly Dictionary<string, (string Model, string Data)> s_cases = new()
    {
        ["Beta and Bernoulli"] = ("p ~ Beta(2, 3); y ~ Bernoulli(p) ^ 7", """{"y": [1, 0, 1, 1, 0, 1, 1]}"""),
        ["Beta by mean and Bernoulli of the complement"] = ("p ~ Beta(mean: 0.3, concentration: 4); y ~ Bernoulli(1 - p) ^ 3", """{"y": [1, 0, 1]}"""),
        ["Uniform and Binomial"] = ("p ~ Uniform(0, 1); k ~ Binomial(12, p)", """{"k": 9}"""),
        ["Beta at the edge"] = ("p ~ Beta(0.5, 0.5); k ~ Binomial(20, p)", """{"k": 0}"""),
        ["Beta and NegativeBinomial"] = ("p ~ Beta(2, 2); for i in 1..7 { y[i] ~ NegativeBinomial(r: 2.5, p: p) }", Counts),
        ["Beta and Geometric"] = ("p ~ Beta(2, 2); q = 1 - p; for i in 1..7 { y[i] ~ Geometric(q) }", Counts),
        ["Beta and Categorical"] = ("p ~ Beta(2, 2); for i in 1..4 { y[i] ~ Categorical([p / 2, 1 - p, p / 2]) }", """{"y": [1, 2, 3, 2]}"""),
        ["Betas of a plate"] = ("for g in 1..3 { p[g] ~ Beta(g, 2); k[g] ~ Binomial(g + 3, p[g]) }", """{"k": [1, 4, 6]}"""),
        ["Betas by an index from the data"] = ("input g[5]: int; p ~ Beta(1, 2) ^ 2; for i in 1..5 { y[i] ~ Bernoulli(p[g[i]]) }", """{"g": [1, 2, 2, 1, 2], "y": [1, 0, 0, 1, 1]}"""),
        ["Gamma and Poisson"] = ("r ~ Gamma(3, 2); for i in 1..7 { y[i] ~ Poisson(r) }", Counts),
        ["Gamma by scale and Poisson of exposures"] = ("r ~ Gamma(3, scale: 0.5); for i in 1..7 { y[i] ~ Poisson(i * r / 3) }", Counts),
        ["Gamma by moments and Poisson"] = ("r ~ Gamma(mean: 2, sd: 0.7); y ~ Poisson(r) ^ 7", Counts),
        ["Exponential and Poisson"] = ("r ~ Exponential(0.5); y ~ Poisson(2 * r) ^ 7", Counts),
        ["ChiSquare and Poisson"] = ("r ~ ChiSquare(3); y ~ Poisson(r) ^ 7", Counts),
        ["Gamma and Exponential"] = ("r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Exponential(r) }", Times),
        ["Gamma and Exponential by scale"] = ("r ~ Gamma(3, 2); m = 1 / r; for i in 1..5 { y[i] ~ Exponential(scale: 2 * m) }", Times),
        ["Gamma and Gamma"] = ("r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Gamma(1.7, r) }", Times),
        ["Gamma and InverseGamma"] = ("r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ InverseGamma(1.7, r) }", Times),
        ["Gamma and Normal by precision"] = ("t ~ Gamma(3, 2); for i in 1..8 { y[i] ~ Normal(1, precision: t) }", Reals),
        ["Gamma and Normal by sd"] = ("t ~ Gamma(3, 2); s = 1 / sqrt(t); for i in 1..8 { y[i] ~ Normal(1, 2 * s) }", Reals),
        ["Gamma and Weibull"] = ("r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Weibull(2, r ^ -0.5) }", Times),
        ["Gamma and Pareto"] = ("a ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Pareto(0.1, a) }", Times),
        ["Gamma and Laplace"] = ("r ~ Gamma(3, 2); for i in 1..8 { y[i] ~ Laplace(0.5, 1 / r) }", Reals),
        ["Gamma and HalfNormal"] = ("t ~ Gamma(3, 2); for i in 1..5 { y[i] ~ HalfNormal(1 / sqrt(t)) }", Times),
        ["Gamma and LogNormal"] = ("t ~ Gamma(3, 2); for i in 1..5 { y[i] ~ LogNormal(0.3, 1 / sqrt(t)) }", Times),
        ["Gamma and times cut off"] = ("input seen[5]: bool; r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Exponential(r) censored (right: not seen[i]) }",
            """{"y": [0.3, 1.2, 0.1, 2.5, 4.0], "seen": [1, 0, 1, 1, 0]}"""),
        ["Gamma and times up to a bound"] = ("r ~ Gamma(3, 2); for i in 1..5 { y[i] ~ Exponential(r) censored ( , 2) }", """{"y": [0.3, 1.2, 2, 0.1, 2]}"""),
        ["InverseGamma and Normal by variance"] = ("v ~ InverseGamma(3, 2); for i in 1..8 { y[i] ~ Normal(1, variance: 2 * v) }", Reals),
        ["InverseGamma and Normal by sd"] = ("v ~ InverseGamma(3, 2); for i in 1..8 { y[i] ~ Normal(1, sqrt(v)) }", Reals),
        ["InverseGamma and Gamma by scale"] = ("s ~ InverseGamma(6, 5); for i in 1..5 { y[i] ~ Gamma(2, scale: s) }", Times),
        ["ScaledInverseChiSquare and Normal"] = ("v ~ ScaledInverseChiSquare(5, 1.3); for i in 1..8 { y[i] ~ Normal(1, variance: v) }", Reals),
        ["Normal and Normal"] = ("m ~ Normal(1, 2); for i in 1..8 { y[i] ~ Normal(m, 1.5) }", Reals),
        ["Normal by precision and an affine mean"] = ("m ~ Normal(1, precision: 2); for i in 1..8 { y[i] ~ Normal(2 - m / 3, variance: 1.5) }", Reals),
        ["Flat and Normal"] = ("m ~ Flat(); for i in 1..8 { y[i] ~ Normal(m, 1.5) }", Reals),
        ["Normal and LogNormal"] = ("m ~ Normal(0, 1); for i in 1..5 { y[i] ~ LogNormal(m, 0.5) }", Times),
        ["Several families"] = ("p ~ Beta(2, 3); r ~ Gamma(2, 1); m ~ Normal(0, 1); k ~ Binomial(9, p); c ~ Poisson(r); x ~ Normal(m, 1)", """{"k": 4, "c": 3, "x": 0.7}"""),
        ["An unknown beside a likelihood without it"] = ("u ~ StudentT(4, 1, 2); v = 2 * u + 1; p ~ Beta(1, 1); k ~ Binomial(3, p)", """{"k": 1}"""),
    };

    public static TheoryData<string> Names => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Posterior_times_evidence_is_prior_times_likelihood(string name)
    {
        var (text, json) = s_cases[name];
        var model = Condition(text, DataOf(json));
        var solution = new ExactSolver(model).Solve(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);
        var latents = model.Variables.SelectMany(v => Enumerable.Range(0, v.Count).Where(c => v.Roles[c] is Role.Latent).Select(c => (v.Variable, Cell: c))).ToArray();
        var marginals = latents.Select(l => (CatalogMarginal)solution.Of(l.Variable, l.Cell)).ToArray();
        var evaluator = new Evaluator(model);
        var random = new Philox(7, 0, 0);
        for (var n = 0; n < 20; n++)
        {
            var log = 0.0;
            for (var l = 0; l < latents.Length; l++)
            {
                var x = marginals[l].Quantile(random.NextDouble());
                evaluator[latents[l].Variable][latents[l].Cell] = x;
                log += marginals[l].Family.LogDensity<Real>(marginals[l].Form, x, MemoryMarshal.Cast<double, Real>(marginals[l].Values.AsSpan()));
            }
            Close(evaluator.LogDensity(), log + solution.LogEvidence, 1e-12);
        }
    }

    [Theory]
    [InlineData("p ~ Dirichlet([2, 1, 3]); for i in 1..10 { y[i] ~ Categorical(p) }", """{"y": [1, 3, 3, 2, 1, 3, 3, 1, 2, 3]}""")]
    [InlineData("p ~ Dirichlet([0.7, 0.2, 0.7, 4]); y ~ Multinomial(7, p)", """{"y": [3, 0, 4, 0]}""")]
    [InlineData("p ~ Dirichlet([2, 1, 3]); k ~ Categorical([p[3], p[2], p[1]])", """{"k": 1}""")]
    public void Probabilities_that_sum_to_one_have_their_posterior(string text, string json)
    {
        var model = Condition(text, DataOf(json));
        var solution = new ExactSolver(model).Solve(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);
        var p = model.Graph.Find("p")!;
        double[] alpha = [.. Enumerable.Range(0, model[p].Count).Select(k => ((CatalogMarginal)solution.Of(p, k)).Values[0])];
        var evaluator = new Evaluator(model);
        var random = new Philox(7, 0, 0);
        for (var n = 0; n < 20; n++)
        {
            double[] x = [.. alpha.Select(_ => random.NextDouble() + 0.01)];
            var total = x.Sum();
            for (var k = 0; k < x.Length; k++) evaluator[p][k] = x[k] /= total;
            var log = SpecialFunctions.LogGamma(alpha.Sum()) + alpha.Zip(x, (a, v) => (a - 1) * Math.Log(v) - SpecialFunctions.LogGamma(a)).Sum();
            Close(evaluator.LogDensity(), log + solution.LogEvidence, 1e-12);
        }
    }

    [Theory]
    [InlineData("biased ~ Bernoulli(0.5); b ~ Uniform(0, 1); for i in 1..4 { y[i] ~ Bernoulli(if biased then b else 0.5) }", """{"y": [1, 1, 0, 1]}""", "biased", 0, 1)]
    [InlineData("m ~ DiscreteUniform(1, 3); r ~ Gamma(m, 1); y ~ Poisson(r * m) ^ 3", """{"y": [1, 4, 2]}""", "m", 1, 3)]
    [InlineData("z ~ Categorical([0.2, 0.5, 0.3]); mu ~ Normal(0, 2) ^ 3; for i in 1..3 { y[i] ~ Normal(mu[z], if z == 2 then 0.5 else 2) }", """{"y": [1.1, 0.4, 2.0]}""", "z", 1, 3)]
    [InlineData("p ~ Dirichlet([1, 2, 3]); z ~ Categorical(p); y ~ Normal(2 * z, 1)", """{"y": 3.1}""", "z", 1, 3)]
    [InlineData("z ~ Bernoulli(0.3); mu ~ Normal(0, 1); if z { y ~ Normal(mu, 1) } else { y ~ Normal(2 * mu + 1, 0.5) }", """{"y": 0.8}""", "z", 0, 1)]
    [InlineData("n ~ Binomial(6, 0.4); p ~ Beta(2, 1); k ~ Binomial(n, p)", """{"k": 3}""", "n", 0, 6)]
    public void Evidence_and_posteriors_are_those_of_the_settings_together(string text, string json, string discrete, int low, int high)
    {
        var model = Condition(text, DataOf(json));
        var whole = new ExactSolver(model).Solve(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);
        var continuous = model.Variables.Where(v => v.Variable.Type == ElementType.Real && v.Any(Role.Latent)).Select(v => v.Variable).ToArray();
        var parts = new List<(double Log, int Value, ExactSolution Solution, ConditionedModel Model)>();
        for (var value = low; value <= high; value++)
        {
            // A value that cannot be with the data is no part.
            if (TryCondition(text, [.. DataOf(json), Given(discrete, (double)value)]).Model is not { } given) continue;
            var solution = new ExactSolver(given).Solve(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken);
            parts.Add((solution.LogEvidence, value, solution, given));
        }
        Close(Math.Log(parts.Sum(p => Math.Exp(p.Log))), whole.LogEvidence, 1e-12);
        var z = whole.Of(model.Graph.Find(discrete)!, 0);
        foreach (var part in parts) Close(Math.Exp(part.Log - whole.LogEvidence), z.Probabilities.Single(p => p.Value == part.Value).Probability, 1e-12);
        foreach (var variable in continuous)
            for (var cell = 0; cell < model[variable].Count; cell++)
            {
                var marginal = whole.Of(variable, cell);
                var of = parts.Select(p => (Weight: Math.Exp(p.Log - whole.LogEvidence), Part: p.Solution.Of(p.Model.Graph.Find(variable.Name)!, cell))).ToArray();
                Close(of.Sum(p => p.Weight * p.Part.Mean), marginal.Mean, 1e-12);
                foreach (var x in new[] { -0.5, 0.1, 0.4, 0.9, 2.5 }) Close(of.Sum(p => p.Weight * p.Part.Cdf(x)), marginal.Cdf(x), 1e-12);
            }
    }

    private static void Close(double expected, double actual, double tolerance) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance * Math.Max(1, Math.Abs(expected)), $"{expected:R} and {actual:R} differ by {expected - actual:e2}");
}
