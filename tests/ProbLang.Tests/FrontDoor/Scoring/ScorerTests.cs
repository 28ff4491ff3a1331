using System.Text.Json;
using MathNet.Numerics.Distributions;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.FrontDoor.Scoring;

/// <summary>New rows against known answers, and what rows cannot be.</summary>
public class ScorerTests
{
    private const string Labels = "input N: count\nparam p: probability\nparam m: real\nfor i in 1..N { z[i] ~ Bernoulli(p)\n y[i] ~ Normal(m * z[i], 1) }";

    private static readonly double[] s_y = [0.3, -1.2, 2.5, 0.9];

    [Fact]
    public void Of_known_parameters_the_score_is_the_density()
    {
        var problem = Condition("input N: count\nparam m: real\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(m, s) }", new { m = 0.5, s = 2.0, y = s_y });
        var scorer = problem.Scorer();
        Assert.Equal(1, scorer.Draws);
        Assert.Equal("i", scorer.RowName);
        Assert.Equal(Normal.PDFLn(0.5, 2, 7.3), scorer.Score(new { y = 7.3 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(problem.Score(TestContext.Current.CancellationToken).Rows, scorer.ScoreAll(Data.Of(new { y = s_y }), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_fit_scores_with_its_parameters()
    {
        var problem = Condition("input N: count\nparam m: real\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(m, s) }", new { y = s_y });
        var fit = problem.Fit(new MaximumLikelihood(), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(Normal.PDFLn(fit["m"][0], fit["s"][0], 1.5), problem.Scorer(fit).Score(new { y = 1.5 }, TestContext.Current.CancellationToken), 1e-12);
    }

    [Fact]
    public void A_label_of_the_row_is_summed_out_of_its_score_and_has_a_posterior_of_its_own()
    {
        var scorer = Condition(Labels, new { p = 0.3, m = 2.0, y = s_y }).Scorer();
        var (none, one) = (0.7 * Normal.PDF(0, 1, 1.4), 0.3 * Normal.PDF(2, 1, 1.4));
        Assert.Equal(Math.Log(none + one), scorer.Score(new { y = 1.4 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(one / (none + one), scorer.Predict(new { y = 1.4 }, cancellation: TestContext.Current.CancellationToken)["z"].Probability(1), 1e-12);
        Assert.Equal(Math.Log(one), scorer.Score(new { y = 1.4, z = true }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(Math.Log(0.3), scorer.Score(new { z = 1 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(0, scorer.Score(new { y = (double?)null }, TestContext.Current.CancellationToken), 1e-12);
    }

    [Fact]
    public void After_trials_of_a_coin_the_next_has_the_rule_of_succession()
    {
        var posterior = Condition("input N: count\np ~ Beta(2, 3)\nfor i in 1..N { y[i] ~ Bernoulli(p) }", new { y = new[] { 1, 1, 0, 1, 0, 1, 1 } }).Infer(new Nuts { Seed = 3 }, null, TestContext.Current.CancellationToken);
        var predicted = posterior.Scorer().Predict(new { }, cancellation: TestContext.Current.CancellationToken)["y"];
        Assert.True(predicted.IsExact);
        Assert.Equal((2 + 5) / (2 + 3 + 7.0), predicted.Probability(1), 4 * posterior.Scalar("p").Mcse);
    }

    [Fact]
    public void A_normal_mean_has_a_normal_prediction()
    {
        var posterior = Condition("input N: count\nmu ~ Normal(0, 2)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }", new { y = s_y }).Infer(new Nuts { Seed = 5 }, null, TestContext.Current.CancellationToken);
        var precision = 0.25 + s_y.Length;
        var (mean, sd) = (s_y.Sum() / precision, Math.Sqrt(1 + 1 / precision));
        var scorer = posterior.Scorer();
        var predicted = scorer.Predict(new { }, samples: 40_000, cancellation: TestContext.Current.CancellationToken)["y"];
        var error = posterior.Scalar("mu").Mcse + sd / 200;
        Assert.False(predicted.IsExact);
        Assert.Equal(mean, predicted.Mean, 4 * error);
        Assert.Equal(sd, predicted.Sd, 4 * error);
        Assert.Equal(Normal.InvCDF(mean, sd, 0.9), predicted.Quantile(0.9), 8 * error);
        foreach (var y in (double[])[-1, 0.5, 2]) Assert.Equal(Normal.PDFLn(mean, sd, y), scorer.Score(new { y }, TestContext.Current.CancellationToken), 8 * error);
    }

    [Fact]
    public void A_group_without_data_is_predicted_through_its_own_effect()
    {
        var posterior = Condition("input J: count\nmu ~ Normal(0, 5)\nfor j in 1..J { theta[j] ~ Normal(mu, 2)\n y[j] ~ Normal(theta[j], 1) }", new { y = s_y }).Infer(new Nuts { Seed = 5 }, null, TestContext.Current.CancellationToken);
        // A mean of n with variance 5 each, and a prior of variance 25.
        var precision = 1 / 25.0 + s_y.Length / 5.0;
        var (mean, variance) = (s_y.Sum() / 5 / precision, 1 / precision);
        var scorer = posterior.Scorer();
        var predicted = scorer.Predict(new { }, samples: 40_000, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(["theta", "y"], predicted.Elements.Select(e => e.Name));
        var error = posterior.Scalar("mu").Mcse + Math.Sqrt(variance + 5) / 200;
        Assert.Equal(mean, predicted["y"].Mean, 4 * error);
        Assert.Equal(Math.Sqrt(variance + 5), predicted["y"].Sd, 4 * error);
        Assert.Equal("GM0811", Assert.Single(Assert.Throws<EngineException>(() => scorer.Score(new { y = 1.0 })).Diagnostics).Id);
        Assert.Equal(Normal.PDFLn(0.4, 1, 1.0) + posteriorOfTheta(), scorer.Score(new { y = 1.0, theta = 0.4 }, TestContext.Current.CancellationToken), 8 * error);

        double posteriorOfTheta() => Normal.PDFLn(mean, Math.Sqrt(variance + 4), 0.4);
    }

    [Fact]
    public void The_same_seed_predicts_the_same()
    {
        var scorer = Condition("input N: count\nparam m: real\nfor i in 1..N { y[i] ~ Normal(m, 1) }", new { m = 0.5, y = s_y }).Scorer();
        double[] Of(ulong seed) => scorer.Predict(new { }, 100, seed, TestContext.Current.CancellationToken)["y"].Values.ToArray();
        Assert.Equal(Of(4), Of(4));
        Assert.NotEqual(Of(4), Of(5));
    }

    [Fact]
    public void Rows_are_records_dictionaries_and_json()
    {
        var scorer = Condition("input N: count\ninput x[N, 2]\ninput kind[N]: category\nparam b\nfor i in 1..N { y[i] ~ Normal(b * x[i, 1] + x[i, 2] + kind[i], 1) }",
            new { b = 2.0, x = new[,] { { 1.0, 2 }, { 3, 4 } }, kind = new[] { "red", "blue" }, y = new[] { 1.0, 2 } }).Scorer();
        var expected = Normal.PDFLn(2 * 0.5 + 3 + scorer.Encode(new { x = new[] { 0.5, 3 }, kind = "blue" })[scorer.Inputs.Single(f => f.Name == "kind").Offset], 1, 4);
        using var json = JsonDocument.Parse("""{ "x": [0.5, 3], "kind": "blue", "y": 4, "id": "not looked at" }""");
        Assert.Equal(expected, scorer.Score(new { x = new[] { 0.5, 3 }, kind = "blue", y = 4 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(expected, scorer.Score(new Dictionary<string, object?> { ["x"] = new[] { 0.5, 3 }, ["kind"] = "blue", ["y"] = 4 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(expected, scorer.Score(json.RootElement, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(["x:True:2", "kind:True:1", "y:False:1"], scorer.Inputs.Select(f => $"{f.Name}:{!f.IsOutcome}:{f.Count}"));
    }

    [Theory]
    [InlineData("g", """{ "x": 1, "y": 0 }""", "the row has no `g`")]
    [InlineData("g", """{ "G": 1, "x": 1, "y": 0 }""", "the row has no `g`, but `G`")]
    [InlineData("g", """{ "g": 4, "x": 1, "y": 0 }""", "`g` cannot be 4: the data had 1 to 3")]
    [InlineData("g", """{ "g": 1.5, "x": 1, "y": 0 }""", "`g` cannot be 1.5: it is no whole number")]
    [InlineData("x", """{ "g": 1, "x": -1, "y": 0 }""", "`x` cannot be -1: it is not above 0")]
    [InlineData("x", """{ "g": 1, "x": "a", "y": 0 }""", "`x` has \"a\" where a number is expected")]
    [InlineData("x", """{ "g": 1, "x": [1, 2], "y": 0 }""", "`x` is a single value in a row")]
    [InlineData("y", """{ "g": 1, "x": 1, "y": 2 }""", "`y` cannot be 2: it is above 1")]
    [InlineData("kind", """{ "g": 1, "x": 1, "kind": "gren" }""", "`kind` has no level \"gren\": did you mean \"green\"?")]
    [InlineData("k", """{ "g": 1, "x": 1, "k": 8 }""", "`k` cannot be 8: it is above 7, the greatest value that it may have")]
    public void What_is_wrong_with_a_row_is_said_of_its_field(string field, string row, string why)
    {
        var scorer = Condition("input N: count\ninput g[N]: int(1, )\ninput x[N]: positive\nfor j in 1..max(g) { a[j] ~ Normal(0, 1) }\nfor i in 1..N { y[i] ~ Bernoulli(logit: a[g[i]] * x[i])\n k[i] ~ Binomial(7, logistic(a[g[i]]))\n kind[i]: category ~ Categorical([0.5, 0.5]) }",
            new { g = new[] { 1, 2, 3 }, x = new[] { 1.0, 2, 3 }, y = new[] { 0, 1, 0 }, k = new[] { 1, 2, 3 }, kind = new[] { "red", "green", "red" } }).Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 50, Draws = 10 }, null, TestContext.Current.CancellationToken).Scorer();
        using var json = JsonDocument.Parse(row);
        var exception = Assert.Throws<ArgumentException>(() => scorer.Score(json.RootElement));
        Assert.StartsWith(why, exception.Message, StringComparison.Ordinal);
        Assert.Equal(field, exception.ParamName);
    }

    [Fact]
    public void An_array_of_another_shape_is_not_taken_for_the_row()
    {
        var scorer = Condition("input N: count\ninput x[N, 2, 3]\nfor i in 1..N { y[i] ~ Normal(x[i, 1, 2], 1) }", new { x = new double[2, 2, 3], y = new[] { 1.0, 2 } }).Scorer();
        var score = scorer.Score(new { x = new double[,] { { 0, 5, 0 }, { 0, 0, 0 } }, y = 1.0 }, TestContext.Current.CancellationToken);
        Assert.Equal(Normal.PDFLn(5, 1, 1), score, 1e-12);
        Assert.Equal(score, scorer.Score(new { x = new[] { new[] { 0.0, 5, 0 }, [0, 0, 0] }, y = 1.0 }, TestContext.Current.CancellationToken));
        foreach (var other in new object[] { new double[3, 2], new double[6], new[] { new double[4], new double[2] }, 1.0 })
            Assert.StartsWith("`x` has 2 × 3 elements in a row", Assert.Throws<ArgumentException>(() => scorer.Score(new { x = other, y = 1.0 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_posterior_without_draws_scores_nothing()
    {
        var posterior = Condition("input N: count\ninput x[N]\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu * x[i], 1) }", new { x = new[] { double.PositiveInfinity, 1 }, y = new[] { 1.0, 2 } })
            .Infer(new Nuts { Seed = 1, Chains = 2, Warmup = 10, Draws = 10 }, null, TestContext.Current.CancellationToken);
        Assert.Equal(0, posterior.Draws.Count);
        Assert.Equal("GM0815", Assert.Single(Assert.Throws<EngineException>(() => posterior.Scorer()).Diagnostics).Id);
        Assert.StartsWith("There are no draws: ", Assert.Throws<InvalidOperationException>(() => posterior.Get<double>("mu")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_index_that_is_computed_is_checked_too()
    {
        var scorer = Condition("input N: count\ninput g[N]: int(1, )\nparam a[4]\nfor i in 1..N { y[i] ~ Normal(if g[i] < 3 then a[2 * g[i]] else 0, 1) }", new { a = new[] { 1.0, 2, 3, 4 }, g = new[] { 1, 2, 3 }, y = new[] { 1.0, 2, 3 } }).Scorer();
        Assert.Equal(Normal.PDFLn(4, 1, 3), scorer.Score(new { g = 2, y = 3.0 }, TestContext.Current.CancellationToken), 1e-12);
        Assert.Equal(Normal.PDFLn(0, 1, 3), scorer.Score(new { g = 17, y = 3.0 }, TestContext.Current.CancellationToken), 1e-12);
        var unguarded = Condition("input N: count\ninput g[N]: int(1, )\nparam a[4]\nfor i in 1..N { y[i] ~ Normal(a[2 * g[i]], 1) }", new { a = new[] { 1.0, 2, 3, 4 }, g = new[] { 1, 2, 2 }, y = new[] { 1.0, 2, 3 } }).Scorer();
        Assert.Throws<ArgumentException>(() => unguarded.Score(new { g = 3, y = 3.0 }));
    }

    [Theory]
    [InlineData("GM0800", "mu ~ Normal(0, 1)\ny ~ Normal(mu, 1) ^ 4")]
    [InlineData("GM0801", "input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }\nfor j in 1..2 { w[j] ~ Normal(mu, 2) }")]
    [InlineData("GM0802", "input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { for k in 1..i { t[i, k] ~ Normal(mu, 1) } }")]
    [InlineData("GM0803", "input N: count\nmu ~ Normal(0, 1)\ny[1] ~ Normal(mu, 1)\nfor i in 2..N { y[i] ~ Normal(y[i - 1], 1) }")]
    [InlineData("GM0803", "input N: count\ninput x[N]\nb ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(b * (x[i] - mean(x)), 1) }")]
    [InlineData("GM0804", "input N: count\ninput x[N]\nb ~ Normal(0, 1)\nm = b * x\nfor i in 1..N { y[i] ~ Normal(m[i], 1) }")]
    [InlineData("GM0805", "input N: count\nb ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(b * i, 1) }")]
    [InlineData("GM0809", "b ~ Normal(0, 1)\nfor i in 1..4 { y[5 - i] ~ Normal(b, 1) }")]
    [InlineData("GM0808", "input N: count\nb ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(b, 1)\n given b < y[i] + 10 }")]
    public void Rows_that_cannot_stand_alone_are_objected_to(string id, string model)
    {
        var posterior = Condition(model, new { y = s_y, x = s_y, w = new[] { 1.0, 2 }, t = new double?[,] { { 1, null, null, null }, { 1, 2, null, null }, { 1, 2, 3, null }, { 1, 2, 3, 4 } } })
            .Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 20, Draws = 5 }, null, TestContext.Current.CancellationToken);
        Assert.Equal(id, Assert.Single(Assert.Throws<EngineException>(() => posterior.Scorer()).Diagnostics).Id);
    }

    [Fact]
    public void What_is_unknown_without_draws_is_objected_to()
    {
        var problem = Condition("input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }", new { y = s_y });
        Assert.Equal("GM0806", Assert.Single(Assert.Throws<EngineException>(() => problem.Scorer()).Diagnostics).Id);
        Assert.Equal("GM0813", Assert.Single(Assert.Throws<EngineException>(() => problem.Infer(new Exact(), TestContext.Current.CancellationToken).Scorer()).Diagnostics).Id);
    }

    [Fact]
    public void What_all_rows_share_and_is_computed_of_unknowns_in_each_is_objected_to()
    {
        var problem = Condition("input N: count\nparam p: probability\nfor i in 1..N { z[i] ~ Bernoulli(p) }\nt = sum(z)\nfor i in 1..N { y[i] ~ Normal(t, 1) }", new { p = 0.3, y = s_y });
        Assert.Equal("GM0807", Assert.Single(Assert.Throws<EngineException>(() => problem.Scorer()).Diagnostics).Id);
    }

    [Fact]
    public void More_variables_than_a_row_can_have_are_objected_to()
    {
        var problem = Condition($"input N: count\nfor i in 1..N {{ y[i] ~ Normal(0, 1)\n{string.Join("\n", Enumerable.Range(1, 64).Select(v => $"v{v}[i] ~ Normal(0, 1)"))} }}", new { y = s_y });
        Assert.Equal("GM0810", Assert.Single(Assert.Throws<EngineException>(() => problem.Scorer()).Diagnostics).Id);
    }

    [Fact]
    public void Rows_of_several_kinds_are_told_apart_by_their_index()
    {
        var posterior = Condition("input N: count\nmu ~ Normal(0, 1)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }\nfor j in 1..2 { w[j] ~ Normal(mu, 2) }", new { y = s_y, w = new[] { 1.0, 2 } })
            .Infer(new Nuts { Seed = 1, Chains = 1, Warmup = 20, Draws = 5 }, null, TestContext.Current.CancellationToken);
        Assert.Equal("y", Assert.Single(posterior.Scorer("i").Inputs).Name);
        Assert.Equal("w", Assert.Single(posterior.Scorer("j").Inputs).Name);
    }

    [Fact]
    public void More_settings_than_can_be_summed_are_objected_to()
    {
        var scorer = Condition("input N: count\nparam p: probability\nfor i in 1..N { for k in 1..20 { z[i, k] ~ Bernoulli(p) }\n y[i] ~ Normal(sum(z[i]), 1) }", new { p = 0.3, y = s_y }).Scorer();
        Assert.Equal("GM0812", Assert.Single(Assert.Throws<EngineException>(() => scorer.Score(new { y = 1.0 })).Diagnostics).Id);
        Assert.Equal(6, scorer.Predict(new { }, 10_000, cancellation: TestContext.Current.CancellationToken)["y"].Mean, 4 * Math.Sqrt(20 * 0.21 + 1) / 100);
    }

    [Fact]
    public void A_row_that_cannot_be_has_nothing_to_predict()
    {
        var scorer = Condition("input N: count\nparam u: positive\nfor i in 1..N { z[i] ~ Bernoulli(0.5)\n y[i] ~ Uniform(0, u * (1 + z[i])) }", new { u = 3.0, y = new[] { 1.0, 2 } }).Scorer();
        Assert.Equal(double.NegativeInfinity, scorer.Score(new { y = 7.0 }, TestContext.Current.CancellationToken));
        Assert.Equal("GM0814", Assert.Single(Assert.Throws<EngineException>(() => scorer.Predict(new { y = 7.0 })).Diagnostics).Id);
        Assert.Equal(1, scorer.Predict(new { y = 5.0 }, cancellation: TestContext.Current.CancellationToken)["z"].Probability(1), 1e-12);
    }

    [Fact]
    public void What_has_no_density_is_no_term_of_a_sum()
    {
        var scorer = Condition("input N: count\nparam s: real\nfor i in 1..N { z[i] ~ Bernoulli(0.5)\n y[i] ~ Normal(0, s * (2 * z[i] - 1)) }", new { s = 2.0, z = new[] { 1, 1 }, y = new[] { 1.0, 2 } }).Scorer();
        double[] open = [double.NaN, 3], none = [0, 3];
        var (one, expected) = (new double[1], Math.Log(0.5) + Normal.PDFLn(0, 2, 3));
        Assert.Equal(["z", "y"], scorer.Inputs.Select(f => f.Name));
        Assert.Equal(expected, scorer.Score(open, TestContext.Current.CancellationToken), 1e-12);
        scorer.ScoreEach(open, one, TestContext.Current.CancellationToken);
        Assert.Equal(expected, one[0], 1e-12);
        Assert.Equal(double.NegativeInfinity, scorer.Score(none, TestContext.Current.CancellationToken));
        scorer.ScoreEach(none, one, TestContext.Current.CancellationToken);
        Assert.Equal(double.NegativeInfinity, one[0]);
    }

    [Fact]
    public void A_cancelled_score_ends()
    {
        var scorer = Condition(Labels, new { p = 0.3, m = 2.0, y = s_y }).Scorer();
        Assert.Throws<OperationCanceledException>(() => scorer.Score(new { y = 1.0 }, new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => scorer.Predict(new { y = 1.0 }, cancellation: new CancellationToken(true)));
    }

    private static Problem Condition(string model, object data)
    {
        var compilation = Model.Compile(model);
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model!.Condition(Data.Of(data));
    }
}
