using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Gumbel(location, scale).</summary>
internal sealed class Gumbel : ScalarDistribution
{
    private const double EulerGamma = 0.57721566490153286061;

    /// <inheritdoc/>
    public override string Name => "Gumbel";

    /// <inheritdoc/>
    public override string Summary => "The Gumbel distribution: the greatest of many values.";

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
        return -z - Exp(-z) - Log(p[1]);
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => -Exp((p[0] - x) / p[1]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => LogOneMinusExpMinusExp((p[0] - x) / p[1]);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[0] - p[1] * Math.Log(-Math.Log(probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] - p[1] * Math.Log(random.NextExponential());

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] + EulerGamma * p[1];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Math.Pow(Math.PI * p[1], 2) / 6;
}
