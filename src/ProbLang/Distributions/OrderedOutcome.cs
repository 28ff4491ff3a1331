using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>What cumulative-link models share: a variable about a location, of which only is seen between which of the cutpoints it lies.</summary>
internal abstract class OrderedOutcome : ArrayDistribution
{
    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("location", Domain.Real), new Parameter("cutpoints", Domain.IncreasingVector, Rank: 1))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [];

    /// <inheritdoc/>
    public override int Outcomes(int form, ReadOnlySpan<int[]> shapes) => shapes[1][^1] + 1;

    /// <inheritdoc/>
    /// <remarks>Where the cutpoints do not increase, every value has probability zero.</remarks>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (outcome, location, cutpoints) = (x.Scalar, p[0].Scalar, p[1]);
        var count = cutpoints.Length;
        if (count == 0) return 0.0;
        var isIncreasing = math.Sum(count - 1, k => T.Where(Less(cutpoints[k], cutpoints[k + 1.0]), 0.0, double.NegativeInfinity));
        var lower = cutpoints[Maximum(outcome - 2.0, 0.0)] - location;
        var upper = cutpoints[Minimum(outcome - 1.0, count - 1.0)] - location;
        var isFirst = LessOrEqual(outcome, 1.0);
        var isLast = Less(count, outcome);
        // At the ends the two cutpoints are one: the difference is computed a step apart, and not taken.
        var inside = LogBetween(T.Where(isFirst, upper - 1.0, lower), T.Where(isLast, lower + 1.0, upper));
        var log = T.Where(isFirst, LogBelow(upper), T.Where(isLast, LogBelow(-lower), inside));
        return T.Where(Less(isIncreasing, 0.0), double.NegativeInfinity, log);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var value = p[0].Scalar + Noise(ref random);
        x[0] = 1;
        for (var k = 0; k < p[1].Length; k++) if (value > p[1][k]) x[0]++;
    }

    /// <summary>One draw of the variable about the location 0.</summary>
    protected abstract double Noise(ref Philox random);

    /// <summary>Its log distribution function; it is symmetric.</summary>
    protected abstract T LogBelow<T>(T x) where T : IReal<T>;

    /// <summary>log of the probability between two places, a &lt; b, also where they are near or far out.</summary>
    protected abstract T LogBetween<T>(T a, T b) where T : IReal<T>;
}
