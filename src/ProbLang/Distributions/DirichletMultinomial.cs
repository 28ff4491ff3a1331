using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>DirichletMultinomial(n, alpha).</summary>
internal sealed class DirichletMultinomial : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "DirichletMultinomial";

    /// <inheritdoc/>
    public override string Summary => "Multinomial counts whose probabilities are drawn from a Dirichlet distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("n", Domain.Count), new Parameter("alpha", Domain.PositiveVector, Rank: 1))];

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
        var (n, alpha) = (p[0].Scalar, p[1]);
        var k = alpha.Length;
        var isTotal = Equal(math.Sum(k, i => x[i]), n);
        return math.Sum(k, i => LogRising(alpha[i], x[i])) - math.Sum(k, i => LogFactorial(x[i])) - LogRising(math.Sum(k, i => alpha[i]), n)
            + T.Where(isTotal, LogFactorial(n), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        Dirichlet.Draw(ref random, p[1], x);
        Multinomial.Draw(ref random, p[0].Scalar, x);
    }
}
