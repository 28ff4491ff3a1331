using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>LogLogistic(shape, scale).</summary>
internal sealed class LogLogistic : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "LogLogistic";

    /// <inheritdoc/>
    public override string Summary => "A variable whose logarithm is logistic: life times whose hazard first grows, then falls; the scale is the median.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("shape", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        TimesLog(p[0] - 1.0, x) - 2.0 * T.Where(Less(0.0, x), Softplus(Standard(x, p)), 0.0) + (Log(p[0]) - p[0] * Log(p[1]));

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), -Softplus(-Standard(x, p)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), -Softplus(Standard(x, p)), 0.0);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[1] * Math.Exp(SpecialFunctions.Logit(probability) / p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1 ? p[1] / Sinc(1 / p[0]) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        if (p[0] <= 2) return p[0] > 1 ? double.PositiveInfinity : double.NaN;
        var first = Sinc(1 / p[0]);
        return p[1] * p[1] * (1 / Sinc(2 / p[0]) - 1 / (first * first));
    }

    /// <summary>The logit of the distribution function.</summary>
    private static T Standard<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> => p[0] * (Log(x) - Log(p[1]));

    private static double Sinc(double x) => double.SinPi(x) / (Math.PI * x);
}
