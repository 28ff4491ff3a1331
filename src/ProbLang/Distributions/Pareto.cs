using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Pareto(minimum, shape).</summary>
internal sealed class Pareto : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Pareto";

    /// <inheritdoc/>
    public override string Summary => "A power law above a minimum: P(X > x) = (minimum/x)^shape.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("minimum", Domain.Positive), new Parameter("shape", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(p[0]);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(LessOrEqual(p[0], x), 0.0, double.NegativeInfinity) + (Log(p[1]) + p[1] * Log(p[0]) - (p[1] + 1.0) * Log(T.Where(Less(0.0, x), x, 1.0)));

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(-Expm1(-p[1] * LogExcess(x, p[0])));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => -p[1] * LogExcess(x, p[0]);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[0] * Math.Exp(-SpecialFunctions.Log1p(-probability) / p[1]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] * Math.Exp(random.NextExponential() / p[1]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[1] > 1 ? p[0] * p[1] / (p[1] - 1) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[1] > 2
        ? Mean(form, p) * p[0] / (p[1] - 1) / (p[1] - 2)
        : p[1] > 1 ? double.PositiveInfinity : double.NaN;

    /// <summary>log(x / minimum), with all its digits next to the minimum, and 0 below.</summary>
    private static T LogExcess<T>(T x, T minimum) where T : IReal<T> => Log1p(Maximum(x - minimum, 0.0) / minimum);
}
