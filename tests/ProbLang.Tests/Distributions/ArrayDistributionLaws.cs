using ProbLang.Distributions;
using ProbLang.Numerics;
using Xunit;
using Reference = MathNet.Numerics.Distributions;

namespace ProbLang.Tests.Distributions;

public class ArrayDistributionLaws
{
    private const int Draws = 20_000;

    private static readonly SequentialMath<Real> s_math = new(v => v);
    private static readonly double[] s_mean = [1, -2, 0.5];
    private static readonly double[] s_root = [1.5, 0, 0, -0.4, 0.8, 0, 0.7, 0.3, 2];
    private static readonly double[] s_covariance = [2.25, -0.6, 1.05, -0.6, 0.8, -0.04, 1.05, -0.04, 4.58];

    [Fact]
    public void A_category_has_the_probability_given()
    {
        double[] weights = [0.2, 0.5, 0, 0.3];
        for (var k = 0; k < weights.Length; k++) Assert.Equal(Math.Log(weights[k]), LogDensity("Categorical", 0, [k + 1], weights));
    }

    [Theory]
    [InlineData(0), InlineData(900), InlineData(-900)]
    public void Logits_are_normalised_wherever_they_lie(double shift)
    {
        double[] weights = [0.2, 0.5, 0.3];
        double[] logits = [.. weights.Select(w => Math.Log(w) + shift)];
        for (var k = 0; k < weights.Length; k++) Approximately.Equal(Math.Log(weights[k]), LogDensity("Categorical", 1, [k + 1], logits), 2e-13);
    }

    [Theory]
    [InlineData(0, new[] { 0.2, 0.5, 0, 0.3 })]
    [InlineData(1, new[] { 901.0, 902.5, double.NegativeInfinity, 900 })]
    public void Categories_are_drawn_with_their_probabilities(int form, double[] weights)
    {
        var draws = Sample("Categorical", form, 1, [], weights).Select(x => x[0]).ToArray();
        Fit.AssertCounts(draws, 1, 4, k => Math.Exp(LogDensity("Categorical", form, [k], weights)));
        Assert.DoesNotContain(3.0, draws);
    }

    [Fact]
    public void A_dirichlet_of_two_is_a_beta()
    {
        foreach (var x in new[] { 0.01, 0.4, 0.9 })
        {
            Approximately.Equal(new Reference.Beta(2.5, 0.7).DensityLn(x), LogDensity("Dirichlet", 0, [x, 1 - x], [2.5, 0.7]), 1e-12);
        }
    }

    [Fact]
    public void A_dirichlet_integrates_to_one_over_the_simplex()
    {
        double[] alpha = [1.5, 2, 3.5];
        var total = Quadrature.Integrate(a => Quadrature.Integrate(b => Math.Exp(LogDensity("Dirichlet", 0, [a, b, 1 - a - b], alpha)), 0, 1 - a, 1), 0, 1, 1);
        Approximately.Equal(1, total, 1e-9);
    }

    [Fact]
    public void A_flat_dirichlet_is_constant_at_the_corners_too()
    {
        Approximately.Equal(Math.Log(2), LogDensity("Dirichlet", 0, [1, 0, 0], [1, 1, 1]), 1e-14);
        Approximately.Equal(Math.Log(2), LogDensity("Dirichlet", 0, [0.2, 0.3, 0.5], [1, 1, 1]), 1e-14);
    }

    [Fact]
    public void The_parts_of_a_dirichlet_draw_are_beta_variables_that_sum_to_one()
    {
        double[] alpha = [0.05, 2, 3.5];
        var draws = Sample("Dirichlet", 0, 3, [], alpha);
        Assert.All(draws, x => Approximately.Equal(1, x.Sum(), 1e-14));
        for (var k = 0; k < 3; k++)
        {
            var marginal = new Reference.Beta(alpha[k], alpha.Sum() - alpha[k]);
            Fit.AssertFollow([.. draws.Select(x => x[k])], x => marginal.CumulativeDistribution(Math.Clamp(x, 0, 1)));
        }
    }

    [Fact]
    public void A_dirichlet_of_tiny_weights_still_sums_to_one() =>
        Assert.All(Sample("Dirichlet", 0, 3, [], [1e-4, 1e-4, 1e-4]), x => Approximately.Equal(1, x.Sum(), 1e-14));

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public void A_multivariate_normal_is_drawn_with_its_covariance(int form)
    {
        var draws = Sample("MvNormal", form, 3, s_mean, MatrixOf(form));
        foreach (double[] along in (double[][])[[1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, -1], [0.3, 2, 0.5]])
        {
            var mean = Dot(along, s_mean);
            var variance = Enumerable.Range(0, 9).Sum(i => along[i / 3] * s_covariance[i] * along[i % 3]);
            var projection = new Reference.Normal(mean, Math.Sqrt(variance));
            Fit.AssertFollow([.. draws.Select(x => Dot(along, x))], projection.CumulativeDistribution);
        }
    }

