using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>ChiSquare(df): Gamma(df / 2, 1 / 2).</summary>
internal sealed class ChiSquare : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "ChiSquare";

    /// <inheritdoc/>
    public override string Summary => "The sum of df squared standard normals.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var shape = 0.5 * p[0];
        return TimesLog(shape - 1.0, x) - 0.5 * x - (shape * LogTwo + LogGammaOfPositive(shape));
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaP(0.5 * p[0], 0.5 * Maximum(x, 0.0)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaQ(0.5 * p[0], 0.5 * Maximum(x, 0.0)), 0.0);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => 2 * random.NextGamma(0.5 * p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => 2 * p[0];
}
