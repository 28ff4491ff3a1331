using System.Runtime.Intrinsics;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

public sealed unsafe class MatrixProductTests
{
    private static readonly MatrixLayout[] s_forms = Enum.GetValues<MatrixLayout>();

    public static TheoryData<MatrixLayout, MatrixLayout> Forms => [.. s_forms.SelectMany(a => s_forms.Select(b => (a, b)))];

    [Theory, MemberData(nameof(Forms))]
    public void A_product_in_double_precision_is_that_of_the_definition(MatrixLayout a, MatrixLayout b)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (rows, depth, columns) = Sizes(seed);
            ProductCase.Check<Vector256<double>, double, double, double, double>(seed, rows, depth, columns, a, b, seed % 2 == 0);
            if (seed % 5 == 0) ProductCase.Check<Vector512<double>, double, double, double, double>(seed, rows, depth, columns, a, b, seed % 2 == 0);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void A_product_in_single_precision_is_that_of_the_definition(MatrixLayout a, MatrixLayout b)
    {
        for (var seed = 0; seed < 150; seed++)
        {
            var (rows, depth, columns) = Sizes(seed);
            ProductCase.Check<Vector256<float>, float, float, float, float>(seed, rows, depth, columns, a, b, seed % 2 == 0);
            if (seed % 5 == 0) ProductCase.Check<Vector512<float>, float, float, float, float>(seed, rows, depth, columns, a, b, seed % 2 == 0);
        }
    }

    [Theory, MemberData(nameof(Forms))]
    public void Factors_and_result_may_be_of_another_precision_than_the_product(MatrixLayout a, MatrixLayout b)
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var (m, k, n) = Sizes(seed);
            var adds = seed % 2 == 0;
            ProductCase.Check<Vector256<float>, double, float, float, float>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector256<float>, float, double, float, float>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector256<float>, float, float, double, float>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector256<float>, double, double, double, float>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector512<float>, float, double, double, float>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector256<double>, float, double, float, double>(seed, m, k, n, a, b, adds);
            ProductCase.Check<Vector256<double>, double, float, double, double>(seed, m, k, n, a, b, adds);
        }
    }

    [Theory]
    [InlineData(13, 300, 11)]
    [InlineData(150, 257, 33)]
    [InlineData(293, 31, 17)]
    [InlineData(7, 520, 801)]
    [InlineData(301, 513, 5)]
    [InlineData(2, 700, 90)]
    [InlineData(400, 600, 1)]
    public void Products_of_more_than_a_block_are_added_up_of_blocks(int rows, int depth, int columns)
    {
        foreach (var a in s_forms)
        {
            foreach (var b in s_forms)
            {
                ProductCase.Check<Vector256<double>, double, double, double, double>(rows, rows, depth, columns, a, b, false);
                ProductCase.Check<Vector256<float>, float, float, float, float>(rows, rows, depth, columns, a, b, true);
                ProductCase.Check<Vector256<float>, float, double, double, float>(columns, rows, depth, columns, a, b, false);
            }
        }
    }

    [Fact]
    public void An_empty_sum_is_zero_unless_it_is_added()
    {
        foreach (var adds in new[] { false, true })
        {
            ProductCase.Check<Vector256<double>, double, double, double, double>(1, 3, 0, 5, MatrixLayout.Rows, MatrixLayout.Rows, adds);
            ProductCase.Check<Vector256<float>, float, float, double, float>(1, 3, 0, 5, MatrixLayout.Rows, MatrixLayout.Rows, adds);
        }
    }

    [Fact]
    public void Rows_change_their_precision_by_rounding_each_number_once()
    {
        var random = new Random(5);
        for (var count = 0; count < 23; count++)
        {
            var from = new double[count + 1];
            var to = new float[count + 1];
            var back = new double[count + 1];
            for (var i = 0; i <= count; i++) from[i] = (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-45, 39));
            to[count] = 7;
            fixed (double* x = from, z = back)
            fixed (float* y = to)
            {
                Conversion.Copy(x, y, count);
                Conversion.Copy(y, z, count);
                Conversion.Add(y, z, count);
            }
            for (var i = 0; i < count; i++)
            {
                Assert.Equal((float)from[i], to[i]);
                Assert.Equal(2.0 * to[i], back[i]);
            }
            Assert.Equal(7, to[count]);
        }
    }

    /// <summary>Odd and even, and small ones often.</summary>
    private static (int Rows, int Depth, int Columns) Sizes(int seed)
    {
        var random = new Random(seed);
        int Size() => random.Next(3) == 0 ? random.Next(1, 5) : random.Next(1, 41);
        return (Size(), Size(), Size());
    }
}
