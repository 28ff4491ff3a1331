using MathNet.Numerics.LinearAlgebra;
using ProbLang.Inference;
using Xunit;

namespace ProbLang.Posteriors;

/// <summary>Linear models with normal noise of known scale: the whole posterior, predictions included, is a normal vector that linear algebra gives.</summary>
public class GaussianTests
{
    private static readonly double[] s_x = [-1.5, -0.9, -0.2, 0.4, 1.1, 1.9, 2.6];
    private static readonly double?[] s_curve = [-0.8, -0.7, null, 0.5, 0.9, null, null];

    [Fact]
    public void A_linear_regression_has_its_exact_posterior_and_predicts_exactly()
    {
        const int Rows = 12;
        var x = new double[Rows, 3];
        var y = new double?[Rows];
        for (var i = 0; i < Rows; i++)
        {
            (x[i, 0], x[i, 1], x[i, 2]) = (1, 0.3 * i - 1, Math.Sin(i));
            if (i < Rows - 2) y[i] = 0.5 + 0.8 * x[i, 1] - 1.2 * x[i, 2] + 0.6 * Math.Cos(3 * i);
        }
        var exact = new Gaussian();
        for (var d = 1; d <= 3; d++) exact.Add($"beta[{d}]", 2);
        for (var i = 0; i < Rows; i++) exact.Add($"y[{i + 1}]", 0.7, 0, (x[i, 0], "beta[1]"), (x[i, 1], "beta[2]"), (x[i, 2], "beta[3]"));
        AssertExact(
            """
            input N: count
            input D: count
            input X[N, D]: real
            beta ~ Normal(0, 2) ^ D
            y ~ Normal(X @ beta, 0.7)
            """,
            new { X = x, y }, exact.Given(Known("y", y)));
    }

    [Fact]
    public void A_vector_mean_has_its_exact_posterior()
    {
        var y = new[,] { { 1.0, 2 }, { 0.4, 1.1 }, { 1.9, 3.2 } };
        var exact = Gaussian.Of("m", [0, 1], Matrix<double>.Build.DenseOfArray(new[,] { { 2, 1.2 }, { 1.2, 1.5 } }));
        // Noise with covariance [[1, 0.5], [0.5, 0.5]]: the second is half of the first and as much of its own.
        for (var i = 1; i <= 3; i++) exact.Add($"y[{i},1]", 1, 0, (1, "m[1]")).Add($"y[{i},2]", 0.5, 0, (1, "m[2]"), (0.5, $"y[{i},1]"), (-0.5, "m[1]"));
        var known = Enumerable.Range(1, 3).SelectMany(i => new[] { ($"y[{i},1]", y[i - 1, 0]), ($"y[{i},2]", y[i - 1, 1]) });
        AssertExact(
            """
            input N: count
            input S[2, 2]: real
            m ~ MvNormal([0, 1], covariance: [[2, 1.2], [1.2, 1.5]])
            for i in 1..N { y[i] ~ MvNormal(m, S) }
            """,
            new { y, S = new[,] { { 1, 0.5 }, { 0.5, 0.5 } } }, exact.Given([.. known]));
    }

    [Fact]
    public void Missing_parts_of_a_row_are_found_given_the_parts_that_are_there()
    {
        // Noise with covariance [[1, 0.8], [0.8, 1]]; in the last row nothing is given.
        double?[][] y = [[1.2, null], [null, -0.4], [0.3, 0.9], [-1.1, null], [null, null]];
        var exact = new Gaussian().Add("m[1]", 1).Add("m[2]", 1);
        for (var i = 1; i <= y.Length; i++) exact.Add($"y[{i},1]", 1, 0, (1, "m[1]")).Add($"y[{i},2]", 0.6, 0, (1, "m[2]"), (0.8, $"y[{i},1]"), (-0.8, "m[1]"));
        var known = y.SelectMany((row, i) => row.Select((v, k) => (Name: $"y[{i + 1},{k + 1}]", Value: v))).Where(c => c.Value is not null).Select(c => (c.Name, c.Value!.Value));
        AssertExact(
            """
            input N: count
            m ~ Normal(0, 1) ^ 2
            for i in 1..N { y[i] ~ MvNormal(m, [[1, 0.8], [0.8, 1]]) }
            """,
            new { N = 5, y }, exact.Given([.. known]));
    }

