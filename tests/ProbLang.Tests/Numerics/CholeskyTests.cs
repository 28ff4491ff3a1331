using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.Numerics.Pinned;

namespace ProbLang.Tests.Numerics;

public sealed unsafe class CholeskyTests
{
    public static TheoryData<int> Sizes() => [1, 2, 3, 4, 5, 7, 8, 9, 11, 12, 16, 17, 30, 50];

    public static TheoryData<int> FewSizes() => [1, 2, 3, 5, 8, 11, 14];

    /// <summary>A well-conditioned covariance whose upper triangle is not to be read.</summary>
    private static double[] Covariance(int n)
    {
        double[] b = Random(7, n * n), s = Zeros(n * n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                s[i * n + j] = j > i ? double.NaN : i == j ? 1 + i % 3 : 0;
                for (var k = 0; j <= i && k < n; k++) s[i * n + j] += b[i * n + k] * b[j * n + k];
            }
        }
        return s;
    }

    private static double[] Factor(double[] s, int n)
    {
        var l = Zeros(n * n);
        Array.Fill(l, double.NaN);
        Assert.True(Kernels.Cholesky(At(s), n, At(l)));
        return l;
    }

    private static double[] Dirty(int n)
    {
        var work = Zeros(n);
        Array.Fill(work, double.NaN);
        return work;
    }

    /// <summary>Differences in the lower triangle alone, 0 above.</summary>
    private static double[] LowerGradient(double[] s, int n, Func<double> function)
    {
        var gradient = Gradient(s, function);
        for (var i = 0; i < n; i++) Array.Clear(gradient, i * n + i + 1, n - i - 1);
        return gradient;
    }

    [Theory, MemberData(nameof(Sizes))]
    public void A_factor_times_its_transpose_is_the_matrix(int n)
    {
        var s = Covariance(n);
        var l = Factor(s, n);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (j > i) Assert.Equal(0, l[i * n + j]);
                else Assert.Equal(s[i * n + j], Enumerable.Range(0, n).Sum(k => l[i * n + k] * l[j * n + k]), 11);
            }
        }
    }

    [Theory, InlineData(2), InlineData(9), InlineData(20)]
    public void A_matrix_that_is_not_positive_definite_has_no_factor(int n)
    {
        foreach (var bad in new[] { -1e-3, 0, double.NaN, double.PositiveInfinity })
        {
            double[] s = Zeros(n * n), l = Zeros(n * n);
            for (var i = 0; i < n; i++) s[i * n + i] = i == n - 1 ? bad : 1;
            Assert.False(Kernels.Cholesky(At(s), n, At(l)));
        }
    }

    [Theory, MemberData(nameof(FewSizes))]
    public void The_adjoint_of_the_factorisation_agrees_with_differences(int n)
    {
        double[] s = Covariance(n), weights = Random(3, n * n), l = Zeros(n * n), gs = Zeros(n * n), work = Dirty(Kernels.CholeskyAdjointWork(n));
        double Weighted()
        {
            Kernels.Cholesky(At(s), n, At(l));
            return Kernels.Dot(At(l), At(weights), n * n);
        }
        var expected = LowerGradient(s, n, Weighted);
        Weighted();
        Kernels.CholeskyAdjoint(At(l), At(weights), n, At(gs), At(work));
        AssertClose(expected, gs, 1e-8);
    }

    [Theory, MemberData(nameof(FewSizes))]
    public void Triangular_solves_solve_and_their_adjoints_agree_with_differences(int n)
    {
        double[] l = Factor(Covariance(n), n), b = Random(2, n), weights = Random(3, n), x = Zeros(n);
        double Forward()
        {
            Kernels.SolveLower(At(l), n, At(b), At(x));
            return Kernels.Dot(At(x), At(weights), n);
        }
        double Backward()
        {
            Kernels.SolveLowerTransposed(At(l), n, At(b), At(x));
            return Kernels.Dot(At(x), At(weights), n);
        }
        Forward();
        AssertClose([.. b], [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(k => l[i * n + k] * x[k]))], 1e-12);
        double[] gb = Zeros(n), gl = Zeros(n * n), work = Dirty(n);
        Kernels.SolveLowerAdjoint(At(l), n, At(x), At(weights), At(gb), At(gl), At(work));
        AssertClose(Gradient(b, Forward), gb, 1e-8);
        AssertClose(LowerGradient(l, n, Forward), gl, 1e-8);

        Backward();
        AssertClose([.. b], [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(k => l[k * n + i] * x[k]))], 1e-12);
        Array.Clear(gb);
        Array.Clear(gl);
        Kernels.SolveLowerTransposedAdjoint(At(l), n, At(x), At(weights), At(gb), At(gl), At(work));
        AssertClose(Gradient(b, Backward), gb, 1e-8);
        AssertClose(LowerGradient(l, n, Backward), gl, 1e-8);
    }

    [Theory, MemberData(nameof(Sizes))]
    public void An_inverse_times_its_matrix_is_the_identity(int n)
    {
        var s = Covariance(n);
        double[] inverse = Dirty(n * n), work = Dirty(Kernels.InverseFromCholeskyWork(n)), l = Factor(s, n);
        Kernels.InverseFromCholesky(At(l), n, At(inverse), At(work));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var sum = Enumerable.Range(0, n).Sum(k => s[Math.Max(i, k) * n + Math.Min(i, k)] * inverse[k * n + j]);
                Assert.Equal(i == j ? 1 : 0, sum, 10);
            }
        }
    }

    private delegate double Density(double* x, double* mean, double* matrix, int n, double* work, double seed, double* gx, double* gmean, double* gs);

    private static double[] MatrixOf(string form, int n) => form == "cholesky" ? Factor(Covariance(n), n) : Covariance(n);

    private static Density DensityOf(string form) => form switch
    {
        "covariance" => Kernels.MvNormalCovariance,
        "precision" => Kernels.MvNormalPrecision,
        _ => Kernels.MvNormalCholesky,
    };

    public static TheoryData<string, int> Forms() =>
        [.. from form in new[] { "covariance", "precision", "cholesky" } from n in new[] { 1, 2, 3, 5, 8, 9, 13, 20 } select (form, n)];

    [Theory, MemberData(nameof(Forms))]
    public void Multivariate_normal_densities_are_those_of_the_definition_and_gradients_agree_with_differences(string form, int n)
    {
        var density = DensityOf(form);
        double[] matrix = MatrixOf(form, n), x = Random(1, n), mean = Random(2, n), work = Dirty(Kernels.MvNormalWork(n));
        double Value() => density(At(x), At(mean), At(matrix), n, At(work), 1, null, null, null);

        Assert.Equal(Definition(form, matrix, x, mean, n), Value(), 10);

        double[] gx = Random(3, n), gmean = Random(4, n), gs = Random(5, n * n);
        double[] beforeX = [.. gx], beforeMean = [.. gmean], beforeS = [.. gs];
        var value = density(At(x), At(mean), At(matrix), n, At(work), 0.7, At(gx), At(gmean), At(gs));
        Assert.Equal(Value(), value, 11);
        double[] Added(double[] before, double[] differences) => [.. before.Zip(differences, (u, v) => u + 0.7 * v)];
        AssertClose(Added(beforeX, Gradient(x, Value)), gx, 1e-8);
        AssertClose(Added(beforeMean, Gradient(mean, Value)), gmean, 1e-8);
        AssertClose(Added(beforeS, LowerGradient(matrix, n, Value)), gs, 1e-8);
    }

    private static double Definition(string form, double[] matrix, double[] x, double[] mean, int n)
    {
        var l = form == "cholesky" ? matrix : Factor(matrix, n);
        var residual = x.Zip(mean, (u, v) => u - v).ToArray();
        var logDiagonal = Enumerable.Range(0, n).Sum(i => Math.Log(l[i * n + i]));
        var constant = -0.5 * n * Math.Log(2 * Math.PI);
        if (form == "precision")
        {
            var z = Enumerable.Range(0, n).Select(j => Enumerable.Range(j, n - j).Sum(i => l[i * n + j] * residual[i]));
            return constant + logDiagonal - 0.5 * z.Sum(v => v * v);
        }
        var solved = new double[n];
        for (var i = 0; i < n; i++)
        {
            solved[i] = (residual[i] - Enumerable.Range(0, i).Sum(k => l[i * n + k] * solved[k])) / l[i * n + i];
        }
        return constant - logDiagonal - 0.5 * solved.Sum(v => v * v);
    }

    [Fact]
    public void A_multivariate_normal_without_a_positive_definite_matrix_has_no_density_and_no_gradient()
    {
        foreach (var form in new[] { "covariance", "precision", "cholesky" })
        {
            double[] s = Of(1, 0, 0, -1), x = Of(1, 1), g = Zeros(2), gs = Zeros(4), work = Zeros(Kernels.MvNormalWork(2));
            Assert.Equal(double.NegativeInfinity, DensityOf(form)(At(x), At(x), At(s), 2, At(work), 1, At(g), At(g), At(gs)));
            Assert.All(g.Concat(gs), v => Assert.Equal(0, v));
        }
    }
}
