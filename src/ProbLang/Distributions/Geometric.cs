using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Geometric(p).</summary>
internal sealed class Geometric : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Geometric";

    /// <inheritdoc/>
    public override string Summary => "How many trials fail before the first success.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("p", Domain.Probability))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => TimesLogComplement(x, p[0]) + LogOfProbability(p[0]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, double.PositiveInfinity, double.NegativeInfinity, LogOneMinusExpMinus(-(Maximum(x, 0.0) + 1.0) * Log1p(-p[0])), 0);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, double.PositiveInfinity, 0, (Maximum(x, 0.0) + 1.0) * Log1p(-p[0]), double.NegativeInfinity);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) =>
        Math.Floor(random.NextExponential() / -SpecialFunctions.Log1p(-p[0]));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => (1 - p[0]) / p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => (1 - p[0]) / (p[0] * p[0]);
}
