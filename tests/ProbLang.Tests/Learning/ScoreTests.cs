using MathNet.Numerics.Distributions;
using Xunit;

namespace ProbLang.Tests.Learning;

/// <summary>Densities of data against closed forms.</summary>
public class ScoreTests
{
    private static readonly double[] s_y = [0.3, -1.2, 2.5, 0.9];

    [Fact]
    public void Of_independent_rows_each_has_its_own()
    {
        var scores = Score("input N: count\nparam m: real\nparam s: positive\nfor i in 1..N { y[i] ~ Normal(m, s) }", new { m = 0.5, s = 2.0, y = s_y });
        Assert.Equal("i", scores.RowName);
        Assert.Equal(["1", "2", "3", "4"], scores.RowNames);
        for (var i = 0; i < s_y.Length; i++) Assert.Equal(Normal.PDFLn(0.5, 2, s_y[i]), scores.Rows[i], 1e-12);
        Assert.Equal(scores.Rows.Sum(), scores.Total, 1e-12);
    }

    [Fact]
    public void Rows_may_begin_anywhere_and_hold_several_draws()
    {
        var scores = Score("input N: count\nfor i in 2..N { y[i] ~ Normal(0, 1)\n for k in 1..2 { w[i, k] ~ Normal(y[i], 3) } }",
            new { N = 3, y = new double?[] { null, -1.2, 2.5 }, w = new double?[,] { { null, null }, { 1, 2 }, { 3, 4 } } });
        Assert.Equal(["2", "3"], scores.RowNames);
        Assert.Equal(Normal.PDFLn(0, 1, -1.2) + Normal.PDFLn(-1.2, 3, 1) + Normal.PDFLn(-1.2, 3, 2), scores.Rows[0], 1e-12);
        Assert.Equal(Normal.PDFLn(0, 1, 2.5) + Normal.PDFLn(2.5, 3, 3) + Normal.PDFLn(2.5, 3, 4), scores.Rows[1], 1e-12);
    }

    [Fact]
    public void What_is_discrete_is_summed_out_of_each_row()
    {
        var scores = Score("input N: count\nparam p: probability\nfor i in 1..N { z[i] ~ Bernoulli(p)\n y[i] ~ Normal(3 * z[i], 1) }", new { p = 0.3, y = s_y });
        for (var i = 0; i < s_y.Length; i++)
            Assert.Equal(Math.Log(0.7 * Normal.PDF(0, 1, s_y[i]) + 0.3 * Normal.PDF(3, 1, s_y[i])), scores.Rows[i], 1e-10);
        Assert.Equal(scores.Rows.Sum(), scores.Total, 1e-9);
    }

    [Fact]
    public void A_latent_that_all_rows_share_leaves_only_the_total()
    {
        var scores = Score("input N: count\nmu ~ Normal(0, 2)\nfor i in 1..N { y[i] ~ Normal(mu, 1) }", new { y = s_y });
        // Of a normal mean with a normal prior: covariance I + 4 J.
        var (n, sum, squares) = (s_y.Length, s_y.Sum(), s_y.Sum(y => y * y));
        var expected = -0.5 * (n * Math.Log(2 * Math.PI) + Math.Log(1 + 4 * n) + squares - 4 * sum * sum / (1 + 4 * n));
        Assert.Equal(expected, scores.Total, 1e-10);
        Assert.Empty(scores.Rows);
    }

    [Fact]
    public void A_change_of_variables_counts_its_jacobian()
    {
        double[] x = [0.4, 1.7, 3.1];
        var scores = Score("input N: count\nparam mu: real\nparam s: positive\nfor i in 1..N { z[i] ~ Normal(0, 1)\n x[i] = exp(mu + s * z[i]) }", new { mu = 0.2, s = 0.8, x });
        for (var i = 0; i < x.Length; i++) Assert.Equal(LogNormal.PDFLn(0.2, 0.8, x[i]), scores.Rows[i], 1e-12);
    }

    [Fact]
    public void More_rows_than_are_computed_at_a_time_are_all_there()
    {
        var y = Enumerable.Range(0, 1001).Select(i => Math.Sin(i)).ToArray();
        var scores = Score("input N: count\nfor i in 1..N { y[i] ~ Normal(0, 1) }", new { y });
        Assert.Equal(y.Select(v => Normal.PDFLn(0, 1, v)), scores.Rows, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void Each_draw_is_a_row_where_there_is_no_plate()
    {
        var scores = Score("a ~ Normal(0, 1)\nb ~ Exponential(2)", new { a = 0.7, b = 1.5 });
        Assert.Null(scores.RowName);
        Assert.Equal([Normal.PDFLn(0, 1, 0.7), Math.Log(2) - 3], scores.Rows, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void An_unknown_parameter_is_objected_to() =>
        Assert.Contains("`m`", Assert.Throws<EngineException>(() => Score("input N: count\nparam m: real\nfor i in 1..N { y[i] ~ Normal(m, 1) }", new { y = s_y })).Message, StringComparison.Ordinal);

    [Fact]
    public void An_integral_without_a_closed_form_is_objected_to() =>
        Assert.Contains("`tau`", Assert.Throws<EngineException>(() => Score("input N: count\ntau ~ HalfNormal(1)\nfor i in 1..N { y[i] ~ StudentT(3, 0, tau) }", new { y = s_y })).Message, StringComparison.Ordinal);

    private static Scores Score(string text, object data)
    {
        var compilation = Model.Compile(text);
        Assert.True(compilation.Success, string.Join("\n", compilation.Diagnostics));
        return compilation.Model!.Condition(Data.Of(data)).Score(TestContext.Current.CancellationToken);
    }
}
