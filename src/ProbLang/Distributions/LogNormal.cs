using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>LogNormal(mean_log, sd_log).</summary>
internal sealed class LogNormal : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "LogNormal";

    /// <inheritdoc/>
    public override string Summary => "A variable whose logarithm is normal.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("mean_log", Domain.Real), new Parameter("sd_log", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        return -0.5 * Square((log - p[0]) / p[1]) - log - Log(p[1]) + penalty - HalfLogTwoPi;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), LogPhi((Log(x) - p[0]) / p[1]), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), LogPhi((p[0] - Log(x)) / p[1]), 0.0);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        Math.Exp(p[0] + p[1] * SpecialFunctions.InversePhi(probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Math.Exp(p[0] + p[1] * random.NextNormal());

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Math.Exp(p[0] + p[1] * p[1] / 2);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) =>
        SpecialFunctions.Expm1(p[1] * p[1]) * Math.Exp(2 * p[0] + p[1] * p[1]);
}
