using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>InverseGamma(shape, scale).</summary>
internal sealed class InverseGamma : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "InverseGamma";

    /// <inheritdoc/>
    public override string Summary => "The inverse of a gamma variable whose rate is the scale.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("shape", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        return -(p[0] + 1.0) * log - p[1] / x + (p[0] * Log(p[1]) - LogGammaOfPositive(p[0])) + penalty;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaQ(p[0], p[1] / Maximum(x, 0.0)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaP(p[0], p[1] / Maximum(x, 0.0)), 0.0);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] / random.NextGamma(p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1 ? p[1] / (p[0] - 1) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) =>
        p[0] > 2 ? Mean(form, p) * Mean(form, p) / (p[0] - 2) : p[0] > 1 ? double.PositiveInfinity : double.NaN;
}
