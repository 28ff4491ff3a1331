using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>GaussianRandomWalk(sd, n).</summary>
internal sealed class GaussianRandomWalk : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "GaussianRandomWalk";

    /// <inheritdoc/>
    public override string Summary => "A random walk of n normal steps from 0: the first value is from Normal(0, sd).";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("sd", Domain.Positive), new Parameter("n", Domain.Size))];

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[1][0]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (sd, n) = (p[0].Scalar, x.Length);
        if (n == 0) return 0.0;
        var squares = Square(x[0.0]) + math.Sum(n - 1, i => Square(x[i + 1.0] - x[i]));
        return -0.5 * squares / Square(sd) - (double)n * (Log(sd) + HalfLogTwoPi);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var sd = p[0].Scalar.Value;
        for (var i = 0; i < x.Length; i++) x[i] = (i == 0 ? 0 : x[i - 1]) + sd * random.NextNormal();
    }
}
