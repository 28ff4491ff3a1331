using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Triangular(lower, mode, upper).</summary>
internal sealed class Triangular : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Triangular";

    /// <inheritdoc/>
    public override string Summary => "A density that rises in a straight line from lower to the mode and falls in one to upper.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("lower", Domain.Real), new Parameter("mode", Domain.Real), new Parameter("upper", Domain.Real))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(p[0], p[2]);

    /// <inheritdoc/>
    /// <remarks>Where the mode is not between the ends, or there is no room between them, every value is outside.</remarks>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var holds = And(And(LessOrEqual(p[0], x), LessOrEqual(x, p[2])), And(And(LessOrEqual(p[0], p[1]), LessOrEqual(p[1], p[2])), Less(p[0], p[2])));
        var isLeft = IsLeft(x, p);
        var height = T.Where(holds, T.Where(isLeft, x - p[0], p[2] - x), 0.0);
        var side = T.Where(holds, T.Where(isLeft, p[1] - p[0], p[2] - p[1]), 1.0);
        return Log(2.0 * height) - Log(side) - Log(T.Where(holds, p[2] - p[0], 1.0));
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(IsLeft(x, p), Log(Tail(x - p[0], p[1] - p[0], p)), LogRest(p[2] - x, x - p[1], p[2] - p[1], p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(IsLeft(x, p), LogRest(x - p[0], p[1] - x, p[1] - p[0], p), Log(Tail(p[2] - x, p[2] - p[1], p)));

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p)
    {
        var (width, left, right) = (p[2] - p[0], p[1] - p[0], p[2] - p[1]);
        if (probability * width < left || right == 0) return p[0] + Math.Sqrt(probability * width * left);
        // Next to the mode, which may be the lower end, by the distance from it: 1 - q is (1 - q²) / (1 + q).
        var q = Math.Sqrt((1 - probability) * width / right);
        return q < 0.5 ? p[2] - right * q : p[1] + (probability * width - left) / (1 + q);
    }

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => (p[0] + p[1] + p[2]) / 3;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var (left, right) = (p[1] - p[0], p[2] - p[1]);
        return (left * left + left * right + right * right) / 18;
    }

    /// <summary>Whether x is on the rising side; all are where there is no other.</summary>
    private static T IsLeft<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> => Or(Less(x, p[1]), LessOrEqual(p[2], p[1]));

    /// <summary>The mass between an end and a place at a distance from it, on a side of a length.</summary>
    private static T Tail<T>(T distance, T side, ReadOnlySpan<T> p) where T : IReal<T>
    {
        var inside = Inside(distance, side);
        return inside / (p[2] - p[0]) * (inside / Length(side));
    }

    /// <summary>The logarithm of what the tail leaves: the other side, and from the mode on d (2 side - d) / side, where d is small when the tail is nearly all.</summary>
    private static T LogRest<T>(T distance, T fromMode, T side, ReadOnlySpan<T> p) where T : IReal<T>
    {
        var (tail, width) = (Tail(distance, side, p), p[2] - p[0]);
        var past = Inside(fromMode, side);
        var rest = (width - side + past * (2.0 - past / Length(side))) / width;
        return T.Where(Less(tail, 0.5), Log1p(-tail), Log(rest));
    }

    private static T Inside<T>(T distance, T side) where T : IReal<T> => Minimum(Maximum(distance, 0.0), side);

    private static T Length<T>(T side) where T : IReal<T> => T.Where(Less(0.0, side), side, 1.0);
}
