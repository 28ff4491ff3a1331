using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.FrontDoor.Fits;

namespace ProbLang.Tests.FrontDoor;

/// <summary>Parameters of every type, where the maximum is known.</summary>
public class ConstrainedFitTests
{
    private static readonly double[] s_counts = [5, 12, 4, 19];

    private static readonly double[] s_labels = [.. s_counts.SelectMany((n, k) => Enumerable.Repeat(k + 1.0, (int)n))];

    [Fact]
    public void Proportions_are_shares()
    {
        var fit = Likelihood("input N: count\nparam p: simplex(4)\nfor i in 1..N { y[i] ~ Categorical(p) }", new { N = 40, y = s_labels });
        for (var k = 0; k < 4; k++)
        {
            var p = s_counts[k] / 40;
            Near(p, fit["p"][k], 1e-8);
            Near(Math.Sqrt(p * (1 - p) / 40), fit.StandardError($"p[{k + 1}]"), 1e-6);
            for (var j = 0; j < k; j++) Near(-p * s_counts[j] / 40 / 40, fit.Covariance[k * 4 + j], 1e-6);
            Assert.InRange(fit.Estimates()[k].Lower, 0, p);
            Assert.InRange(fit.Estimates()[k].Upper, p, 1);
        }
        Assert.Equal(3, fit.Parameters);
    }

    [Fact]
    public void A_probability_is_a_share_with_an_interval_of_its_odds()
    {
        var fit = Likelihood("param p: probability\ny ~ Binomial(20, p)", new { y = 3 });
        Near(0.15, fit["p"][0], 1e-9);
        var error = Math.Sqrt(0.15 * 0.85 / 20);
        Near(error, fit.StandardError("p"), 1e-7);
        var estimate = fit.Estimates(0.9)[0];
        var (logit, half) = (Math.Log(0.15 / 0.85), 1.6448536269514722 * error / (0.15 * 0.85));
        Near(1 / (1 + Math.Exp(-(logit - half))), estimate.Lower, 1e-7);
        Near(1 / (1 + Math.Exp(-(logit + half))), estimate.Upper, 1e-7);
    }

    [Fact]
    public void Moments_of_a_normal_vector_as_a_covariance_a_factor_and_scales_with_a_correlation()
    {
        var random = new Philox(5, 0, 1);
        var y = new double[50, 2];
        for (var i = 0; i < 50; i++)
        {
            var (a, b) = (random.NextNormal(), random.NextNormal());
            (y[i, 0], y[i, 1]) = (1 + 2 * a, -1 + 0.6 * a + 0.5 * b);
        }
        double Mean(int c) => Enumerable.Range(0, 50).Average(i => y[i, c]);
        double Moment(int c, int d) => Enumerable.Range(0, 50).Average(i => (y[i, c] - Mean(c)) * (y[i, d] - Mean(d)));
        var covariance = Likelihood("input N: count\nparam m[2]\nparam S: covariance(2)\nfor i in 1..N { y[i] ~ MvNormal(m, S) }", new { N = 50, y });
        Near(Mean(1), covariance["m"][1], 1e-8);
        for (var c = 0; c < 2; c++)
            for (var d = 0; d < 2; d++)
            {
                Near(Moment(c, d), covariance["S"][2 * c + d], 1e-7);
                Near(Math.Sqrt((Moment(c, c) * Moment(d, d) + Math.Pow(Moment(c, d), 2)) / 50), covariance.StandardError($"S[{c + 1},{d + 1}]"), 1e-5);
            }
        Assert.Equal((5, 50L), (covariance.Parameters, covariance.Observations));
        var factor = Likelihood("input N: count\nparam m[2]\nparam L: cholesky(2)\nfor i in 1..N { y[i] ~ MvNormal(m, cholesky: L) }", new { N = 50, y });
        Near(covariance.LogLikelihood, factor.LogLikelihood, 1e-11);
        Near(Math.Sqrt(Moment(0, 0)), factor["L"][0], 1e-7);
        Near(Moment(0, 1) / Math.Sqrt(Moment(0, 0)), factor["L"][2], 1e-7);
        Assert.Equal(0, factor["L"][1]);
        var scales = Likelihood("""
            input N: count
            param m[2]
            param s[2]: positive
            param R: correlation(2)
            for a in 1..2 { for b in 1..2 { S[a, b] = s[a] * s[b] * R[a, b] } }
            for i in 1..N { y[i] ~ MvNormal(m, S) }
            """, new { N = 50, y });
        Near(covariance.LogLikelihood, scales.LogLikelihood, 1e-11);
        var r = Moment(0, 1) / Math.Sqrt(Moment(0, 0) * Moment(1, 1));
        Near(r, scales["R"][1], 1e-7);
        Near((1 - r * r) / Math.Sqrt(50), scales.StandardError("R[1,2]"), 1e-5);
        Assert.Equal(0, scales.StandardError("R[1,1]"));
    }

    [Fact]
    public void Sorted_cutpoints_are_the_odds_of_what_is_below_them()
    {
        var fit = Likelihood("input N: count\nparam c: ordered(3)\nfor i in 1..N { y[i] ~ OrderedLogistic(0, c) }", new { N = 40, y = s_labels });
        double below = 0;
        for (var k = 0; k < 3; k++)
        {
            below += s_counts[k] / 40;
            Near(Math.Log(below / (1 - below)), fit["c"][k], 1e-7);
            Near(1 / Math.Sqrt(40 * below * (1 - below)), fit.StandardError($"c[{k + 1}]"), 1e-6);
        }
    }