    [Fact]
    public void A_missing_part_of_a_vector_follows_from_the_others()
    {
        double?[] y = [0.7, null, -0.3];
        var exact = new Gaussian().Add("m", 1).Add("y[1]", 1, 0, (1, "m")).Add("y[2]", Math.Sqrt(0.75), 0, (0.5, "m"), (0.5, "y[1]")).Add("y[3]", Math.Sqrt(0.75), 0, (0.5, "m"), (0.5, "y[2]"));
        AssertExact("m ~ Normal(0, 1)\ny ~ MvNormal([m, m, m], [[1, 0.5, 0.25], [0.5, 1, 0.5], [0.25, 0.5, 1]])", new { y }, exact.Given(Known("y", y)));
    }

    [Fact]
    public void Groups_of_unequal_size_have_their_exact_posterior()
    {
        double?[][] y = [[1.2, 0.8, null], [], [-0.4], [0.3, 0.9, 1.4, null]];
        var exact = new Gaussian().Add("mu", 2);
        for (var i = 1; i <= y.Length; i++)
        {
            exact.Add($"m[{i}]", 0.7, 0, (1, "mu"));
            for (var k = 1; k <= y[i - 1].Length; k++) exact.Add($"y[{i},{k}]", 0.5, 0.1 * k, (1, $"m[{i}]"));
        }
        var known = y.SelectMany((row, i) => row.Select((v, k) => (Name: $"y[{i + 1},{k + 1}]", Value: v))).Where(c => c.Value is not null).Select(c => (c.Name, c.Value!.Value));
        AssertExact(
            """
            input N: count
            input n[N]: count
            input x[N, n]
            mu ~ Normal(0, 2)
            for i in 1..N {
              m[i] ~ Normal(mu, 0.7)
              y[i] ~ Normal(m[i] + x[i], 0.5)
            }
            """,
            new { y, x = y.Select(row => row.Select((_, k) => 0.1 * (k + 1)).ToArray()).ToArray() }, exact.Given([.. known]));
    }

    [Fact]
    public void A_gaussian_process_is_found_at_points_with_and_without_data()
    {
        var exact = Gaussian.Of("f", new double[s_x.Length], Covariance(0.01));
        for (var i = 1; i <= s_x.Length; i++) exact.Add($"y[{i}]", 0.4, 0, (1, $"f[{i}]"));
        AssertExact(
            """
            input N: count
            input x[N]: real
            f ~ MvNormal(zeros(N), gp_exp_quad(x, 1.3, 0.8) + 0.01 * identity(N))
            for i in 1..N { y[i] ~ Normal(f[i], 0.4) }
            """,
            new { x = s_x, y = s_curve }, exact.Given(Known("y", s_curve)));
    }

    [Fact]
    public void The_missing_part_of_a_normal_vector_is_found_given_the_rest() =>
        AssertExact(
            """
            input N: count
            input x[N]: real
            y ~ MvNormal(zeros(N), gp_exp_quad(x, 1.3, 0.8) + 0.16 * identity(N))
            """,
            new { x = s_x, y = s_curve }, Gaussian.Of("y", new double[s_x.Length], Covariance(0.16)).Given(Known("y", s_curve)));

    [Fact]
    public void A_local_level_is_smoothed_through_gaps_and_forecast_beyond_the_end()
    {
        double?[] y = [0.3, 0.8, null, 1.9, null, null, 1.2, 0.4, 0.9, 1.6, null, null, null];
        var exact = new Gaussian().Add("level[1]", 5);
        for (var t = 2; t <= y.Length; t++) exact.Add($"level[{t}]", 0.6, 0, (1, $"level[{t - 1}]"));
        for (var t = 1; t <= y.Length; t++) exact.Add($"y[{t}]", 0.4, 0, (1, $"level[{t}]"));
        AssertExact(
            """
            input T: count
            level[1] ~ Normal(0, 5)
            for t in 2..T { level[t] ~ Normal(level[t-1], 0.6) }
            for t in 1..T { y[t] ~ Normal(level[t], 0.4) }
            """,
            new { y }, exact.Given(Known("y", y)));
    }

