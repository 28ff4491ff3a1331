using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// Exponential and logarithm, and what is made of them. Reduction by Cody and Waite (Software Manual for the Elementary
// Functions, 1980); polynomials are near-minimax fits; the logarithm's form is that of Tang (ACM TOMS 16, 1990).
internal static unsafe partial class Lanes
{
    private const double Log2E = 1.4426950408889634;
    private const double Ln2 = 0.6931471805599453, Ln2Rest = 2.3190468138462996e-17;

    // Of 40 bits, so that its product with an exponent is exact.
    private const double Ln2Short = 0.6931471805592082, Ln2ShortRest = 7.371002565167799e-13;

    // exp of this is normal, with room for the rounding of the power of two.
    private const double LeastExponent = -707.0;

    // Added to a small number, it leaves the nearest integer in the low bits of the mantissa.
    private const double ToInteger = 6755399441055744.0;

    private const long BitsOfOne = 0x3FF0000000000000;
    private const long BitsOfSqrtHalf = 0x3FE6A09E00000000;
    private const long MantissaBits = 0x000FFFFFFFFFFFFF;

    /// <summary>eˣ, also where it is subnormal, overflows or x is not a number.</summary>
    [MethodImpl(Inline)]
    public static Lane Exp(Lane x) => ExpWithTail(x, Lane.Zero, hasTail: false);

    /// <summary>eˣ for x at most 0, at less than the cost of <see cref="Exp"/>: 0 below the least normal number.</summary>
    [MethodImpl(Inline)]
    public static Lane ExpNonPositive(Lane x)
    {
        var bounded = Simd.MaxNative(Simd.Create(LeastExponent), x);
        var t = MultiplyAdd(bounded, Simd.Create(Log2E), Simd.Create(ToInteger));
        var n = t - Simd.Create(ToInteger);
        var r = MultiplyAdd(n, Simd.Create(-Ln2Rest), MultiplyAdd(n, Simd.Create(-Ln2), bounded));
        var y = MultiplyAdd(r * r, ExpTail(r), r) + One;
        return Simd.AndNot(y * PowerOfTwo(t.AsInt64()), Simd.LessThan(x, Simd.Create(LeastExponent)));
    }

    /// <summary>log x; -infinity at 0, not a number below.</summary>
    [MethodImpl(Inline)]
    public static Lane Log(Lane x)
    {
        var (k, f) = SplitForLog(x);
        return LogSpecial(x, FinishLog(k, f, k * Simd.Create(Ln2ShortRest)));
    }

    /// <summary>log(1 + x), with all its digits for small x.</summary>
    [MethodImpl(Inline)]
    public static Lane Log1p(Lane x)
    {
        var u = One + x;
        return LogOfSum(u, LostInSum(x, u));
    }

    /// <summary>eˣ - 1, with all its digits for small x.</summary>
    [MethodImpl(Inline)]
    public static Lane Expm1(Lane x)
    {
        var bounded = Simd.MinNative(Simd.Create(710.0), Simd.MaxNative(Simd.Create(-50.0), x));
        var t = MultiplyAdd(bounded, Simd.Create(Log2E), Simd.Create(ToInteger));
        var n = t - Simd.Create(ToInteger);
        var r = MultiplyAdd(n, Simd.Create(-Ln2Rest), MultiplyAdd(n, Simd.Create(-Ln2), bounded));
        var half = PowerOfTwo(t.AsInt64() - LongLane.One);
        var small = MultiplyAdd(r * r, ExpTail(r), r);
        var scaled = MultiplyAdd(half, small, half - Simd.Create(0.5));
        return Select(Simd.Equals(n, Lane.Zero), small, scaled + scaled);
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(Inline)]
    public static Lane Logistic(Lane x)
    {
        var e = Exp(-Simd.Abs(x));
        return Select(Simd.LessThan(x, Lane.Zero), e, One) / (One + e);
    }