    [Fact]
    public void A_direction_is_that_of_the_mean()
    {
        double[,] y = { { 1, 2, -1 }, { 0.5, 2.5, 0 }, { 2, 1, -2 } };
        var fit = Likelihood("param u: unit(3)\nfor i in 1..3 { for d in 1..3 { y[i, d] ~ Normal(3 * u[d], 1) } }", new { y });
        double[] mean = [3.5, 5.5, -3];
        var length = Math.Sqrt(mean.Sum(m => m * m));
        for (var d = 0; d < 3; d++) Near(mean[d] / length, fit["u"][d], 1e-8);
        Assert.Equal(2, fit.Parameters);
    }

    [Fact]
    public void Rows_of_proportions_bounds_of_other_data_and_ragged_sizes()
    {
        var rows = Likelihood("param p[2]: simplex(2)\nfor i in 1..2 { y[i] ~ Multinomial(10, p[i]) }", new { y = new double[,] { { 3, 7 }, { 6, 4 } } });
        Near(0.3, rows["p"][0], 1e-8);
        Near(0.6, rows["p"][2], 1e-8);
        var sorted = Likelihood("param c[2]: ordered(2)\nfor i in 1..40 { for j in 1..2 { y[i, j] ~ OrderedLogistic(0, c[j]) } }", new { y = Pairs() });
        Near(Math.Log(0.25 / 0.75), sorted["c"][0], 1e-7);
        Near(Math.Log(3), sorted["c"][3] - sorted["c"][2], 1e-7);
        var bounded = Likelihood("input low\nparam m: real(low, low + 2)\nfor i in 1..4 { y[i] ~ Normal(m, 1) }", new { low = 5.0, y = new[] { 5.5, 6.5, 5.0, 6.0 } });
        Near(5.75, bounded["m"][0], 1e-9);
        Near(0.5, bounded.StandardError("m"), 1e-6);
        var ragged = Likelihood("input n[2]: count\nparam m[2, n]\nfor i in 1..2 { for j in 1..n[i] { y[i, j] ~ Normal(m[i, j], 1) } }", new { n = new[] { 1, 2 }, y = new[] { new[] { 1.5 }, new[] { 2.5, 3.5 } } });
        Assert.Equal(["m[1,1]", "m[2,1]", "m[2,2]"], ragged.Layout.ElementNames);
        Near(3.5, ragged["m"][2], 1e-9);
    }

    /// <summary>In the first column a quarter, a half and a quarter of 1, 2 and 3; in the second a quarter, a quarter and a half.</summary>
    private static double[,] Pairs()
    {
        var y = new double[40, 2];
        for (var i = 0; i < 40; i++) (y[i, 0], y[i, 1]) = (i < 10 ? 1 : i < 30 ? 2 : 3, i < 10 ? 1 : i < 20 ? 2 : 3);
        return y;
    }

    [Fact]
    public void The_search_begins_elsewhere_where_the_data_are_impossible_at_the_start()
    {
        var fit = Likelihood("param w = 5\ny ~ Exponential(1) truncated (w, )\nfactor -(w - 3) ^ 2", new { y = 4 });
        Assert.InRange(fit["w"][0], 3.4, 3.6);
    }

    [Fact]
    public void A_parameter_starts_where_the_model_says()
    {
        // Two maxima, at -2 and at 2: the start decides.
        const string Text = "param m = {0}\nfor i in 1..20 {{ y[i] ~ Mixture([0.5, 0.5], [Normal(m, 0.3), Normal(-2 * m, 0.3)]) }}";
        double[] y = [.. Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? 1 : -2) + 0.1 * Math.Sin(i))];
        var right = Likelihood(Text.Replace("{{", "{").Replace("}}", "}").Replace("{0}", "0.8"), new { y });
        Assert.InRange(right["m"][0], 0.9, 1.1);
        foreach (var (type, value) in (ReadOnlySpan<(string, string)>)[("p: simplex(3)", "[0.2, 0.5, 0.3]"), ("o: ordered(3)", "[-1, 0.5, 4]"), ("S: covariance(2)", "[[2, 0.5], [0.5, 1]]"),
            ("R: correlation(3)", "[[1, 0.3, -0.2], [0.3, 1, 0.1], [-0.2, 0.1, 1]]"), ("L: cholesky(2)", "[[2, 0], [0.5, 1]]"), ("u: unit(2)", "[0.6, 0.8]"), ("a[2]: positive", "[3, 0.2]"), ("b: real(-1, 4)", "3")])
        {
            var name = type[..1];
            var start = Condition($"param {type} = {value}\nfactor -{(type.StartsWith("b:", StringComparison.Ordinal) ? $"(b - {value}) ^ 2" : $"sum(({name} - {value}) ^ 2)")}", new { }).Closed!;
            var expected = Condition($"x = {value} + 0", new { }).Conditioned.Variables.First().Values;
            var actual = start.Conditioned.Variables.First(v => v.Variable.Name == name).Values;
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 9);
        }
    }
}
