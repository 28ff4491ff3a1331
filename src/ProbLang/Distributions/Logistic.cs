using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Logistic(location, scale).</summary>
internal sealed class Logistic : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Logistic";

    /// <inheritdoc/>
    public override string Summary => "The logistic distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], p[1]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var z = (x - p[0]) / p[1];
        return -z - 2.0 * Softplus(-z) - Log(p[1]);
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => -Softplus((p[0] - x) / p[1]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => -Softplus((x - p[0]) / p[1]);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[0] + p[1] * SpecialFunctions.Logit(probability);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Math.Pow(Math.PI * p[1], 2) / 3;
}
