using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>DiscreteUniform(lower, upper), both included.</summary>
internal sealed class DiscreteUniform : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "DiscreteUniform";

    /// <inheritdoc/>
    public override string Summary => "Any of the integers from lower to upper, both included.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("lower", Domain.Integer), new Parameter("upper", Domain.Integer))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(p[0], p[1]);

    /// <inheritdoc/>
    /// <remarks>Where there is nothing from lower to upper, every value is outside.</remarks>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var holds = And(LessOrEqual(p[0], x), LessOrEqual(x, p[1]));
        return T.Where(holds, 0.0, double.NegativeInfinity) - Log(Maximum(Count(p), 1.0));
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(Share(x - p[0] + 1.0, p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => Log(Share(p[1] - x, p));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] + Math.Floor(random.NextDouble() * Count(Reals(p)));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => (p[0] + p[1]) / 2;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => (p[1] - p[0]) * (p[1] - p[0] + 2) / 12;

    private static T Count<T>(ReadOnlySpan<T> p) where T : IReal<T> => p[1] - p[0] + 1.0;

    private static T Share<T>(T part, ReadOnlySpan<T> p) where T : IReal<T> => Minimum(Maximum(part / Count(p), 0.0), 1.0);
}
