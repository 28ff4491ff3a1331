using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Dirichlet(alpha).</summary>
internal sealed class Dirichlet : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "Dirichlet";

    /// <inheritdoc/>
    public override string Summary => "The Dirichlet distribution of proportions that sum to 1.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("alpha", Domain.PositiveVector, Rank: 1))];

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override EventConstraint Constraint => EventConstraint.Simplex;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[0][^1]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var alpha = p[0];
        var k = alpha.Length;
        return math.Sum(k, i => TimesLog(alpha[i] - 1.0, x[i])) - math.Sum(k, i => LogGammaOfPositive(alpha[i])) + LogGamma(math.Sum(k, i => alpha[i]));
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x) => Draw(ref random, p[0], x);

    /// <summary>Through logarithms of gamma variables, which do not underflow where alpha is small.</summary>
    internal static void Draw(ref Philox random, Arr<Real> alpha, Span<double> x)
    {
        var max = double.NegativeInfinity;
        for (var k = 0; k < x.Length; k++)
        {
            x[k] = random.NextLogGamma(alpha[k]);
            max = Math.Max(max, x[k]);
        }
        var total = 0.0;
        for (var k = 0; k < x.Length; k++) total += x[k] = Math.Exp(x[k] - max);
        for (var k = 0; k < x.Length; k++) x[k] /= total;
    }
}
