using MathNet.Numerics.LinearAlgebra;
using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;
using static MathNet.Numerics.SpecialFunctions;
using Reference = MathNet.Numerics.Distributions;

namespace ProbLang.Tests.Distributions;

/// <summary>Distributions of counts of kinds, of matrices and of series, against what is known of them.</summary>
public class MatrixDistributionLaws
{
    private const int Draws = 20_000;

    private static readonly Argument s_scale = Matrix(2.25, -0.6, 1.05, -0.6, 0.8, -0.04, 1.05, -0.04, 4.58);
    private static readonly double[][] s_directions = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, -1], [0.3, 2, 0.5]];

    // --- counts ---

    [Fact]
    public void A_multinomial_of_two_kinds_is_a_binomial()
    {
        for (var k = 0; k <= 7; k++)
            Approximately.Equal(new Reference.Binomial(0.3, 7).ProbabilityLn(k), Density("Multinomial", [k, 7 - k], Number(7), Vector(0.3, 0.7)), 1e-12);
    }

    [Fact]
    public void A_dirichlet_multinomial_of_two_kinds_is_a_beta_binomial()
    {
        for (var k = 0; k <= 7; k++)
        {
            var expected = BinomialLn(7, k) + BetaLn(k + 0.6, 7 - k + 2.5) - BetaLn(0.6, 2.5);
            Approximately.Equal(expected, Density("DirichletMultinomial", [k, 7 - k], Number(7), Vector(0.6, 2.5)), 1e-12);
        }
    }

    [Fact]
    public void A_dirichlet_multinomial_with_great_weights_is_a_multinomial() => Approximately.Equal(
        Density("Multinomial", [2, 1, 4], Number(7), Vector(0.2, 0.3, 0.5)), Density("DirichletMultinomial", [2, 1, 4], Number(7), Vector(2e10, 3e10, 5e10)), 1e-8);

    [Theory]
    [InlineData("Multinomial", new[] { 0.2, 0.3, 0.5 }), InlineData("Multinomial", new[] { 0.4, 0, 0.6 }), InlineData("DirichletMultinomial", new[] { 0.4, 1.5, 3 })]
    public void The_probabilities_of_all_counts_add_up_to_one(string name, double[] weights)
    {
        var total = 0.0;
        for (var a = 0; a <= 5; a++)
            for (var b = 0; a + b <= 5; b++)
                total += Math.Exp(Density(name, [a, b, 5 - a - b], Number(5), Vector(weights)));
        Approximately.Equal(1, total, 1e-12);
        Assert.Equal(double.NegativeInfinity, Density(name, [1, 1, 1], Number(5), Vector(weights)));
    }

    [Theory]
    [InlineData("Multinomial", new[] { 0.2, 0.3, 0.5 }), InlineData("Multinomial", new[] { 0.5, 0.5, 0 }), InlineData("DirichletMultinomial", new[] { 0.4, 1.5, 3 })]
    public void Counts_are_drawn_with_their_probabilities(string name, double[] weights)
    {
        var draws = Sample(name, 3, Number(4), Vector(weights));
        Assert.All(draws, x => Assert.Equal(4, x.Sum()));
        // Each outcome by a number of its own.
        Fit.AssertCounts([.. draws.Select(x => x[0] * 5 + x[1])], 0, 24, code =>
        {
            var (a, b) = (Math.Floor(code / 5), code % 5);
            return a + b <= 4 ? Math.Exp(Density(name, [a, b, 4 - a - b], Number(4), Vector(weights))) : 0;
        });
    }

    // --- a heavy-tailed vector ---

    [Fact]
    public void A_multivariate_t_of_one_is_a_t()
    {
        foreach (var x in new[] { -3.0, 0.2, 40 })
            Approximately.Equal(new Reference.StudentT(0.5, 1.5, 3.5).DensityLn(x), Density("MvStudentT", [x], Number(3.5), Vector(0.5), Matrix(2.25)), 1e-12);
    }

    [Fact]
    public void A_multivariate_t_has_t_marginals()
    {
        foreach (var x in new[] { -1.0, 0.7 })
        {
            var marginal = Quadrature.Integrate(y => Math.Exp(Density("MvStudentT", [x, y], Number(3.5), Vector(0.5, -1), Matrix(2.25, 0.6, 0.6, 0.8))), double.NegativeInfinity, double.PositiveInfinity, 1);
            Approximately.Equal(new Reference.StudentT(0.5, 1.5, 3.5).Density(x), marginal, 1e-9);
        }
    }

    [Fact]
    public void A_multivariate_t_of_many_degrees_of_freedom_is_normal() => Approximately.Equal(
        Density("MvNormal", [0.3, -1, 2], Vector(1, -2, 0.5), s_scale), Density("MvStudentT", [0.3, -1, 2], Number(1e9), Vector(1, -2, 0.5), s_scale), 1e-7);

    [Fact]
    public void A_multivariate_t_is_drawn_with_its_scale()
    {
        var draws = Sample("MvStudentT", 3, Number(3.5), Vector(1, -2, 0.5), s_scale);
        foreach (var along in s_directions)
        {
            var projection = new Reference.StudentT(Dot(along, [1, -2, 0.5]), Math.Sqrt(Quadratic(along, s_scale)), 3.5);
            Fit.AssertFollow([.. draws.Select(x => Dot(along, x))], projection.CumulativeDistribution);
        }
    }

    // --- correlations ---

    [Fact]
    public void The_correlation_of_two_is_a_beta_from_minus_one_to_one()
    {
        foreach (var r in new[] { -0.9, 0.1, 0.7 })
            Approximately.Equal(new Reference.Beta(2.5, 2.5).DensityLn((r + 1) / 2) - Math.Log(2), Density("LKJ", [1, r, r, 1], Number(2), Number(2.5)), 1e-12);
    }

    /// <summary>Over the second correlation and the partial one of the third, each as tanh of a number, so that the integrand dies out smoothly and a sum over a grid is exact to many digits.</summary>
    [Theory]
    [InlineData(1), InlineData(1.4), InlineData(2.5)]
    public void Correlations_of_three_have_beta_marginals(double eta)
    {
        const double Step = 0.25;
        foreach (var r in new[] { -0.5, 0.3 })
        {
            var marginal = 0.0;
            for (var u = -9.0; u <= 9; u += Step)
                for (var v = -9.0; v <= 9; v += Step)
                {
                    var (s, t) = (Math.Tanh(u), Math.Tanh(v));
                    var width = Math.Sqrt((1 - r * r) * (1 - s * s));
                    marginal += Math.Exp(Density("LKJ", Correlation(r, s, r * s + t * width), Number(3), Number(eta))) * width * (1 - s * s) * (1 - t * t) * Step * Step;
                }
            Approximately.Equal(new Reference.Beta(eta + 0.5, eta + 0.5).Density((r + 1) / 2) / 2, marginal, 2e-7);
        }
    }

    /// <summary>The determinant of L ↦ L Lᵀ, below the diagonals, is the product of Lⱼⱼ^(K - j).</summary>
    [Fact]
    public void The_density_of_a_factor_is_that_of_its_correlation_with_the_jacobian()
    {
        double[] factor = [1, 0, 0, 0, 0.6, 0.8, 0, 0, -0.3, 0.4, Math.Sqrt(0.75), 0, 0.1, -0.2, 0.5, Math.Sqrt(0.7)];
        var l = Matrix<double>.Build.Dense(4, 4, (i, j) => factor[4 * i + j]);
        var jacobian = Enumerable.Range(0, 4).Sum(j => (3 - j) * Math.Log(l[j, j]));
        var expected = Density("LKJ", (l * l.Transpose()).ToRowMajorArray(), Number(4), Number(1.7)) + jacobian;
        Approximately.Equal(expected, Density("LKJCholesky", factor, Number(4), Number(1.7)), 1e-12);
    }

    [Theory]
    [InlineData("LKJ", 4, 0.6), InlineData("LKJ", 2, 3.0), InlineData("LKJCholesky", 5, 1.0)]
    public void Correlations_are_drawn_with_beta_marginals(string name, int k, double eta)
    {
        var shape = eta + 0.5 * (k - 2);
        var marginal = new Reference.Beta(shape, shape);
        var draws = Sample(name, k * k, Number(k), Number(eta));
        if (name == "LKJCholesky") draws = [.. draws.Select(x => Product(x, k))];
        for (var i = 1; i < k; i++)
            for (var j = 0; j < i; j++)
            {
                var (a, b) = (i * k + j, j * k + i);
                Assert.All(draws, x => Assert.Equal(x[a], x[b], 1e-15));
                Fit.AssertFollow([.. draws.Select(x => (x[a] + 1) / 2)], r => marginal.CumulativeDistribution(Math.Clamp(r, 0, 1)));
            }
    }

    // --- covariances ---

    [Fact]
    public void Wisharts_of_one_are_gamma_and_inverse_gamma()
    {
        foreach (var x in new[] { 0.3, 4.0 })
        {
            Approximately.Equal(new Reference.Gamma(2.25, 1 / 3.0).DensityLn(x), Density("Wishart", [x], Number(4.5), Matrix(1.5)), 1e-12);
            Approximately.Equal(new Reference.InverseGamma(2.25, 0.75).DensityLn(x), Density("InverseWishart", [x], Number(4.5), Matrix(1.5)), 1e-12);
        }
    }

    /// <summary>In coordinates in which the integrand dies out smoothly on all sides a sum over a grid is exact to many digits.</summary>
    [Theory]
    [InlineData("Wishart", 1), InlineData("InverseWishart", -1)]
    public unsafe void Wisharts_integrate_to_one(string name, int sign)
    {
        const double Step = 0.2;
        var total = 0.0;
        double* x = stackalloc double[4], work = stackalloc double[4], y = stackalloc double[3], inner = stackalloc double[3];
        for (y[0] = -6; y[0] <= 6; y[0] += Step)
            for (y[1] = -6; y[1] <= 6; y[1] += Step)
                for (y[2] = -6; y[2] <= 6; y[2] += Step)
                {
                    // The factor's element below the diagonal in units of one on it, so that its range is bounded.
                    (inner[0], inner[2]) = (y[0] * 0.7, y[2] * 0.7);
                    var unit = Math.Exp(sign > 0 ? 0 : 0.7 * y[0]);
                    inner[1] = unit * Math.Sinh(y[1]);
                    var jacobian = Kernels.Covariances(inner, 1, 2, x, work) + Math.Log(0.49 * unit * Math.Cosh(y[1]));
                    total += Math.Exp(jacobian + Density(name, [x[0], x[1], x[2], x[3]], Number(6.5), Matrix(0.8, 0.3, 0.3, 0.6)));
                }
        Approximately.Equal(1, total * Step * Step * Step, 1e-6);
    }

    /// <summary>The Jacobian of the inverse of a symmetric matrix is |X|^-(K+1).</summary>
    [Fact]
    public void An_inverse_wishart_is_the_wishart_of_the_inverse()
    {
        var x = Matrix<double>.Build.DenseOfRowMajor(3, 3, [1.5, 0.3, -0.2, 0.3, 0.9, 0.1, -0.2, 0.1, 2]);
        var scale = Matrix<double>.Build.DenseOfRowMajor(3, 3, s_scale.Elements);
        var expected = Density("Wishart", x.Inverse().ToRowMajorArray(), Number(5.5), Matrix(scale.Inverse().ToRowMajorArray())) - 4 * Math.Log(x.Determinant());
        Approximately.Equal(expected, Density("InverseWishart", x.ToRowMajorArray(), Number(5.5), s_scale), 1e-10);
    }

    [Fact]
    public void Projections_of_a_wishart_draw_are_gamma_variables()
    {
        var draws = Sample("Wishart", 9, Number(4.5), s_scale);
        foreach (var along in s_directions)
        {
            var projection = new Reference.Gamma(2.25, 0.5 / Quadratic(along, s_scale));
            Fit.AssertFollow([.. draws.Select(x => Quadratic(along, Matrix(x)))], projection.CumulativeDistribution);
        }
    }

    [Fact]
    public void Projections_of_an_inverse_wishart_draw_are_inverse_gamma_variables()
    {
        var draws = Sample("InverseWishart", 9, Number(4.5), s_scale);
        foreach (var along in s_directions)
        {
            var projection = new Reference.InverseGamma(1.25, 0.5 * Quadratic(along, s_scale));
            Fit.AssertFollow([.. draws.Select(x => Quadratic(along, Matrix(x)))], projection.CumulativeDistribution);
        }
    }

    [Fact]
    public void The_elements_of_a_wishart_draw_have_its_means_and_variances()
    {
        var draws = Sample("Wishart", 9, Number(4.5), s_scale);
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
            {
                double At(int a, int b) => s_scale.Elements[3 * a + b];
                double[] x = [.. draws.Select(d => d[3 * i + j])];
                var mean = 4.5 * At(i, j);
                var variance = 4.5 * (At(i, j) * At(i, j) + At(i, i) * At(j, j));
                AssertMean(x, mean);
                AssertMean([.. x.Select(v => (v - mean) * (v - mean))], variance);
            }
    }

    [Theory]
    [InlineData("Wishart"), InlineData("InverseWishart")]
    public void With_too_few_degrees_of_freedom_there_is_no_density_and_no_draw(string name)
    {
        Assert.Equal(double.NegativeInfinity, Density(name, s_scale.Elements, Number(2), s_scale));
        Assert.All(Sample(name, 9, 3, Number(2), s_scale), x => Assert.Contains(x, double.IsNaN));
    }

    // --- series ---

    [Fact]
    public void Series_are_normal_vectors_with_the_covariance_that_their_steps_imply()
    {
        double[] x = [0.3, -1, 0.5, 2, 0.1];
        AssertSeries("GaussianRandomWalk", x, [1], Number(0.7), Number(5));
        AssertSeries("AR", x, [0.6, -0.3], Vector(0.6, -0.3), Number(0.7), Number(5));
        AssertSeries("AR", x, [0.6, -0.3, 0.1, 0.2, 0.1, 0.3, 0.2], Vector(0.6, -0.3, 0.1, 0.2, 0.1, 0.3, 0.2), Number(0.7), Number(5));
        AssertSeries("AR", x, [], Vector(), Number(0.7), Number(5));
    }

    /// <summary>With Φ the coefficients below the diagonal, x = (I - Φ)⁻¹ steps.</summary>
    private static void AssertSeries(string name, double[] x, double[] coefficients, params Argument[] arguments)
    {
        var n = x.Length;
        var steps = Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? 1 : i > j && i - j <= coefficients.Length ? -coefficients[i - j - 1] : 0).Inverse() * 0.7;
        var covariance = (steps * steps.Transpose()).ToRowMajorArray();
        Approximately.Equal(Density("MvNormal", x, Vector(new double[n]), Matrix(covariance)), Density(name, x, arguments), 1e-10, name);
        var draws = Sample(name, n, arguments);
        foreach (double[] along in (double[][])[[1, 0, 0, 0, 0], [0, 0, 0, 0, 1], [1, -1, 1, 0.5, 2], [0, 0, 1, -1, 0]])
        {
            var projection = new Reference.Normal(0, Math.Sqrt(Quadratic(along, Matrix(covariance))));
            Fit.AssertFollow([.. draws.Select(d => Dot(along, d))], projection.CumulativeDistribution);
        }
    }

    // --- all ---

    [Fact]
    public void The_shape_of_a_draw_follows_from_shapes_and_sizes()
    {
        Assert.Equal([4], Find("Multinomial").EventShape(0, [[], [4]]));
        Assert.Equal([3], Find("MvStudentT").EventShape(0, [[], [3], [3, 3]]));
        Assert.Equal([4, 4], Find("LKJ").EventShape(0, [[4], []]));
        Assert.Equal([3, 3], Find("Wishart").EventShape(0, [[], [3, 3]]));
        Assert.Equal([7], Find("GaussianRandomWalk").EventShape(0, [[], [7]]));
        Assert.Equal([7], Find("AR").EventShape(0, [[2], [], [7]]));
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_told()
    {
        Assert.Null(Find("MvStudentT").Disagreement(0, [[], [3], [3, 3]]));
        Assert.Equal((1, 2), Find("MvStudentT").Disagreement(0, [[], [3], [2, 2]]));
        Assert.Equal((1, 1), Find("Wishart").Disagreement(0, [[], [3, 2]]));
        Assert.Null(Find("AR").Disagreement(0, [[2], [], [7]]));
    }

    /// <summary>Of symmetric matrices the lower triangle alone is moved, as it alone is read.</summary>
    [Fact]
    public void Derivatives_equal_differences()
    {
        double[] x = [1.5, 0.3, -0.2, 0.3, 0.9, 0.1, -0.2, 0.1, 2];
        AssertDerivatives("Multinomial", [2, 1, 4], Number(7), Vector(0.2, 0.3, 0.5));
        AssertDerivatives("DirichletMultinomial", [2, 1, 4], Number(7), Vector(0.2, 1.3, 2.5));
        AssertDerivatives("MvStudentT", [0.3, -1, 2], Number(3.5), Vector(1, -2, 0.5), s_scale);
        AssertDerivatives("LKJ", Correlation(0.2, -0.3, 0.4), Number(3), Number(1.7));
        AssertDerivatives("LKJCholesky", [1, 0, 0, 0.6, 0.8, 0, -0.3, 0.4, 0.87], Number(3), Number(1.7));
        AssertDerivatives("Wishart", x, Number(4.5), s_scale);
        AssertDerivatives("InverseWishart", x, Number(4.5), s_scale);
        AssertDerivatives("GaussianRandomWalk", [0.3, -1, 0.5], Number(0.7), Number(3));
        AssertDerivatives("AR", [0.3, -1, 0.5, 2], Vector(0.6, -0.3), Number(0.7), Number(4));
    }

    private static void AssertDerivatives(string name, double[] x, params Argument[] arguments)
    {
        var distribution = Find(name);
        Argument[] all = [.. arguments, new Argument(x, distribution.EventRank)];
        for (var moved = 0; moved < all.Length; moved++)
        {
            // Counts and sizes do not move.
            if (moved == arguments.Length ? distribution.IsDiscrete : distribution.Forms[0].Parameters[moved].Domain is Domain.Size or Domain.Count) continue;
            for (var cell = 0; cell < all[moved].Elements.Length; cell++)
            {
                var (at, element) = (moved, cell);
                double Moved(double by) => Density(name, With(all, at, element, by)[^1].Elements, With(all, at, element, by)[..^1]);
                var math = new SequentialMath<Dual>(v => v.Value);
                Arr<Dual> View(int i) => all[i].View<Dual>((v, c) => new Dual(v, i == at && c == element ? 1 : 0), v => v.Value);
                var actual = distribution.LogDensity(0, math, View(arguments.Length), [.. Enumerable.Range(0, arguments.Length).Select(View)]).Derivative;
                const double Step = 1e-4;
                var expected = (8 * (Moved(Step) - Moved(-Step)) - (Moved(2 * Step) - Moved(-2 * Step))) / (12 * Step);
                Approximately.Equal(expected, actual, 1e-8, $"{name}, argument {at}, element {element}");
            }
        }
    }

    private static Argument[] With(Argument[] all, int moved, int cell, double by) =>
        [.. all.Select((a, i) => i == moved ? a with { Elements = [.. a.Elements.Select((v, c) => c == cell ? v + by : v)] } : a)];

    /// <summary>Within four standard errors.</summary>
    private static void AssertMean(double[] x, double expected)
    {
        var mean = x.Average();
        var error = Math.Sqrt(x.Sum(v => (v - mean) * (v - mean)) / x.Length / x.Length);
        Assert.True(Math.Abs(mean - expected) < 4 * error, FormattableString.Invariant($"{mean} for {expected}, standard error {error}"));
    }

    private static double[] Correlation(double r, double s, double t) => [1, r, s, r, 1, t, s, t, 1];

    private static double[] Product(double[] factor, int k) => [.. Enumerable.Range(0, k * k).Select(c => Enumerable.Range(0, k).Sum(q => factor[c / k * k + q] * factor[c % k * k + q]))];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();

    private static double Quadratic(double[] along, Argument matrix) =>
        Enumerable.Range(0, along.Length * along.Length).Sum(c => along[c / along.Length] * matrix.Elements[c] * along[c % along.Length]);

    private static ArrayDistribution Find(string name) => (ArrayDistribution)DistributionCatalog.Find(name)!;

    private static double Density(string name, double[] x, params Argument[] arguments) => Find(name).LogDensity(
        0, new SequentialMath<Real>(v => v), new Argument(x, Find(name).EventRank).View<Real>((v, _) => v, v => v), [.. arguments.Select(a => a.View<Real>((v, _) => v, v => v))]);

    private static double[][] Sample(string name, int size, params Argument[] arguments) => Sample(name, size, Draws, arguments);

    private static double[][] Sample(string name, int size, int draws, params Argument[] arguments)
    {
        Arr<Real>[] p = [.. arguments.Select(a => a.View<Real>((v, _) => v, v => v))];
        var random = new Philox(20260101, 0, 9);
        var all = new double[draws][];
        for (var i = 0; i < draws; i++) Find(name).Sample(0, ref random, p, all[i] = new double[size]);
        return all;
    }

    private static Argument Number(double value) => new([value], 0);

    private static Argument Vector(params double[] elements) => new(elements, 1);

    private static Argument Matrix(params double[] elements) => new(elements, 2);

    private sealed record Argument(double[] Elements, int Rank)
    {
        private int Length => Rank == 2 ? (int)Math.Sqrt(Elements.Length) : Elements.Length;

        public Arr<T> View<T>(Func<double, int, T> of, Func<T, double> value) where T : IReal<T>
        {
            int[] shape = Rank == 0 ? [] : Rank == 1 ? [Length] : [Length, Length];
            return new Arr<T>(shape, index =>
            {
                var cell = 0;
                for (var d = 0; d < index.Length; d++) cell = cell * shape[d] + (int)value(index[d]);
                return of(Elements[cell], cell);
            });
        }
    }
}
