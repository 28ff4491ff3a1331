using ProbLang.Numerics;
using Xunit;
using static ProbLang.Tests.Numerics.Pinned;

namespace ProbLang.Tests.Numerics;

public sealed unsafe class KernelsTests
{
    public static TheoryData<int, int> Shapes() => new() { { 1, 1 }, { 3, 5 }, { 4, 3 }, { 5, 20 }, { 17, 21 }, { 9, 200 }, { 100, 20 }, { 7, 37 } };

    public static TheoryData<int, int, int> Products() => new()
    {
        { 1, 1, 1 }, { 2, 3, 4 }, { 4, 8, 8 }, { 5, 7, 9 }, { 13, 300, 11 }, { 33, 17, 40 },
    };

    [Theory, MemberData(nameof(Shapes))]
    public void A_matrix_times_a_vector_is_the_sum_of_products(int rows, int cols)
    {
        double[] a = Random(1, rows * cols), x = Random(2, cols), y = Zeros(rows);
        Kernels.MatVec(At(a), rows, cols, At(x), At(y));
        AssertClose([.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, cols).Sum(c => a[r * cols + c] * x[c]))], y, 1e-13);
    }

    [Theory, MemberData(nameof(Shapes))]
    public void The_adjoints_of_a_matrix_times_a_vector_add_to_the_gradients(int rows, int cols)
    {
        double[] a = Random(1, rows * cols), x = Random(2, cols), g = Random(3, rows), gx = Random(4, cols), ga = Random(5, rows * cols);
        var expectedX = gx.Select((v, c) => v + Enumerable.Range(0, rows).Sum(r => a[r * cols + c] * g[r])).ToArray();
        var expectedA = ga.Select((v, i) => v + g[i / cols] * x[i % cols]).ToArray();
        Kernels.MatVecTransposedAdd(At(a), rows, cols, At(g), At(gx));
        Kernels.OuterAdd(At(g), rows, At(x), cols, At(ga));
        AssertClose(expectedX, gx, 1e-13);
        AssertClose(expectedA, ga, 1e-13);
    }

    [Theory, MemberData(nameof(Products))]
    public void A_matrix_product_and_its_adjoints_are_those_of_the_definition(int m, int k, int n)
    {
        double[] a = Random(1, m * k), b = Random(2, k * n), c = Zeros(m * n), gc = Random(3, m * n), ga = Random(4, m * k), gb = Random(5, k * n);
        double[] expected = new double[m * n], expectedA = [.. ga], expectedB = [.. gb];
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var p = 0; p < k; p++)
                {
                    expected[i * n + j] += a[i * k + p] * b[p * n + j];
                    expectedA[i * k + p] += gc[i * n + j] * b[p * n + j];
                    expectedB[p * n + j] += a[i * k + p] * gc[i * n + j];
                }
            }
        }
        Kernels.MatMul(At(a), m, k, At(b), n, At(c));
        Kernels.MatMulAdjointLeft(At(gc), m, k, At(b), n, At(ga));
        Kernels.MatMulAdjointRight(At(a), m, k, At(gc), n, At(gb));
        AssertClose(expected, c, 1e-12);
        AssertClose(expectedA, ga, 1e-12);
        AssertClose(expectedB, gb, 1e-12);
    }

    [Theory, InlineData(1), InlineData(4), InlineData(7), InlineData(23)]
    public void Reductions_agree_with_their_definitions_and_adjoints_with_differences(int n)
    {
        double[] x = Random(1, n), y = Random(2, n);
        Assert.Equal(x.Sum(), Kernels.Sum(At(x), n), 13);
        Assert.Equal(x.Zip(y, (u, v) => u * v).Sum(), Kernels.Dot(At(x), At(y), n), 13);
        Assert.Equal(x.Max(), Kernels.Max(At(x), n));
        Assert.Equal(Math.Log(x.Sum(Math.Exp)), Kernels.LogSumExp(At(x), n), 13);

        var g = Zeros(n);
        Kernels.LogSumExpAdjoint(At(x), n, Kernels.LogSumExp(At(x), n), 2.5, At(g));
        AssertClose(Gradient(x, () => 2.5 * Kernels.LogSumExp(At(x), n)), g, 1e-9);

        double[] product = Zeros(n), work = Zeros(n);
        x[0] = 0;
        Kernels.ProdAdjoint(At(x), n, 2.5, At(product), At(work));
        AssertClose(Gradient(x, () => 2.5 * Kernels.Prod(At(x), n)), product, 1e-9);
    }

    private delegate void Map(double* x, int n, double* y);

    private delegate void MapAdjoint(double* y, double* gy, int n, double* gx);

    private static void CheckMap(Map map, MapAdjoint adjoint, int n)
    {
        double[] x = Random(1, n), weights = Random(2, n), y = Zeros(n), gx = Zeros(n);
        double Weighted()
        {
            map(At(x), n, At(y));
            return Kernels.Dot(At(y), At(weights), n);
        }
        var expected = Gradient(x, Weighted);
        Weighted();
        adjoint(At(y), At(weights), n, At(gx));
        AssertClose(expected, gx, 1e-9);
    }

    [Theory, InlineData(1), InlineData(5), InlineData(12)]
    public void Adjoints_of_vector_functions_agree_with_differences(int n)
    {
        CheckMap(Kernels.Softmax, Kernels.SoftmaxAdjoint, n);
        CheckMap(Kernels.LogSoftmax, Kernels.LogSoftmaxAdjoint, n);
        CheckMap(Kernels.CumSum, (y, gy, size, gx) => Kernels.CumSumAdjoint(gy, size, gx), n);
    }

    [Fact]
    public void The_log_of_a_sum_of_exponentials_neither_overflows_nor_loses_the_empty_sum()
    {
        double[] large = Of(1000, 1000, 999, 998, 997), none = Of(double.NegativeInfinity, double.NegativeInfinity), g = Zeros(2);
        Assert.Equal(1000 + Math.Log(2 + Math.Exp(-1) + Math.Exp(-2) + Math.Exp(-3)), Kernels.LogSumExp(At(large), 5), 12);
        Assert.Equal(double.NegativeInfinity, Kernels.LogSumExp(At(none), 2));
        Kernels.LogSumExpAdjoint(At(none), 2, double.NegativeInfinity, 1, At(g));
        Assert.Equal([0.0, 0.0], g);
    }

    [Theory, InlineData(1, 2), InlineData(3, 4), InlineData(2, 7)]
    public void Breaking_a_stick_gives_proportions_with_the_right_jacobian_and_gradient(int count, int k)
    {
        double[] y = Random(1, count * (k - 1)), x = Zeros(count * k), weights = Random(2, count * k), gy = Zeros(y.Length);
        double Weighted()
        {
            var logJacobian = Kernels.Simplex(At(y), count, k, At(x));
            return Kernels.Dot(At(x), At(weights), x.Length) + 0.7 * logJacobian;
        }
        var expected = Gradient(y, Weighted);
        Weighted();
        Kernels.SimplexAdjoint(At(y), count, k, At(x), At(weights), 0.7, At(gy));
        AssertClose(expected, gy, 1e-8);
        for (var row = 0; row < count; row++) Assert.Equal(1, x.AsSpan(row * k, k).ToArray().Sum(), 14);

        // The Jacobian of one row is triangular: its determinant is the product of the diagonal.
        var one = Of(y[..(k - 1)]);
        var logDeterminant = 0.0;
        for (var i = 0; i < k - 1; i++)
        {
            var derivative = Gradient(one, () =>
            {
                Kernels.Simplex(At(one), 1, k, At(x));
                return x[i];
            })[i];
            logDeterminant += Math.Log(derivative);
        }
        Assert.Equal(logDeterminant, Kernels.Simplex(At(one), 1, k, At(x)), 8);
    }

    [Fact]
    public void A_stick_broken_at_the_origin_gives_equal_proportions()
    {
        double[] y = Zeros(4), x = Zeros(5);
        Kernels.Simplex(At(y), 1, 5, At(x));
        AssertClose([0.2, 0.2, 0.2, 0.2, 0.2], x, 1e-15);
    }
}
