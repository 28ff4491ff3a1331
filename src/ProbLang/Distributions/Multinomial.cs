using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Multinomial(n, p).</summary>
internal sealed class Multinomial : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "Multinomial";

    /// <inheritdoc/>
    public override string Summary => "How often each of K kinds comes up in n independent trials.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("n", Domain.Count), new Parameter("p", Domain.Simplex, Rank: 1))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override EventConstraint Constraint => EventConstraint.Counts;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[1][^1]];

    /// <inheritdoc/>
    public override (double Lower, double Upper) ElementBounds(int form, ReadOnlySpan<Arr<Real>> p) => (0, p[0].Scalar);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (n, weights) = (p[0].Scalar, p[1]);
        var k = weights.Length;
        var isTotal = Equal(math.Sum(k, i => x[i]), n);
        return math.Sum(k, i => TimesLog(x[i], weights[i])) - math.Sum(k, i => LogFactorial(x[i])) + T.Where(isTotal, LogFactorial(n), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        for (var k = 0; k < x.Length; k++) x[k] = p[1][k];
        Draw(ref random, p[0].Scalar, x);
    }

    /// <summary>Replaces weights by counts: each kind is a binomial share of the trials that are left.</summary>
    internal static void Draw(ref Philox random, double n, Span<double> x)
    {
        var weight = 0.0;
        foreach (var w in x) weight += w;
        for (var k = 0; k < x.Length; k++)
        {
            var share = k == x.Length - 1 || x[k] >= weight ? 1 : x[k] / weight;
            weight -= x[k];
            x[k] = share == 1 ? n : share > 0 ? random.NextBinomial(n, share) : 0;
            n -= x[k];
        }
    }
}
