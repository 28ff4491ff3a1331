using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>NegativeBinomial(mean, dispersion | r and p).</summary>
internal sealed class NegativeBinomial : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "NegativeBinomial";

    /// <inheritdoc/>
    public override string Summary => "A count more dispersed than a Poisson one: variance = mean + mean²/dispersion; with r and p, the failures before the r-th success.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("mean", Domain.NonNegative), new Parameter("dispersion", Domain.Positive)),
        new(new Parameter("r", Domain.Positive), new Parameter("p", Domain.Probability)),
    ];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => form == 0
        ? LogRising(p[1], x) - LogFactorial(x) + TimesLog(x, p[0]) - x * Log(p[0] + p[1]) - p[1] * Log1p(p[0] / p[1])
        : LogRising(p[0], x) - LogFactorial(x) + TimesLogComplement(x, p[1]) + p[0] * Log(p[1]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var next = Maximum(x, 0.0) + 1.0;
        var inside = form == 0 ? LogBetaIComplement(next, p[1], p[0] / (p[0] + p[1])) : LogBetaI(p[0], next, p[1]);
        return OfCount(x, double.PositiveInfinity, double.NegativeInfinity, inside, 0);
    }

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var next = Maximum(x, 0.0) + 1.0;
        var inside = form == 0 ? LogBetaI(next, p[1], p[0] / (p[0] + p[1])) : LogBetaIComplement(p[0], next, p[1]);
        return OfCount(x, double.PositiveInfinity, 0, inside, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var shape = form == 0 ? p[1] : p[0];
        return random.NextPoisson(Mean(form, p) / shape * random.NextGamma(shape));
    }

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => form == 0 ? p[0] : p[0] * (1 - p[1]) / p[1];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Mean(form, p) * (form == 0 ? 1 + p[0] / p[1] : 1 / p[1]);
}
