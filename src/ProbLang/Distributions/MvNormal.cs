using System.Buffers;
using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>MvNormal(mean, covariance | precision | cholesky).</summary>
internal sealed class MvNormal : ArrayDistribution
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
    public override unsafe void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var (mean, n) = (p[0], x.Length);
        // From the pool, because a draw allocates nothing.
        var (matrix, factor) = (ArrayPool<double>.Shared.Rent(n * n), ArrayPool<double>.Shared.Rent(n * n));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++) matrix[i * n + j] = p[1][i, j];
        }
        for (var i = 0; i < n; i++) x[i] = random.NextNormal();
        fixed (double* a = matrix, root = factor, z = x)
        {
            switch ((MatrixForm)form)
            {
                case MatrixForm.Cholesky:
                    Multiply(a, z, n);
                    break;
                case MatrixForm.Covariance when Kernels.Cholesky(a, n, root):
                    Multiply(root, z, n);
                    break;
                case MatrixForm.Precision when Kernels.Cholesky(a, n, root):
                    Kernels.SolveLowerTransposed(root, n, z, z);
                    break;
                default:
                    x.Fill(double.NaN);
                    break;
            }
        }
        ArrayPool<double>.Shared.Return(matrix);
        ArrayPool<double>.Shared.Return(factor);
        for (var i = 0; i < n; i++) x[i] += mean[i];
    }

    /// <summary>z ← L z, from the last row up, so that no row needs what an earlier one has replaced.</summary>
    private static unsafe void Multiply(double* root, double* z, int n)
    {
        for (var i = n - 1; i >= 0; i--) z[i] = Kernels.Dot(root + i * n, z, i + 1);
    }
}