    /// <summary>log(p / (1 - p)), with all its digits near a half.</summary>
    [MethodImpl(Inline)]
    public static Lane Logit(Lane p)
    {
        var q = One - p;
        var odds = p / q;
        var isMiddle = Simd.GreaterThanOrEqual(p, Simd.Create(0.25)) & Simd.LessThanOrEqual(p, Simd.Create(0.75));
        var excess = (p + p - One) / q;
        var u = One + excess;
        return LogOfSum(Select(isMiddle, u, odds), Select(isMiddle, LostInSum(excess, u), Lane.Zero));
    }

    /// <summary>log(1 + eˣ).</summary>
    [MethodImpl(Inline)]
    public static Lane Softplus(Lane x)
    {
        var e = Exp(-Simd.Abs(x));
        return Simd.MaxNative(Lane.Zero, x) + Log1pOfProportion(e);
    }

    /// <summary>log(1 + eˣ) and its derivative 1 / (1 + e⁻ˣ) for the price of one exponential.</summary>
    [MethodImpl(Inline)]
    public static Lane SoftplusAndLogistic(Lane x, out Lane logistic)
    {
        var e = Exp(-Simd.Abs(x));
        logistic = Select(Simd.LessThan(x, Lane.Zero), e, One) / (One + e);
        return Simd.MaxNative(Lane.Zero, x) + Log1pOfProportion(e);
    }

    /// <summary>tanh x, with all its digits for small x.</summary>
    [MethodImpl(Inline)]
    public static Lane Tanh(Lane x)
    {
        var magnitude = Simd.MinNative(Simd.Create(22.0), Simd.Abs(x));
        var e = Expm1(magnitude + magnitude);
        return CopySign(e / (e + Simd.Create(2.0)), x);
    }

    /// <summary>x to the power y, as <see cref="Math.Pow"/>; fast where every x is positive and normal.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Power(Lane x, Lane y)
    {
        var isOrdinary = Simd.GreaterThanOrEqual(x, Simd.Create(2.2250738585072014E-308)) & Simd.LessThanOrEqual(x, Simd.Create(double.MaxValue))
            & Simd.LessThanOrEqual(Simd.Abs(y), Simd.Create(1e300));
        if (!Simd.EqualsAll(isOrdinary.AsInt64(), LongLane.AllBitsSet)) return Each(&Math.Pow, x, y);

        // The logarithm to about 65 bits, for the exponent multiplies its error: log x = k ln 2 + 2s + 2s³/3 + s³ z Q(z), with the first two as pairs.
        var (k, f) = SplitForLog(x);
        var divisor = f + Simd.Create(2.0);
        var divisorRest = f - (divisor - Simd.Create(2.0));
        var s = f / divisor;
        var sRest = MultiplyAdd(-s, divisorRest, MultiplyAdd(-s, divisor, f)) / divisor;
        var z = s * s;
        var zRest = MultiplyAdd(s, s, -z) + Simd.Create(2.0) * s * sRest;
        var cube = s * z;
        var cubeRest = MultiplyAdd(s, z, -cube) + MultiplyAdd(s, zRest, sRest * z);
        var third = cube * Simd.Create(TwoThirds);
        var thirdRest = MultiplyAdd(cube, Simd.Create(TwoThirds), -third) + MultiplyAdd(cube, Simd.Create(TwoThirdsRest), cubeRest * Simd.Create(TwoThirds));
        var higher = cube * z * Polynomial(z, AfterTwoThirds);

        var (sum, rest) = TwoSum(k * Simd.Create(Ln2Short), s + s);
        (sum, var rest2) = TwoSum(sum, third);
        (sum, rest) = TwoSum(sum, rest + rest2 + (MultiplyAdd(k, Simd.Create(Ln2ShortRest), higher) + (thirdRest + (sRest + sRest))));
        var product = sum * y;
        var productRest = MultiplyAdd(sum, y, -product) + rest * y;
        var isFinite = Simd.LessThan(Simd.Abs(product), Simd.Create(1e4));
        return ExpWithTail(product, productRest & isFinite, hasTail: true);
    }

