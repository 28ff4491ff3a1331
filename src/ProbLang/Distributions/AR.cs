using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>AR(coefficients, sd, n).</summary>
internal sealed class AR : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "AR";

    /// <inheritdoc/>
    public override string Summary => "n values, each a weighted sum of the latest ones, the nearest first, and a normal step; values before the first are 0.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("coefficients", Domain.RealVector, Rank: 1), new Parameter("sd", Domain.Positive), new Parameter("n", Domain.Size))];

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[2][0]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (coefficients, sd, n) = (p[0], p[1].Scalar, x.Length);
        var order = Math.Min(coefficients.Length, n);
        // The first values have fewer before them than there are coefficients.
        T squares = 0.0;
        for (var t = 0; t < order; t++)
        {
            var at = t;
            squares += Square(x[(double)at] - math.Sum(at, k => coefficients[k] * x[(double)(at - 1) - k]));
        }
        squares += math.Sum(n - order, i => Square(x[i + (double)order] - math.Sum(order, k => coefficients[k] * x[i + ((double)(order - 1) - k)])));
        return -0.5 * squares / Square(sd) - (double)n * (Log(sd) + HalfLogTwoPi);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var (coefficients, sd) = (p[0], p[1].Scalar.Value);
        for (var t = 0; t < x.Length; t++)
        {
            x[t] = sd * random.NextNormal();
            for (var k = 0; k < Math.Min(coefficients.Length, t); k++) x[t] += coefficients[k] * x[t - 1 - k];
        }
    }
}
