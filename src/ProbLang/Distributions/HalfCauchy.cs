using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>HalfCauchy(scale).</summary>
internal sealed class HalfCauchy : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "HalfCauchy";

    /// <inheritdoc/>
    public override string Summary => "The absolute value of a Cauchy variable with location 0.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    // What log(1 + z²) loses for small z is lost beside the constants anyway; log1p costs several times as much.
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => -Log(Square(x / p[0]) + 1.0) - Log(p[0]) + (LogTwo - LogPi);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(Atan(Maximum(x, 0.0) / p[0]) / (Math.PI / 2));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => Log(T.Apply(Op.Atan2, 1.0, Maximum(x, 0.0) / p[0]) / (Math.PI / 2));

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => probability <= 0.5
        ? p[0] * Math.Tan(Math.PI / 2 * probability)
        : p[0] / Math.Tan(Math.PI / 2 * (1 - probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => double.PositiveInfinity;
}
