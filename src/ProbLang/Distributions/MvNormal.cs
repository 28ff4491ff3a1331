using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>MvNormal(mean, covariance | precision | cholesky).</summary>
public sealed class MvNormal : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "MvNormal";

    /// <inheritdoc/>
    public override string Summary => "The multivariate normal distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("mean", Domain.RealVector, Rank: 1), new Parameter("covariance", Domain.PositiveDefinite, Rank: 2)),
        new(new Parameter("mean", Domain.RealVector, Rank: 1), new Parameter("precision", Domain.PositiveDefinite, Rank: 2)),
        new(new Parameter("mean", Domain.RealVector, Rank: 1), new Parameter("cholesky", Domain.CholeskyFactor, Rank: 2)),
    ];

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[1][^1]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p) =>
        math.MvNormalLogDensity(x, p[0], p[1], (MatrixForm)form);

    /// <inheritdoc/>
    /// <remarks>Not-a-number throughout where the matrix is not positive definite.</remarks>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var (mean, n) = (p[0], x.Length);
        var root = Elements(p[1], n);
        if ((MatrixForm)form != MatrixForm.Cholesky && !Factor(root, n))
        {
            x.Fill(double.NaN);
            return;
        }
        for (var i = 0; i < n; i++) x[i] = random.NextNormal();
        if ((MatrixForm)form == MatrixForm.Precision) SolveTransposed(root, x);
        else Multiply(root, x);
        for (var i = 0; i < n; i++) x[i] += mean[i];
    }

    private static double[] Elements(Arr<Real> matrix, int n)
    {
        var elements = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++) elements[i * n + j] = matrix[i, j];
        }
        return elements;
    }

    /// <summary>The Cholesky factor, in place, of a matrix whose lower triangle is given; false where it is not positive definite.</summary>
    private static bool Factor(double[] a, int n)
    {
        for (var j = 0; j < n; j++)
        {
            var row = a.AsSpan(j * n, j);
            var pivot = a[j * n + j] - Dot(row, row);
            if (!(pivot > 0)) return false;
            a[j * n + j] = Math.Sqrt(pivot);
            for (var i = j + 1; i < n; i++) a[i * n + j] = (a[i * n + j] - Dot(row, a.AsSpan(i * n, j))) / a[j * n + j];
        }
        return true;
    }

    /// <summary>x ← L x.</summary>
    private static void Multiply(double[] root, Span<double> x)
    {
        for (var i = x.Length - 1; i >= 0; i--) x[i] = Dot(root.AsSpan(i * x.Length, i + 1), x[..(i + 1)]);
    }

    /// <summary>x ← L⁻ᵀ x.</summary>
    private static void SolveTransposed(double[] root, Span<double> x)
    {
        var n = x.Length;
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) x[i] -= root[k * n + i] * x[k];
            x[i] /= root[i * n + i];
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
