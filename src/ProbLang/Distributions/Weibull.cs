using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Weibull(shape, scale).</summary>
internal sealed class Weibull : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Weibull";

    /// <inheritdoc/>
    public override string Summary => "The Weibull distribution of life times: the hazard grows with age where the shape is above 1.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("shape", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        TimesLog(p[0] - 1.0, x) - Hazard(x, p) + (Log(p[0]) - p[0] * Log(p[1]));

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogOneMinusExpMinus(Hazard(x, p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => -Hazard(x, p);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        p[1] * Math.Pow(-SpecialFunctions.Log1p(-probability), 1 / p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] * Math.Pow(random.NextExponential(), 1 / p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[1] * Math.Exp(SpecialFunctions.LogGamma(1 + 1 / p[0]));

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var logFirst = SpecialFunctions.LogGamma(1 + 1 / p[0]);
        var logSecond = SpecialFunctions.LogGamma(1 + 2 / p[0]);
        return p[1] * p[1] * Math.Exp(2 * logFirst) * SpecialFunctions.Expm1(logSecond - 2 * logFirst);
    }

    /// <summary>(x / scale)^shape, the cumulative hazard; through logarithms, because that of an observed x is known beforehand.</summary>
    private static T Hazard<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> => T.Where(Less(0.0, x), Exp(p[0] * (Log(x) - Log(p[1]))), 0.0);
}
