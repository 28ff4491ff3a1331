using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>SkewNormal(location, scale, shape).</summary>
internal sealed class SkewNormal : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "SkewNormal";

    /// <inheritdoc/>
    public override string Summary => "A normal distribution with a longer tail on one side (Azzalini): to the right where the shape is above 0, to the left where it is below.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive), new Parameter("shape", Domain.Real))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], p[1]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var z = (x - p[0]) / p[1];
        return -0.5 * Square(z) + LogPhi(p[2] * z) - Log(p[1]) + (LogTwo - HalfLogTwoPi);
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [(x - p[0]) / p[1], p[2]]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [(p[0] - x) / p[1], -p[2]]);

    /// <inheritdoc/>
    /// <remarks>Azzalini (1986): δ |Z| + √(1 - δ²) Z′ with δ = shape / √(1 + shape²).</remarks>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var first = Math.Abs(random.NextNormal());
        return p[0] + p[1] * (p[2] * first + random.NextNormal()) / double.Hypot(1, p[2]);
    }

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] + p[1] * Math.Sqrt(2 / Math.PI) * Delta(p);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[1] * p[1] * (1 - 2 / Math.PI * Delta(p) * Delta(p));

    private static double Delta(ReadOnlySpan<double> p) => p[2] / double.Hypot(1, p[2]);

    private static readonly SpecialFunction s_logCdf = new("skew_normal_log_cdf", a => LogStandardCdf(a[0], a[1]), [() => s_logCdfInZ!, () => s_logCdfInShape!]);

    private static readonly SpecialFunction s_logCdfInZ = new(
        "skew_normal_log_cdf_in_z",
        a => double.IsInfinity(a[0]) ? 0 : Math.Exp(LogTwo - HalfLogTwoPi - 0.5 * a[0] * a[0] + SpecialFunctions.LogPhi(a[1] * a[0]) - LogStandardCdf(a[0], a[1])),
        [NoSecond, NoSecond]);

    private static readonly SpecialFunction s_logCdfInShape = new(
        "skew_normal_log_cdf_in_shape",
        a => double.IsInfinity(a[0]) ? 0 : -Math.Exp(-0.5 * a[0] * a[0] * (1 + a[1] * a[1]) - LogPi - SpecialFunctions.Log1p(a[1] * a[1]) - LogStandardCdf(a[0], a[1])),
        [NoSecond, NoSecond]);

    private static SpecialFunction NoSecond() => throw new NotSupportedException("the distribution function of SkewNormal has no second derivatives");

    /// <summary>
    /// The distribution function at z ≤ 0 is J(z, shape) = 1/π ∫ exp(-z² (1 + t²) / 2) / (1 + t²) dt from the shape on, since Φ(z) and Owen's T are
    /// integrals of the same function; above 0 it is J + erf(z/√2), since the densities at z and -z add up to twice the normal one.
    /// Nothing cancels in either.
    /// </summary>
    private static double LogStandardCdf(double z, double shape)
    {
        if (double.IsNaN(z) || double.IsNaN(shape)) return double.NaN;
        if (double.IsInfinity(z)) return z > 0 ? 0 : double.NegativeInfinity;
        if (z <= 0) return LogJ(z, shape);
        // Near 1, by what is left: the distribution function of -Z at -z.
        var rest = LogJ(z, -shape);
        return rest < -LogTwo ? SpecialFunctions.Log1p(-Math.Exp(rest)) : Math.Log(Math.Exp(LogJ(z, shape)) + SpecialFunctions.Erf(z * Math.Sqrt(0.5)));
    }

    private static double LogJ(double z, double shape)
    {
        var (square, from) = (z * z, Math.Abs(shape));
        // From the lower end a, t = a + u: the integrand falls from its value there, by the normal or by the Cauchy factor, whichever is faster.
        var scale = 1 / (square * from + Math.Abs(z) + 1 / double.Hypot(1, from));
        var integral = DoubleExponential.HalfLine(new Integrand(square, from), scale);
        var log = -0.5 * square * (1 + from * from) - LogPi + Math.Log(integral);
        if (shape >= 0) return log;
        var whole = LogTwo + SpecialFunctions.LogPhi(-Math.Abs(z));
        return whole + SpecialFunctions.Log1p(-Math.Exp(log - whole));
    }

    private readonly struct Integrand(double square, double from) : IIntegrand
    {
        public double At(double u) => Math.Exp(-0.5 * square * u * (2 * from + u)) / (1 + (from + u) * (from + u));
    }
}