    [Fact]
    public void An_autoregression_is_filled_in_where_values_are_missing_and_forecast()
    {
        double?[] y = [1.0, 0.2, null, null, -0.9, 0.4, null, 1.3, null, null];
        var exact = new Gaussian().Add("y[1]", 1.2);
        for (var t = 2; t <= y.Length; t++) exact.Add($"y[{t}]", 0.7, 0.1, (0.8, $"y[{t - 1}]"));
        AssertExact(
            """
            input T: count
            y[1] ~ Normal(0, 1.2)
            for t in 2..T { y[t] ~ Normal(0.1 + 0.8 * y[t-1], 0.7) }
            """,
            new { T = y.Length, y }, exact.Given(Known("y", y)));
    }

    [Fact]
    public void Levels_above_levels_have_their_exact_posterior_also_where_a_group_has_no_data()
    {
        double?[,] y = { { 1.2, 0.7 }, { -0.3, null }, { null, null } };
        var exact = new Gaussian().Add("top", 2, 1);
        for (var r = 1; r <= 3; r++) exact.Add($"middle[{r}]", 0.8, 0, (1, "top"));
        for (var r = 1; r <= 3; r++) for (var s = 1; s <= 2; s++) exact.Add($"leaf[{r},{s}]", 0.5, 0, (1, $"middle[{r}]"));
        for (var r = 1; r <= 3; r++) for (var s = 1; s <= 2; s++) exact.Add($"y[{r},{s}]", 0.3, 0, (2, $"leaf[{r},{s}]"));
        AssertExact(
            """
            input R: count
            input S: count
            top ~ Normal(1, 2)
            for r in 1..R {
              middle[r] ~ Normal(top, 0.8)
              for s in 1..S {
                leaf[r, s] ~ Normal(middle[r], 0.5)
                y[r, s] ~ Normal(2 * leaf[r, s], 0.3)
              }
            }
            """,
            new { y }, exact.Given(("y[1,1]", 1.2), ("y[1,2]", 0.7), ("y[2,1]", -0.3)));
    }

    /// <summary>By elimination, every element that is left has its mean and standard deviation to rounding.</summary>
    private static void AssertEliminated(string model, object data, Gaussian exact)
    {
        var posterior = Inferring.Problem(model, data).Infer(new Exact(), TestContext.Current.CancellationToken);
        Assert.Equal(posterior.Summary.Rows.Select(r => r.Name).Order(StringComparer.Ordinal), exact.Names.Order(StringComparer.Ordinal));
        foreach (var name in exact.Names)
        {
            Assert.Equal(exact.Mean(name), posterior.Scalar(name).Mean, 1e-10 * Math.Max(1, Math.Abs(exact.Mean(name))));
            Assert.Equal(exact.Sd(name), posterior.Scalar(name).Sd, 1e-10);
        }
    }

    /// <summary>Every element that is left has its mean and standard deviation, and neighbours their covariance.</summary>
    private static void AssertExact(string model, object data, Gaussian exact)
    {
        AssertEliminated(model, data, exact);
        var posterior = Inferring.Run(model, data);
        Assert.True(posterior.Verdict.Trusted, posterior.Verdict.ToString());
        Assert.Equal(posterior.Draws.Layout.ElementNames.Order(StringComparer.Ordinal), exact.Names.Order(StringComparer.Ordinal));
        foreach (var name in exact.Names) MonteCarlo.AssertMoments(posterior, name, exact.Mean(name), exact.Sd(name));
        for (var i = 1; i < exact.Names.Count; i++)
        {
            var (first, second) = (exact.Names[i - 1], exact.Names[i]);
            MonteCarlo.AssertCovariance(posterior, first, second, exact.Mean(first), exact.Mean(second), exact.Covariance(first, second));
        }
    }

    private static (string, double)[] Known(string name, double?[] values) =>
        [.. values.Select((v, i) => (Name: $"{name}[{i + 1}]", Value: v)).Where(v => v.Value is not null).Select(v => (v.Name, v.Value!.Value))];

    private static Matrix<double> Covariance(double nugget) => Matrix<double>.Build.Dense(s_x.Length, s_x.Length, (i, j) =>
        1.3 * 1.3 * Math.Exp(-0.5 * Math.Pow((s_x[i] - s_x[j]) / 0.8, 2)) + (i == j ? nugget : 0));
}
