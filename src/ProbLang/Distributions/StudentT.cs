using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>StudentT(df, location, scale).</summary>
internal sealed class StudentT : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "StudentT";

    /// <inheritdoc/>
    public override string Summary => "The Student t distribution: like a normal with heavier tails, the fewer degrees of freedom the heavier.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[1], p[2]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => LogStandard((x - p[1]) / p[2], p[0]) - Log(p[2]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogStandardCdf((x - p[1]) / p[2], p[0]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => LogStandardCdf((p[1] - x) / p[2], p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] + p[2] * SampleStandard(ref random, p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1 ? p[1] : double.NaN;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[2] * p[2] * StandardVariance(p[0]);

    /// <summary>Log density for location 0 and scale 1.</summary>
    internal static T LogStandard<T>(T z, T df) where T : IReal<T> =>
        -0.5 * (df + 1.0) * Log1p(Square(z) / df) + (LogRising(0.5 * df, 0.5) - 0.5 * (Log(df) + LogPi));

    internal static double SampleStandard(ref Philox random, double df) => random.NextNormal() * Math.Sqrt(0.5 * df / random.NextGamma(0.5 * df));

    internal static double StandardVariance(double df) => df > 2 ? df / (df - 2) : df > 1 ? double.PositiveInfinity : double.NaN;

    /// <summary>Log distribution function for location 0 and scale 1.</summary>
    internal static T LogStandardCdf<T>(T z, T df) where T : IReal<T> => T.Call(s_logCdf, [z, df]);

    // A function of its own: as an expression in the incomplete beta function its derivative would be 0 · infinity at z = 0.
    private static readonly SpecialFunction s_logCdf = new("student_t_log_cdf", a => LogCdf(a[0], a[1]), [() => s_logCdfInZ!, () => s_logCdfInDf!]);

    private static readonly SpecialFunction s_logCdfInZ = new(
        "student_t_log_cdf_in_z", a => Math.Exp(LogStandard<Real>(a[0], a[1]) - LogCdf(a[0], a[1])), [NoSecond, NoSecond]);

    private static readonly SpecialFunction s_logCdfInDf = new("student_t_log_cdf_in_df", a => LogCdfInDf(a[0], a[1]), [NoSecond, NoSecond]);

    private static SpecialFunction NoSecond() => throw new NotSupportedException("the distribution function of StudentT has no second derivatives");

    private static double LogCdf(double z, double df) => z <= 0 ? LogTail(z, df) : SpecialFunctions.Log1p(-Math.Exp(LogTail(z, df)));

    private static double LogCdfInDf(double z, double df) =>
        z <= 0 ? LogTailInDf(z, df) : -Math.Exp(LogTail(z, df) - LogCdf(z, df)) * LogTailInDf(z, df);

    /// <summary>log P(T > |z|), by whichever of z² / (df + z²) and its complement is below a half.</summary>
    private static double LogTail(double z, double df) => -LogTwo + (z * z < df
        ? SpecialFunctions.LogBetaIComplement(0.5, df / 2, z * z / (df + z * z))
        : SpecialFunctions.LogBetaI(df / 2, 0.5, df / (df + z * z)));

    private static double LogTailInDf(double z, double df)
    {
        if (z == 0 || double.IsInfinity(z)) return 0;
        var isNear = z * z < df;
        var (function, place) = isNear ? (Special.LogBetaIComplement, 1) : (Special.LogBetaI, 0);
        double[] at = isNear ? [0.5, df / 2, z * z / (df + z * z)] : [df / 2, 0.5, df / (df + z * z)];
        var slope = function.Partials[2]!().Evaluate(at) * z * z / ((df + z * z) * (df + z * z));
        return 0.5 * function.Partials[place]!().Evaluate(at) + (isNear ? -slope : slope);
    }
}
