using ProbLang.Inference;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

/// <summary>What a fit says where there is no answer, or none that can be trusted, and what other engines say to parameters.</summary>
public class FitWarningTests
{
    [Fact]
    public void What_only_a_sum_of_which_the_data_know_is_not_identified()
    {
        var fit = Likelihood("param a\nparam b\nparam c\nfor i in 1..4 { y[i] ~ Normal(a + 2 * b, 1)\n w[i] ~ Normal(c, 1) }", new { y = new[] { 1.0, 2, 3, 4 }, w = new[] { 1.0, 2, 3, 4 } });
        Near(2.5, fit["a"][0] + 2 * fit["b"][0], 1e-8);
        Assert.Equal(["`a`, `b` are not identified: the likelihood stays the same when they change together by 1 : -0.5"], fit.Warnings);
        Assert.Equal(double.NaN, fit.StandardError("a"));
        Assert.Equal(double.NaN, fit.StandardError("b"));
        Near(0.5, fit.StandardError("c"), 1e-7);
    }

    [Fact]
    public void A_likelihood_that_grows_without_end_has_no_maximum()
    {
        var fit = Likelihood("input x[6]\nparam a\nparam b\nfor i in 1..6 { y[i] ~ Bernoulli(logit: a + b * x[i]) }", new { x = new[] { -3.0, -2, -1, 1, 2, 3 }, y = new[] { 0, 0, 0, 1, 1, 1 } });
        Assert.Contains(fit.Warnings, w => w.Contains("towards infinity", StringComparison.Ordinal) && w.Contains("`b`", StringComparison.Ordinal));
        Assert.Equal(double.NaN, fit.StandardError("b"));
    }

    [Theory]
    [InlineData("y ~ Normal(0, 1)", "GM0512")]
    [InlineData("param w\ny ~ Normal(w, 1)", "GM0513")]
    [InlineData("param w\nparam v\ny ~ Normal(w, 1)\nz ~ Normal(v, 1)\ngiven y = 1", "GM0513")]
    [InlineData("param w = 5\ny ~ Uniform(w, 6)\ngiven y = 2", "GM0514")]
    public void What_stands_against_learning_is_said(string model, string id)
    {
        var objection = Assert.Throws<EngineException>(() => Condition(model, new { }).Fit(new MaximumLikelihood(), null, TestContext.Current.CancellationToken));
        Assert.Equal(id, objection.Diagnostics[0].Id);
    }

    [Fact]
    public void Whole_numbers_cannot_be_learned() =>
        Assert.Equal("GM0510", Assert.Throws<DataException>(() => Condition("param k: count\ny ~ Binomial(k + 3, 0.5)", new { y = 2 })).Diagnostics[0].Id);

    [Fact]
    public void Other_engines_want_the_values_and_have_them_from_the_data()
    {
        const string Text = "param w\nx ~ Normal(w, 1)\ny ~ Normal(x, 1)";
        var problem = Condition(Text, new { y = 1.0 });
        Assert.Equal(["w"], problem.Parameters);
        foreach (var engine in (ReadOnlySpan<Engine>)[new Nuts(), new Exact(), new Auto()])
            Assert.Equal("GM0376", problem.Objections(engine)[0].Id);
        Assert.Equal("GM0376", Assert.Throws<DataException>(() => problem.Sample(1, 1, TestContext.Current.CancellationToken)).Diagnostics[0].Id);
        Assert.Equal("GM0376", Assert.Throws<EngineException>(() => problem.Infer(new Exact(), TestContext.Current.CancellationToken)).Diagnostics[0].Id);
        Assert.Empty(Condition(Text, new { y = 1.0, w = 2.0 }).Objections(new Exact()));
        Assert.Empty(Condition(Text, new { y = 1.0, w = 2.0 }).Parameters);
    }

    [Fact]
    public void A_parameter_may_be_given_in_part()
    {
        var fit = Likelihood("param w[2]\nfor i in 1..2 { y[i] ~ Normal(sum(w), 1) }", new { y = new[] { 3.0, 5.0 }, w = new double?[] { 1, null } });
        Assert.Equal(["w[2]"], fit.Layout.ElementNames);
        Near(3, fit["w"][0], 1e-9);
        Assert.Equal(2L, fit.Observations);
        var whole = Condition("param w[2]\ngiven w[1] = 1\ngiven w[2] = 2\ny ~ Normal(sum(w), 1)", new { y = 1.0 });
        Assert.Empty(whole.Parameters);
        Assert.Equal(1, whole.Sample(1, 1, TestContext.Current.CancellationToken).Count);
    }

    [Fact]
    public void Explanations_call_a_parameter_a_parameter()
    {
        var text = Condition("param w[2]: positive\nfor i in 1..3 { y[i] ~ Normal(w[1], w[2]) }", new { y = new[] { 1.0, 2, 3 } }).Explain();
        Assert.Contains("explicit, tractable", text, StringComparison.Ordinal);
        Assert.Matches(@"w +param +positive +\[2\] +parameter", text);
        Assert.DoesNotContain("is a continuous latent", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_starts_find_the_better_of_two_maxima()
    {
        const string Text = "param m = -4\nfor i in 1..12 { y[i] ~ Mixture([0.2, 0.8], [Normal(m, 0.5), Normal(m + 5, 0.5)]) }";
        double[] y = [.. Enumerable.Range(0, 12).Select(i => i < 3 ? 0.0 + 0.1 * i : 5 + 0.02 * i)];
        var (one, many) = (Likelihood(Text, new { y }), Likelihood(Text, new { y }, new MaximumLikelihood { Starts = 12 }));
        Assert.True(many.LogLikelihood >= one.LogLikelihood);
        Assert.InRange(many["m"][0], -0.5, 0.5);
        Assert.Contains("of 12 starts ended there", many.Ended, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Likelihood(Text, new { y }, new MaximumLikelihood { Starts = 0 }));
    }

    [Fact]
    public void Weights_count_rows_as_often()
    {
        const string Weighted = "input w[3]\ninput x[3]\nparam m\nparam s: positive\nfor i in 1..3 { factor w[i] * log_density(Normal(m, s), x[i]) }";
        var weighted = Likelihood(Weighted, new { w = new[] { 2, 1, 3 }, x = new[] { 1.0, 2, 4 } });
        var repeated = Likelihood("param m\nparam s: positive\nfor i in 1..6 { y[i] ~ Normal(m, s) }", new { y = new[] { 1.0, 1, 2, 4, 4, 4 } });
        Near(repeated["m"][0], weighted["m"][0], 1e-9);
        Near(repeated.StandardError("s"), weighted.StandardError("s"), 1e-7);
        Near(repeated.LogLikelihood, weighted.LogLikelihood, 1e-12);
    }

    [Fact]
    public void A_cancelled_fit_says_so()
    {
        using var source = new CancellationTokenSource();
        var problem = Condition("param m\nparam s: positive\nfor i in 1..3 { y[i] ~ StudentT(3, m, s) }", new { y = new[] { 100.0, 200, 400 } });
        var fit = problem.Fit(new MaximumLikelihood(), new Immediate(source.Cancel), source.Token);
        Assert.False(fit.Converged);
        Assert.NotEmpty(fit.Warnings);
        // What is cancelled before it begins does not begin.
        Assert.Throws<OperationCanceledException>(() => problem.Fit(new MaximumLikelihood(), null, source.Token));
    }

    private sealed class Immediate(Action report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report();
    }
}
