using System.Buffers;
using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>InverseWishart(df, scale).</summary>
internal sealed class InverseWishart : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "InverseWishart";

    /// <inheritdoc/>
    public override string Summary => "The inverse Wishart distribution of covariance matrices; df is above K - 1, and the mean, for df above K + 1, is the scale over df - K - 1.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("scale", Domain.PositiveDefinite, Rank: 2))];

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override EventConstraint Constraint => EventConstraint.Covariance;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[1][^1], shapes[1][^1]];

    /// <inheritdoc/>
    public override double Infimum(int parameter, ReadOnlySpan<int[]> shapes) => parameter == 0 ? shapes[1][^1] - 1 : double.NegativeInfinity;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (df, k) = (p[0].Scalar, x.Length);
        var (ofDraw, trace) = math.TraceOfQuotient(x, p[1]);
        return 0.5 * df * math.LogDeterminant(p[1]) - 0.5 * (df + (double)(k + 1)) * ofDraw - 0.5 * trace - Wishart.LogNormalizer(df, k);
    }

    /// <inheritdoc/>
    /// <remarks>With A the factor of a standard Wishart draw and L that of the scale, B Bᵀ for B Aᵀ = L. Not-a-number throughout where there is no such distribution.</remarks>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var n = p[1].Length;
        using var factor = new Factor(p[1], n);
        var (rentedA, rentedB) = (ArrayPool<double>.Shared.Rent(n * n), ArrayPool<double>.Shared.Rent(n * n));
        Span<double> a = rentedA.AsSpan(0, n * n), b = rentedB.AsSpan(0, n * n);
        Wishart.Bartlett(ref random, p[0].Scalar, a, n);
        for (var i = 0; i < n; i++)
        {
            // A times a row of B is a row of L, which ends at the diagonal; that of B does not.
            var row = b.Slice(i * n, n);
            var l = factor.Row(i);
            for (var j = 0; j < n; j++)
            {
                var sum = j <= i ? l[j] : 0;
                for (var k = 0; k < j; k++) sum -= a[j * n + k] * row[k];
                row[j] = sum / a[j * n + j];
            }
        }
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < n; k++) sum += b[i * n + k] * b[j * n + k];
                x[i * n + j] = x[j * n + i] = sum;
            }
        }
        ArrayPool<double>.Shared.Return(rentedA);
        ArrayPool<double>.Shared.Return(rentedB);
    }
}
