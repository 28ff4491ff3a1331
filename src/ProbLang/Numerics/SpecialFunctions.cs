using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>
/// Scalar special functions in double precision. Most are a lane's function on one number, so that the compiled loops,
/// their remainders and the slow evaluator agree to the last bit; errors are stated in units in the last place (ulp).
/// </summary>
internal static partial class SpecialFunctions
{
    // At the first call: the callers are emitted code, which waits for no tier.
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    /// <summary>log(1 + x), within 2 ulp also for tiny x.</summary>
    [MethodImpl(Optimized)]
    public static double Log1p(double x) => Lanes.Log1p(Simd.Create(x)).ToScalar();

    /// <summary>eˣ - 1, within 2 ulp also for tiny x.</summary>
    [MethodImpl(Optimized)]
    public static double Expm1(double x) => Lanes.Expm1(Simd.Create(x)).ToScalar();

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(Optimized)]
    public static double Logistic(double x) => Lanes.Logistic(Simd.Create(x)).ToScalar();

    /// <summary>log(p / (1 - p)), with all its digits near a half.</summary>
    [MethodImpl(Optimized)]
    public static double Logit(double p) => Lanes.Logit(Simd.Create(p)).ToScalar();

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(Optimized)]
    public static double Softplus(double x) => Lanes.Softplus(Simd.Create(x)).ToScalar();

    /// <summary>log |Γ(x)|; infinite at the poles 0, -1, -2, …</summary>
    [MethodImpl(Optimized)]
    public static double LogGamma(double x)
    {
        if (!(x < 0)) return Lanes.LogGamma(Simd.Create(x)).ToScalar();
        if (x == Math.Floor(x)) return double.PositiveInfinity;
        // Γ(x) Γ(1 - x) = π / sin πx
        return Math.Log(Math.PI / Math.Abs(double.SinPi(x))) - LogGamma(1 - x);
    }

    /// <summary>The derivative of <see cref="LogGamma"/>; not a number at the negative poles.</summary>
    [MethodImpl(Optimized)]
    public static double Digamma(double x)
    {
        if (!(x < 0)) return Lanes.Digamma(Simd.Create(x)).ToScalar();
        if (x == Math.Floor(x)) return double.NaN;
        return Digamma(1 - x) - Math.PI * double.SinPi(0.5 - x) / double.SinPi(x);
    }

    /// <summary>The derivative of <see cref="Digamma"/>; infinite at the poles.</summary>
    [MethodImpl(Optimized)]
    public static double Trigamma(double x)
    {
        if (!(x < 0)) return Lanes.Trigamma(Simd.Create(x)).ToScalar();
        if (x == Math.Floor(x)) return double.PositiveInfinity;
        var ratio = Math.PI / double.SinPi(x);
        return ratio * ratio - Trigamma(1 - x);
    }

    /// <summary>The error function.</summary>
    [MethodImpl(Optimized)]
    public static double Erf(double x) => Lanes.Erf(Simd.Create(x)).ToScalar();

    /// <summary>1 - erf(x), with all its digits for large x.</summary>
    [MethodImpl(Optimized)]
    public static double Erfc(double x) => Lanes.Erfc(Simd.Create(x)).ToScalar();

    /// <summary>The standard normal distribution function, with all its digits in the lower tail.</summary>
    [MethodImpl(Optimized)]
    public static double Phi(double x) => Lanes.Phi(Simd.Create(x)).ToScalar();

    /// <summary>log Φ(x), with all its digits in both tails.</summary>
    [MethodImpl(Optimized)]
    public static double LogPhi(double x) => Lanes.LogPhi(Simd.Create(x)).ToScalar();

    /// <summary>φ(x) / Φ(x), the derivative of <see cref="LogPhi"/>.</summary>
    [MethodImpl(Optimized)]
    public static double InverseMills(double x) => Lanes.InverseMills(Simd.Create(x)).ToScalar();

    /// <summary>x + φ(x) / Φ(x), which is how far the mean of a normal cut off at -x lies from the cut; without cancellation far below.</summary>
    public static double InverseMillsExcess(double x)
    {
        if (x > -8) return x + InverseMills(x);
        // Laplace's continued fraction φ/Φ = t + 1 / (t + 2 / (t + 3 / …)) with t = -x: the excess is what follows the first t.
        var rest = 0.0;
        for (var n = 40; n >= 1; n--) rest = n / (rest - x);
        return rest;
    }

    /// <summary>The remainder of floored division, which has the sign of the divisor.</summary>
    public static double Remainder(double x, double y)
    {
        // The operator's remainder is exact and has the sign of x.
        var remainder = x % y;
        return remainder != 0 && remainder < 0 != y < 0 ? remainder + y : remainder;
    }

    /// <summary>
    /// log P(a, x), P the regularised lower incomplete gamma function: the log distribution function of Gamma(a, 1). Relative error of P about
    /// 1e-14, of the derivative in a, in <see cref="Special.LogGammaP"/>, 1e-12. The time grows as √a.
    /// </summary>
    public static double LogGammaP(double a, double x) => IncompleteGamma.LogP(a, x).Value;

    /// <summary>log Q(a, x), Q = 1 - P, as accurate as <see cref="LogGammaP"/> in its own tail.</summary>
    public static double LogGammaQ(double a, double x) => IncompleteGamma.LogQ(a, x).Value;

    /// <summary>
    /// log I(x; a, b), I the regularised incomplete beta function: the log distribution function of Beta(a, b). Relative error of I about
    /// 1e-13, and of its derivatives 1e-12, for a and b up to 1e6; where one is far below 1 the errors grow as its inverse.
    /// </summary>
    public static double LogBetaI(double a, double b, double x) => IncompleteBeta.LogI(a, b, x).Value;

    /// <summary>log(1 - I(x; a, b)), as accurate as <see cref="LogBetaI"/> in its own tail.</summary>
    public static double LogBetaIComplement(double a, double b, double x) => IncompleteBeta.LogComplement(a, b, x).Value;

    /// <summary>
    /// The standard normal quantile: x with Φ(x) = p, to a few ulp. Acklam's rational approximation (2003, relative error
    /// 1e-9), then one step of Halley on erf near the middle and on log Φ in the tails, where Φ itself would lose digits.
    /// </summary>
    [MethodImpl(Optimized)]
    public static double InversePhi(double p)
    {
        if (!(p > 0 && p < 1)) return p == 0 ? double.NegativeInfinity : p == 1 ? double.PositiveInfinity : double.NaN;
        if (p > 0.75) return -InversePhiOfTail(1 - p);
        return p < 0.25 ? InversePhiOfTail(p) : InversePhiOfMiddle(p);
    }

    private static double InversePhiOfTail(double p)
    {
        var target = Math.Log(p);
        double x;
        if (p < 0.02425)
        {
            var q = Math.Sqrt(-2 * target);
            x = (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838) * q - 2.549732539343734) * q
                    + 4.374664141464968) * q + 2.938163982698783)
                / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1);
        }
        else
        {
            x = AcklamMiddle(p - 0.5);
        }
        // f = log Φ - log p, f′ = m, f″ = -m (x + m) with m the inverse Mills ratio.
        var mills = InverseMills(x);
        var step = (LogPhi(x) - target) / mills;
        return x - step / (1 + 0.5 * step * (x + mills));
    }

    private static double InversePhiOfMiddle(double p)
    {
        var x = AcklamMiddle(p - 0.5);
        // f = erf(x/√2) - (2p - 1), f″/f′ = -x; 2p - 1 is exact here.
        var density = 0.79788456080286535588 * Math.Exp(-0.5 * x * x);
        var step = (Erf(x * 0.70710678118654752440) - (2 * p - 1)) / density;
        return x - step / (1 + 0.5 * step * x);
    }

    private static double AcklamMiddle(double q)
    {
        var r = q * q;
        return (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r
                - 3.066479806614716e+01) * r + 2.506628277459239) * q
            / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r
                - 1.328068155288572e+01) * r + 1);
    }
}
