using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// The error function and the normal distribution. All rest on e^(x²) erfc(x), whose product with 1 + 2x is a polynomial of
// (x - 4) / (x + 4) (Shepherd and Laframboise, Mathematics of Computation 36, 1981).
internal static unsafe partial class Lanes
{
    private const double SqrtHalf = 0.70710678118654752440;
    private const double SqrtTwoOverPi = 0.79788456080286535588;
    private const double InverseSqrtTwoPi = 0.39894228040143267794;

    /// <summary>The error function.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Erf(Lane x)
    {
        var magnitude = Simd.Abs(x);
        var inner = x * Polynomial(x * x, ErfOverX);
        var outer = One - ExpOfMinusSquare(Simd.MinNative(Simd.Create(30.0), magnitude)) * ScaledErfc(magnitude);
        return Select(Simd.LessThan(magnitude, One), inner, CopySign(outer, x));
    }

    /// <summary>1 - erf(x), with all its digits for large x.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Erfc(Lane x)
    {
        var magnitude = Simd.Abs(x);
        var tail = ExpOfMinusSquare(Simd.MinNative(Simd.Create(30.0), magnitude)) * ScaledErfc(magnitude);
        var inner = One - x * Polynomial(x * x, ErfOverX);
        return Select(Simd.LessThan(magnitude, Simd.Create(0.25)), inner, Select(Simd.LessThan(x, Lane.Zero), Simd.Create(2.0) - tail, tail));
    }

    /// <summary>The standard normal distribution function, with all its digits in the lower tail.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Phi(Lane x)
    {
        var tail = UpperTail(Simd.Abs(x));
        return Select(Simd.LessThan(x, Lane.Zero), tail, One - tail);
    }

    /// <summary>The logarithm of <see cref="Phi"/>, with all its digits in both tails.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane LogPhi(Lane x)
    {
        var isLower = Simd.LessThan(x, Lane.Zero);
        var magnitude = Simd.Abs(x);
        var scaled = ScaledErfc(magnitude * Simd.Create(SqrtHalf));
        var tail = Simd.Create(0.5) * scaled;
        var upper = tail * ExpOfMinusHalfSquare(Simd.MinNative(Simd.Create(40.0), magnitude));
        var u = One - upper;
        var log = LogOfSum(Select(isLower, tail, u), Select(isLower, Lane.Zero, LostInSum(-upper, u)));
        return Select(isLower, MultiplyAdd(Simd.Create(-0.5) * x, x, log), log);
    }

    /// <summary>φ(x) / Φ(x), the derivative of <see cref="LogPhi"/>.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane InverseMills(Lane x)
    {
        var magnitude = Simd.Abs(x);
        var scaled = ScaledErfc(magnitude * Simd.Create(SqrtHalf));
        var density = ExpOfMinusHalfSquare(Simd.MinNative(Simd.Create(40.0), magnitude));
        var upper = Simd.Create(InverseSqrtTwoPi) * density / (One - Simd.Create(0.5) * density * scaled);
        return Select(Simd.LessThan(x, Lane.Zero), Simd.Create(SqrtTwoOverPi) / scaled, upper);
    }

    /// <summary>1 - Φ(x) for x ≥ 0.</summary>
    [MethodImpl(Inline)]
    private static Lane UpperTail(Lane x) =>
        Simd.Create(0.5) * ExpOfMinusHalfSquare(Simd.MinNative(Simd.Create(40.0), x)) * ScaledErfc(x * Simd.Create(SqrtHalf));

    /// <summary>e^(x²) erfc(x) for x ≥ 0.</summary>
    [MethodImpl(Inline)]
    private static Lane ScaledErfc(Lane x)
    {
        var bounded = Simd.MinNative(Simd.Create(1e100), x);
        var q = (bounded - Simd.Create(4.0)) / (bounded + Simd.Create(4.0));
        return Polynomial(q, ScaledErfcSeries) / MultiplyAdd(Simd.Create(2.0), x, One);
    }

    // The square is rounded; what it lost is put back as a factor.
    [MethodImpl(Inline)]
    private static Lane ExpOfMinusSquare(Lane x)
    {
        var square = x * x;
        var e = Exp(-square);
        return MultiplyAdd(e, -MultiplyAdd(x, x, -square), e);
    }

    [MethodImpl(Inline)]
    private static Lane ExpOfMinusHalfSquare(Lane x)
    {
        var square = x * x;
        var e = Exp(Simd.Create(-0.5) * square);
        return MultiplyAdd(e, Simd.Create(-0.5) * MultiplyAdd(x, x, -square), e);
    }

    // erf(x) / x in x² for |x| ≤ 1, to 1e-19.
    private static ReadOnlySpan<double> ErfOverX =>
    [
        1.1283791670955126, -0.3761263890318375, 0.11283791670954879, -0.026866170645076792, 0.0052239776248180145, -0.000854832698083379,
        0.0001205533111164271, -1.4925595266831182e-05, 1.6461000484121368e-06, -1.6350312701054695e-07, 1.4659775274047436e-08,
        -1.1372848856791674e-09, 5.957176147748911e-11,
    ];

    // (1 + 2x) e^(x²) erfc(x) in (x - 4) / (x + 4) for x ≥ 0, to 2e-18.
    private static ReadOnlySpan<double> ScaledErfcSeries =>
    [
        1.2329951186255526, -0.1396211168405625, 0.01537965210261959, 0.0680970542546913, -0.1010390660362999, 0.0937328349984105,
        -0.06633036581219905, 0.03716751553632399, -0.01619773405968329, 0.0050319699895242515, -0.000757773262030915,
        -0.00019925676026410458, 0.00015062149237837335, -2.43989944557621e-05, -1.1221292615314274e-05, 5.709314113532492e-06,
        2.9198219084548256e-07, -8.25078338681245e-07, 7.74606863568198e-08, 1.1025271999000152e-07, -2.05545313698593e-08,
        -1.4806988146925795e-08, 3.1672611119361695e-09, 1.825695118953907e-09, -2.655726616312575e-10, -1.4311318470928162e-10,
    ];
}
