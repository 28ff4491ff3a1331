using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>ScaledInverseChiSquare(df, scale): InverseGamma(df / 2, df · scale² / 2).</summary>
internal sealed class ScaledInverseChiSquare : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "ScaledInverseChiSquare";

    /// <inheritdoc/>
    public override string Summary => "A variance about scale², known as well as df observations would tell it: df·scale² over a chi-square variable.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        var shape = 0.5 * p[0];
        return -(shape + 1.0) * log - shape * Square(p[1]) / x + (shape * (Log(shape) + 2.0 * Log(p[1])) - LogGammaOfPositive(shape)) + penalty;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaQ(0.5 * p[0], 0.5 * p[0] * Square(p[1]) / Maximum(x, 0.0)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaP(0.5 * p[0], 0.5 * p[0] * Square(p[1]) / Maximum(x, 0.0)), 0.0);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => 0.5 * p[0] * p[1] * p[1] / random.NextGamma(0.5 * p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 2 ? p[0] * p[1] * p[1] / (p[0] - 2) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) =>
        p[0] > 4 ? 2 * Mean(form, p) * Mean(form, p) / (p[0] - 4) : p[0] > 2 ? double.PositiveInfinity : double.NaN;
}
