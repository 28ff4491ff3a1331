using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Uniform(lower, upper).</summary>
internal sealed class Uniform : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Uniform";

    /// <inheritdoc/>
    public override string Summary => "The uniform distribution on an interval.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("lower", Domain.Real), new Parameter("upper", Domain.Real))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(p[0], p[1]);

    /// <inheritdoc/>
    /// <remarks>Where the interval is empty, every value is outside.</remarks>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(And(LessOrEqual(p[0], x), LessOrEqual(x, p[1])), 0.0, double.NegativeInfinity) - Log(T.Where(Less(p[0], p[1]), p[1] - p[0], 1.0));

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(Share(x - p[0], p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => Log(Share(p[1] - x, p));

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[0] + probability * (p[1] - p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] + random.NextDouble() * (p[1] - p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => (p[0] + p[1]) / 2;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => (p[1] - p[0]) * (p[1] - p[0]) / 12;

    private static T Share<T>(T part, ReadOnlySpan<T> p) where T : IReal<T> => Minimum(Maximum(part / (p[1] - p[0]), 0.0), 1.0);
}
