using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>LKJCholesky(K, eta).</summary>
internal sealed class LKJCholesky : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "LKJCholesky";

    /// <inheritdoc/>
    public override string Summary => "The lower Cholesky factor of a K by K correlation matrix that has the LKJ distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("K", Domain.Size), new Parameter("eta", Domain.Positive))];

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override EventConstraint Constraint => EventConstraint.CorrelationFactor;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[0][0], shapes[0][0]];

    /// <inheritdoc/>
    /// <remarks>The density of the correlation matrix, with |L Lᵀ| the squared product of the diagonal of L, and the Jacobian of L Lᵀ, in the elements below the diagonal.</remarks>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (eta, k) = (p[1].Scalar, x.Length);
        return LogNormalizer(eta, k) + math.Sum(Math.Max(0, k - 1), i => (2.0 * eta + ((double)(k - 4) - i)) * Log(x[i + 1.0, i + 1.0]));
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x) =>
        Draw(ref random, p[1].Scalar, x, (int)Math.Sqrt(x.Length));

    /// <summary>log of what makes |R|^(eta - 1) a density over correlation matrices of k (Lewandowski, Kurowicka and Joe 2009, section 3.2).</summary>
    internal static T LogNormalizer<T>(T eta, int k) where T : IReal<T>
    {
        T sum = 0.0;
        for (var j = 1; j < k; j++) sum += LogGammaOfPositive(eta + 0.5 * (k - 1 - j)) + 0.5 * j * LogPi;
        return (double)(k - 1) * LogGamma(eta + 0.5 * (k - 1)) - sum;
    }

    /// <summary>Row by row: what is left of the diagonal has a uniform direction, and a squared length from Beta(i / 2, eta + (k - 1 - i) / 2) (the onion method, section 3.2).</summary>
    internal static void Draw(ref Philox random, double eta, Span<double> x, int k)
    {
        x.Clear();
        for (var i = 0; i < k; i++)
        {
            var row = x.Slice(i * k, k);
            row[i] = 1;
            if (i == 0) continue;
            var square = 0.0;
            for (var j = 0; j < i; j++)
            {
                row[j] = random.NextNormal();
                square += row[j] * row[j];
            }
            // Both logarithms apart, so that neither the length nor what it leaves is lost where it is small.
            var (along, rest) = (random.NextLogGamma(0.5 * i), random.NextLogGamma(eta + 0.5 * (k - 1 - i)));
            var log = Math.Max(along, rest) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(along - rest)));
            var scale = Math.Exp(0.5 * (along - log)) / Math.Sqrt(square);
            for (var j = 0; j < i; j++) row[j] *= scale;
            row[i] = Math.Exp(0.5 * (rest - log));
        }
    }
}
