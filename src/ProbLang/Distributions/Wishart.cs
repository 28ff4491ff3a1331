using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Wishart(df, scale).</summary>
internal sealed class Wishart : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "Wishart";

    /// <inheritdoc/>
    public override string Summary => "The Wishart distribution of covariance matrices, with mean df times the scale; df is above K - 1.";

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
        var (ofScale, trace) = math.TraceOfQuotient(p[1], x);
        return 0.5 * (df - (double)(k + 1)) * math.LogDeterminant(x) - 0.5 * trace - 0.5 * df * ofScale - LogNormalizer(df, k);
    }

    /// <inheritdoc/>
    /// <remarks>By the decomposition of Bartlett: L A Aᵀ Lᵀ. Not-a-number throughout where there is no such distribution.</remarks>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var n = p[1].Length;
        using var factor = new Factor(p[1], n);
        Bartlett(ref random, p[0].Scalar, x, n);
        // L A by rows from the last up: row i needs the rows of A down to i.
        for (var i = n - 1; i >= 0; i--)
        {
            var row = factor.Row(i);
            for (var j = 0; j <= i; j++)
            {
                var sum = 0.0;
                for (var k = j; k <= i; k++) sum += row[k] * x[k * n + j];
                x[i * n + j] = sum;
            }
        }
        Symmetric.FromFactor(x, n);
    }

    /// <summary>log of 2^(df k / 2) Γₖ(df / 2); infinite for df ≤ k - 1, so that the density is zero.</summary>
    internal static T LogNormalizer<T>(T df, int k) where T : IReal<T>
    {
        T sum = 0.5 * k * LogTwo * df + 0.25 * k * (k - 1) * LogPi;
        for (var j = 0; j < k; j++) sum += LogGammaOfPositive(0.5 * (df - (double)j));
        return sum;
    }

    /// <summary>The lower factor of a draw with the identity for scale.</summary>
    internal static void Bartlett(ref Philox random, double df, Span<double> a, int n)
    {
        a.Clear();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) a[i * n + j] = random.NextNormal();
            a[i * n + i] = df > n - 1 ? Math.Sqrt(2 * random.NextGamma(0.5 * (df - i))) : double.NaN;
        }
    }
}
