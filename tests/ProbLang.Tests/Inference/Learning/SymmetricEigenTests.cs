using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Tests.FrontDoor.Running;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

public class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 0)]
    [InlineData(40, 0)]
    [InlineData(41, 12)]
    [InlineData(150, 0)]
    public void Vectors_are_orthonormal_and_each_is_multiplied_by_its_value(int n, int rank) => Holds(Random(n, rank), n);

    [Fact]
    public void Matrices_with_values_that_coincide_or_are_far_apart_are_no_exception()
    {
        const int n = 12;
        var identity = Matrix(n, (i, j) => i == j ? 1 : 0);
        Assert.Equal(Enumerable.Repeat(1.0, n), SymmetricEigen.Of(identity, n).Values);
        Holds(identity, n);
        Holds(new double[n * n], n);
        Holds(Matrix(n, (_, _) => 1), n);
        Holds(Matrix(n, (i, j) => i == j ? Math.Pow(10, 3 * i) : 0), n);
        Holds(Matrix(n, (i, j) => Math.Abs(i - j) == 1 ? -1 : i == j ? 2 : 0), n);
        // Two blocks that know nothing of each other.
        Holds(Matrix(n, (i, j) => i / 6 == j / 6 ? 1.0 / (1 + i + j) : 0), n);
    }

    [Fact]
    public void The_second_difference_has_the_values_that_it_is_known_to_have()
    {
        const int n = 30;
        var values = SymmetricEigen.Of(Matrix(n, (i, j) => Math.Abs(i - j) == 1 ? -1 : i == j ? 2 : 0), n).Values;
        for (var k = 0; k < n; k++) Assert.Equal(2 - 2 * Math.Cos(Math.PI * (k + 1) / (n + 1)), values[k], 1e-13);
    }

    [Fact]
    public void It_looks_at_each_of_its_steps() => Assert.InRange(Looks.Of(() => SymmetricEigen.Of(Random(50, 0), 50)), 100, 1000);

    private static void Holds(double[] matrix, int n)
    {
        var eigen = SymmetricEigen.Of((double[])matrix.Clone(), n);
        var scale = Math.Max(matrix.Max(Math.Abs), 1e-300);
        Assert.Equal(eigen.Values.Order(), eigen.Values);
        for (var k = 0; k < n; k++)
        {
            for (var j = 0; j <= k; j++) Assert.Equal(j == k ? 1 : 0, Vectors.Dot(eigen.Vectors[j], eigen.Vectors[k]), 1e-12);
            for (var i = 0; i < n; i++)
                Assert.InRange(Math.Abs(Vectors.Dot(matrix.AsSpan(i * n, n), eigen.Vectors[k]) - eigen.Values[k] * eigen.Vectors[k][i]), 0, 1e-13 * n * scale);
        }
    }

    /// <summary>With a rank, a sum of so many squares.</summary>
    private static double[] Random(int n, int rank)
    {
        var random = new Philox(9, (uint)n, 0);
        var numbers = Enumerable.Range(0, n * n).Select(_ => random.NextNormal()).ToArray();
        return rank == 0
            ? Matrix(n, (i, j) => numbers[Math.Max(i, j) * n + Math.Min(i, j)])
            : Matrix(n, (i, j) => Enumerable.Range(0, rank).Sum(r => numbers[r * n + i] * numbers[r * n + j]));
    }

    private static double[] Matrix(int n, Func<int, int, double> element) => [.. Enumerable.Range(0, n * n).Select(at => element(at / n, at % n))];
}
