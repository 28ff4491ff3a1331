using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Cauchy(location, scale).</summary>
internal sealed class Cauchy : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Cauchy";

    /// <inheritdoc/>
    public override string Summary => "The Cauchy distribution, so heavy-tailed that it has no mean.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], p[1]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    // What log(1 + z²) loses for small z is lost beside the constants anyway; log1p costs several times as much.
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => -Log(Square((x - p[0]) / p[1]) + 1.0) - Log(p[1]) - LogPi;

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(T.Apply(Op.Atan2, 1.0, (p[0] - x) / p[1]) / Math.PI);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => Log(T.Apply(Op.Atan2, 1.0, (x - p[0]) / p[1]) / Math.PI);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => probability <= 0.5
        ? p[0] - p[1] / Math.Tan(Math.PI * probability)
        : p[0] + p[1] / Math.Tan(Math.PI * (1 - probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);
}