    [MethodImpl(Inline)]
    private static Lane ExpWithTail(Lane x, Lane tail, bool hasTail)
    {
        // The bound comes first: a native minimum gives its second argument where that is not a number.
        var bounded = Simd.MinNative(Simd.Create(710.0), Simd.MaxNative(Simd.Create(-746.0), x));
        var t = MultiplyAdd(bounded, Simd.Create(Log2E), Simd.Create(ToInteger));
        var n = t - Simd.Create(ToInteger);
        var r = MultiplyAdd(n, Simd.Create(-Ln2Rest), MultiplyAdd(n, Simd.Create(-Ln2), bounded));
        if (hasTail) r += tail;
        var y = MultiplyAdd(r * r, ExpTail(r), r) + One;

        // In two steps: 2ⁿ alone is out of range where the result is subnormal or overflows.
        var h = MultiplyAdd(n, Simd.Create(0.5), Simd.Create(ToInteger));
        return y * PowerOfTwo(h.AsInt64()) * PowerOfTwo(t.AsInt64() - h.AsInt64());
    }

    /// <summary>(eʳ - 1 - r) / r² for |r| ≤ ln 2 / 2, to 1e-16.</summary>
    [MethodImpl(Inline)]
    private static Lane ExpTail(Lane r)
    {
        var r2 = r * r;
        var r4 = r2 * r2;
        var a = MultiplyAdd(r, Simd.Create(0.16666666666666667453), Simd.Create(0.50000000000000010221));
        var b = MultiplyAdd(r, Simd.Create(0.0083333333333300618325), Simd.Create(0.041666666666624127873));
        var c = MultiplyAdd(r, Simd.Create(0.00019841269863053616878), Simd.Create(0.0013888888917213716901));
        var d = MultiplyAdd(r, Simd.Create(2.7557268459997064772e-6), Simd.Create(0.000024801521295954375131));
        var e = MultiplyAdd(r, Simd.Create(2.5100385495510319077e-8), Simd.Create(2.762008844540974816e-7));
        return MultiplyAdd(r4, MultiplyAdd(r4, e, MultiplyAdd(r2, d, c)), MultiplyAdd(r2, b, a));
    }

    /// <summary>2 to the integer in the low bits.</summary>
    [MethodImpl(Inline)]
    private static Lane PowerOfTwo(LongLane n) => ((n << 52) + Simd.Create(BitsOfOne)).AsDouble();

    /// <summary>x = 2ᵏ(1 + f) with 1 + f between √½ and √2, for positive finite x.</summary>
    [MethodImpl(Inline)]
    private static (Lane K, Lane F) SplitForLog(Lane x)
    {
        var isSubnormal = Simd.LessThan(x, Simd.Create(2.2250738585072014E-308));
        var bits = Select(isSubnormal, x * Simd.Create(18014398509481984.0), x).AsInt64() + Simd.Create(BitsOfOne - BitsOfSqrtHalf);
        var m = ((bits & Simd.Create(MantissaBits)) + Simd.Create(BitsOfSqrtHalf)).AsDouble();

        // The exponent becomes a double by way of the mantissa of 2⁵².
        var biased = (Simd.ShiftRightLogical(bits, 52) | Simd.Create(0x4330000000000000)).AsDouble();
        var bias = Select(isSubnormal, Simd.Create(4503599627370496.0 + 1023 + 54), Simd.Create(4503599627370496.0 + 1023));
        return (biased - bias, m - One);
    }

