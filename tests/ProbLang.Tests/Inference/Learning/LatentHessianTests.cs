using ProbLang.Inference;
using ProbLang.Programs;
using Xunit;

namespace ProbLang.Tests.Inference.Learning;

/// <summary>Second derivatives with zeros, and their factors, against what they are.</summary>
public class LatentHessianTests
{
    /// <summary>-Σ exp(c (q_i + q_j)) over pairs, less half the squares: minus its second derivatives are known.</summary>
    private sealed class Pairs(int dimension, (int I, int J)[] pairs) : LogDensity
    {
        public override int Dimension => dimension;

        public override double Evaluate(ReadOnlySpan<double> position, Span<double> gradient)
        {
            var value = 0.0;
            for (var i = 0; i < dimension; i++)
            {
                value -= 0.5 * position[i] * position[i];
                gradient[i] = -position[i];
            }
            foreach (var (i, j) in pairs)
            {
                var e = Math.Exp(0.5 * (position[i] + position[j]));
                value -= e;
                gradient[i] -= 0.5 * e;
                gradient[j] -= 0.5 * e;
            }
            return value;
        }

        public override LogDensity Fork() => this;

        public double[,] Curvature(double[] q)
        {
            var h = new double[dimension, dimension];
            for (var i = 0; i < dimension; i++) h[i, i] = 1;
            foreach (var (i, j) in pairs)
            {
                var e = 0.25 * Math.Exp(0.5 * (q[i] + q[j]));
                (h[i, i], h[j, j], h[i, j], h[j, i]) = (h[i, i] + e, h[j, j] + e, h[i, j] + e, h[j, i] + e);
            }
            return h;
        }
    }

    public static TheoryData<string> Shapes => ["apart", "chain", "crossed", "all", "star"];

    private static Pairs Density(string shape) => shape switch
    {
        "apart" => new(12, [.. Enumerable.Range(0, 6).Select(i => (2 * i, 2 * i + 1))]),
        "chain" => new(15, [.. Enumerable.Range(0, 14).Select(i => (i, i + 1))]),
        "crossed" => new(24, [.. from i in Enumerable.Range(0, 20) from j in Enumerable.Range(20, 4) where (i + j) % 3 != 0 select (i, j)]),
        "all" => new(7, [.. from i in Enumerable.Range(0, 7) from j in Enumerable.Range(0, i) select (i, j)]),
        _ => new(9, [.. Enumerable.Range(1, 8).Select(i => (0, i))]),
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Solutions_and_determinants_are_those_of_the_whole_matrix(string shape)
    {
        var density = Density(shape);
        var n = density.Dimension;
        var at = Enumerable.Range(0, n).Select(i => 0.3 * Math.Sin(1 + i)).ToArray();
        var hessian = new LatentHessian(density, [.. Enumerable.Range(0, n)], at);
        // The first time tells the steps.
        Assert.True(hessian.Compute(at, isRough: true));
        Assert.True(hessian.Compute(at, isRough: false));
        Assert.True(hessian.Matrix.TryFactor());
        var dense = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(density.Curvature(at));
        Assert.Equal(Math.Log(dense.Determinant()), hessian.Matrix.LogDeterminant(), 9);
        var x = Enumerable.Range(0, n).Select(i => Math.Cos(i)).ToArray();
        var expected = dense.Solve(MathNet.Numerics.LinearAlgebra.Vector<double>.Build.DenseOfArray(x));
        hessian.Matrix.Solve(x);
        for (var i = 0; i < n; i++) Assert.Equal(expected[i], x[i], 8);
    }

    [Theory]
    [InlineData("apart", 2)]
    [InlineData("chain", 3)]
    [InlineData("crossed", 5)]
    [InlineData("all", 7)]
    [InlineData("star", 2)]
    public void Coordinates_move_together_where_entries_can_be_told(string shape, int groups) =>
        Assert.InRange(new LatentHessian(Density(shape), [.. Enumerable.Range(0, Density(shape).Dimension)], new double[Density(shape).Dimension]).Groups, 1, groups);

    [Fact]
    public void Draws_have_the_inverse_for_their_covariance()
    {
        var density = Density("chain");
        var hessian = new LatentHessian(density, [.. Enumerable.Range(0, 15)], new double[15]);
        Assert.True(hessian.Compute(new double[15], isRough: false) && hessian.Compute(new double[15], isRough: false) && hessian.Matrix.TryFactor());
        // The columns of L⁻ᵀ: their products sum to the inverse.
        var sum = new double[15, 15];
        for (var k = 0; k < 15; k++)
        {
            var column = new double[15];
            column[k] = 1;
            hessian.Matrix.SolveTransposed(column);
            for (var i = 0; i < 15; i++)
                for (var j = 0; j < 15; j++) sum[i, j] += column[i] * column[j];
        }
        var inverse = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfArray(density.Curvature(new double[15])).Inverse();
        for (var i = 0; i < 15; i++)
            for (var j = 0; j < 15; j++) Assert.Equal(inverse[i, j], sum[i, j], 8);
    }
}
