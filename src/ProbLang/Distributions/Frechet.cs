using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Frechet(shape, scale).</summary>
internal sealed class Frechet : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Frechet";

    /// <inheritdoc/>
    public override string Summary => "The Fréchet distribution: the greatest of many values with heavy tails; the inverse of a Weibull variable.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("shape", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        return -(p[0] + 1.0) * log - Exp(LogHazard(log, p)) + (Log(p[0]) + p[0] * Log(p[1])) + penalty;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), -Exp(LogHazard(Log(x), p)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), LogOneMinusExpMinusExp(LogHazard(Log(x), p)), 0.0);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[1] * Math.Pow(-Math.Log(probability), -1 / p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] * Math.Pow(random.NextExponential(), -1 / p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1 ? p[1] * Math.Exp(SpecialFunctions.LogGamma(1 - 1 / p[0])) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        if (p[0] <= 2) return p[0] > 1 ? double.PositiveInfinity : double.NaN;
        var logFirst = SpecialFunctions.LogGamma(1 - 1 / p[0]);
        var logSecond = SpecialFunctions.LogGamma(1 - 2 / p[0]);
        return p[1] * p[1] * Math.Exp(2 * logFirst) * SpecialFunctions.Expm1(logSecond - 2 * logFirst);
    }

    /// <summary>log of (x / scale)^-shape, which is the cumulative hazard of the inverse.</summary>
    private static T LogHazard<T>(T log, ReadOnlySpan<T> p) where T : IReal<T> => p[0] * (Log(p[1]) - log);
}