    /// <summary>k ln 2 + log(1 + f), where the low part of k ln 2 and any correction come in <paramref name="low"/>.</summary>
    [MethodImpl(Inline)]
    private static Lane FinishLog(Lane k, Lane f, Lane low)
    {
        var s = f / (f + Simd.Create(2.0));
        var z = s * s;
        var z2 = z * z;
        var a = MultiplyAdd(z, Simd.Create(0.39999999999898890514), Simd.Create(0.66666666666666697077));
        var b = MultiplyAdd(z, Simd.Create(0.22222211089379496214), Simd.Create(0.28571428626253837606));
        var c = MultiplyAdd(z, Simd.Create(0.15331611722055007897), Simd.Create(0.181828924325368712));
        var d = MultiplyAdd(z2, Simd.Create(0.14617807153417324815), c);
        var tail = z * MultiplyAdd(z2, MultiplyAdd(z2, d, b), a);
        var halfSquare = Simd.Create(0.5) * f * f;
        return MultiplyAdd(k, Simd.Create(Ln2Short), f - (halfSquare - MultiplyAdd(s, halfSquare + tail, low)));
    }

    [MethodImpl(Inline)]
    private static Lane LogSpecial(Lane x, Lane ordinary)
    {
        var isOrdinary = Simd.GreaterThan(x, Lane.Zero) & Simd.LessThan(x, Simd.Create(double.PositiveInfinity));
        var atZero = Select(Simd.Equals(x, Lane.Zero), Simd.Create(double.NegativeInfinity), x);
        return Select(isOrdinary, ordinary, Select(Simd.LessThan(x, Lane.Zero), Simd.Create(double.NaN), atZero));
    }

    /// <summary>log(u + lost), where <paramref name="lost"/> is what rounding took from u.</summary>
    [MethodImpl(Inline)]
    private static Lane LogOfSum(Lane u, Lane lost)
    {
        var (k, f) = SplitForLog(u);
        return LogSpecial(u, FinishLog(k, f, MultiplyAdd(k, Simd.Create(Ln2ShortRest), lost / u)));
    }

    /// <summary>1 + x - u, where u is 1 + x as rounded.</summary>
    [MethodImpl(Inline)]
    private static Lane LostInSum(Lane x, Lane u) => TwoSumRest(One, x, u);

    /// <summary>log(1 + e) for e from 0 to 1, where nothing is special.</summary>
    [MethodImpl(Inline)]
    private static Lane Log1pOfProportion(Lane e)
    {
        // log(1 + e) = 2 artanh(e / (2 + e)) directly below √2 - 1, and ln 2 + log((1 + e) / 2) above.
        var isLarge = Simd.GreaterThan(e, Simd.Create(0.41421356237309503));
        var f = Select(isLarge, MultiplyAdd(e, Simd.Create(0.5), Simd.Create(-0.5)), e);
        var k = One & isLarge;
        return FinishLog(k, f, k * Simd.Create(Ln2ShortRest));
    }

    [MethodImpl(Inline)]
    private static (Lane Sum, Lane Lost) TwoSum(Lane a, Lane b)
    {
        var sum = a + b;
        return (sum, TwoSumRest(a, b, sum));
    }

    /// <summary>What rounding took from a + b (Knuth, TAOCP 2, 4.2.2).</summary>
    [MethodImpl(Inline)]
    private static Lane TwoSumRest(Lane a, Lane b, Lane sum)
    {
        var bPart = sum - a;
        return (a - (sum - bPart)) + (b - bPart);
    }

    private const double TwoThirds = 0.6666666666666666, TwoThirdsRest = 3.700743415417188e-17;

    // (log((1 + s) / (1 - s)) - 2s - 2s³/3) / s⁵ in z = s²: 2/5, 2/7, 2/9, …
    private static ReadOnlySpan<double> AfterTwoThirds =>
        [2.0 / 5, 2.0 / 7, 2.0 / 9, 2.0 / 11, 2.0 / 13, 2.0 / 15, 2.0 / 17, 2.0 / 19, 2.0 / 21, 2.0 / 23, 2.0 / 25];
}