    [Theory]
    [InlineData(0), InlineData(1), InlineData(2)]
    public void Every_form_of_a_multivariate_normal_passes_its_matrix_as_what_it_is(int form)
    {
        double[] x = [0.3, -1, 2];
        var z0 = (x[0] - s_mean[0]) / 1.5;
        var z1 = (x[1] - s_mean[1] + 0.4 * z0) / 0.8;
        var z2 = (x[2] - s_mean[2] - 0.7 * z0 - 0.3 * z1) / 2;
        var expected = -0.5 * (z0 * z0 + z1 * z1 + z2 * z2) - Math.Log(1.5 * 0.8 * 2) - 1.5 * Math.Log(2 * Math.PI);
        Approximately.Equal(expected, LogDensity("MvNormal", form, x, s_mean, MatrixOf(form)), 1e-12);
    }

    [Fact]
    public void A_matrix_that_is_no_covariance_gives_draws_that_are_not_numbers() =>
        Assert.All(Sample("MvNormal", 0, 2, [0, 0], [1, 2, 2, 1], draws: 3), x => Assert.All(x, v => Assert.True(double.IsNaN(v))));

    [Fact]
    public void The_shape_of_a_draw_follows_from_the_arguments()
    {
        Assert.Empty(Array("Categorical").EventShape(0, [[4]]));
        Assert.Equal([4], Array("Dirichlet").EventShape(0, [[4]]));
        Assert.Equal([3], Array("MvNormal").EventShape(0, [[3], [3, 3]]));
    }

    [Fact]
    public void Derivatives_equal_differences()
    {
        AssertDerivatives("Categorical", 0, [2], [0.2, 0.5, 0.3]);
        AssertDerivatives("Categorical", 1, [2], [0.2, 1.5, -0.3]);
        AssertDerivatives("Dirichlet", 0, [0.2, 0.5, 0.3], [0.7, 1, 3.5]);
        AssertDerivatives("Dirichlet", 0, [0.2, 0.5, 0.3], [1, 1, 1]);
    }

    private static void AssertDerivatives(string name, int form, double[] x, double[] p)
    {
        var math = new SequentialMath<Dual>(v => v.Value);
        for (var position = 0; position < p.Length; position++)
        {
            var at = math.Vector([.. p.Select((v, i) => new Dual(v, i == position ? 1 : 0))]);
            var value = x.Length == 1 ? new Arr<Dual>(x[0]) : math.Vector([.. x.Select(v => (Dual)v)]);
            var actual = Array(name).LogDensity(form, math, value, [at]).Derivative;
            const double Step = 1e-4;
            double Moved(double by) => LogDensity(name, form, x, [.. p.Select((v, i) => i == position ? v + by : v)]);
            var expected = (8 * (Moved(Step) - Moved(-Step)) - (Moved(2 * Step) - Moved(-2 * Step))) / (12 * Step);
            Approximately.Equal(expected, actual, 1e-9, $"{name}, form {form}, argument {position}");
        }
    }

    private static ArrayDistribution Array(string name) => (ArrayDistribution)DistributionCatalog.Find(name)!;

    private static double Dot(double[] a, double[] b) => a.Zip(b, (u, v) => u * v).Sum();

    /// <summary>The same covariance as itself, as its inverse (by cofactors; its determinant is 2.4²), and as its root.</summary>
    private static double[] MatrixOf(int form)
    {
        if (form == 0) return s_covariance;
        if (form == 2) return s_root;
        var inverse = new double[9];
        for (var i = 0; i < 3; i++)
        {
            for (var j = 0; j < 3; j++)
            {
                double At(int a, int b) => s_covariance[a % 3 * 3 + b % 3];
                inverse[j * 3 + i] = (At(i + 1, j + 1) * At(i + 2, j + 2) - At(i + 1, j + 2) * At(i + 2, j + 1)) / 5.76;
            }
        }
        return inverse;
    }

    private static Arr<Real> ArrayOf(double[] elements, bool square) => square
        ? s_math.Matrix((int)Math.Sqrt(elements.Length), [.. elements.Select(v => (Real)v)])
        : s_math.Vector([.. elements.Select(v => (Real)v)]);

    private static double LogDensity(string name, int form, double[] x, double[] first, double[]? matrix = null)
    {
        var value = x.Length == 1 ? new Arr<Real>(x[0]) : ArrayOf(x, false);
        Arr<Real>[] p = matrix is null ? [ArrayOf(first, false)] : [ArrayOf(first, false), ArrayOf(matrix, true)];
        return Array(name).LogDensity(form, s_math, value, p);
    }

    /// <summary>For a vector with a matrix, the vector comes first; for a vector alone, it is the second.</summary>
    private static double[][] Sample(string name, int form, int size, double[] mean, double[] last, int draws = Draws)
    {
        Arr<Real>[] p = mean.Length == 0 ? [ArrayOf(last, false)] : [ArrayOf(mean, false), ArrayOf(last, true)];
        var random = new Philox(20260101, 0, 9);
        var all = new double[draws][];
        for (var i = 0; i < draws; i++) Array(name).Sample(form, ref random, p, all[i] = new double[size]);
        return all;
    }
}
