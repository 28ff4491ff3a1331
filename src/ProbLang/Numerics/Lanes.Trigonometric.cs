using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// Reduction by multiples of π/2 in three parts, exact with fused multiply-add for any argument that is not huge.
internal static unsafe partial class Lanes
{
    private const double LargestTrigonometric = 1e8;

#pragma warning disable CS1591 // each is the function of its name
    [MethodImpl(OutOfLine)]
    public static Lane Sin(Lane x)
    {
        if (!Simd.LessThanOrEqualAll(Simd.Abs(x), Simd.Create(LargestTrigonometric))) return Each(&Math.Sin, x);
        var (sin, cos, quadrant) = SinAndCosReduced(x);
        return InQuadrant(sin, cos, quadrant);
    }

    [MethodImpl(OutOfLine)]
    public static Lane Cos(Lane x)
    {
        if (!Simd.LessThanOrEqualAll(Simd.Abs(x), Simd.Create(LargestTrigonometric))) return Each(&Math.Cos, x);
        var (sin, cos, quadrant) = SinAndCosReduced(x);
        return InQuadrant(sin, cos, quadrant + LongLane.One);
    }

    [MethodImpl(OutOfLine)]
    public static Lane Tan(Lane x)
    {
        if (!Simd.LessThanOrEqualAll(Simd.Abs(x), Simd.Create(LargestTrigonometric))) return Each(&Math.Tan, x);
        var (sin, cos, quadrant) = SinAndCosReduced(x);
        var isOdd = Simd.Equals(quadrant & LongLane.One, LongLane.One).AsDouble();
        return Select(isOdd, -cos, sin) / Select(isOdd, sin, cos);
    }

    public static Lane Asin(Lane x) => Each(&Math.Asin, x);

    public static Lane Acos(Lane x) => Each(&Math.Acos, x);

    public static Lane Atan(Lane x) => Each(&Math.Atan, x);

    public static Lane Atan2(Lane y, Lane x) => Each(&Math.Atan2, y, x);

    public static Lane Sinh(Lane x) => Each(&Math.Sinh, x);

    public static Lane Cosh(Lane x) => Each(&Math.Cosh, x);

    public static Lane InversePhi(Lane p) => Each(&SpecialFunctions.InversePhi, p);

    public static Lane Remainder(Lane x, Lane y) => Each(&SpecialFunctions.Remainder, x, y);
#pragma warning restore CS1591

    [MethodImpl(Inline)]
    private static (Lane Sin, Lane Cos, LongLane Quadrant) SinAndCosReduced(Lane x)
    {
        var t = MultiplyAdd(x, Simd.Create(2 / Math.PI), Simd.Create(ToInteger));
        var n = t - Simd.Create(ToInteger);
        var r = MultiplyAdd(n, Simd.Create(-1.5707963267948966), x);
        r = MultiplyAdd(n, Simd.Create(-6.123233995736766e-17), r);
        r = MultiplyAdd(n, Simd.Create(1.4973849048591698e-33), r);
        var z = r * r;
        var sin = MultiplyAdd(r * z, Polynomial(z, SinSeries), r);
        var half = Simd.Create(0.5) * z;
        var w = One - half;
        var cos = w + MultiplyAdd(z * z, Polynomial(z, CosSeries), (One - w) - half);
        return (sin, cos, t.AsInt64());
    }

    [MethodImpl(Inline)]
    private static Lane InQuadrant(Lane sin, Lane cos, LongLane quadrant)
    {
        var isOdd = Simd.Equals(quadrant & LongLane.One, LongLane.One).AsDouble();
        var sign = ((quadrant & Simd.Create(2L)) << 62).AsDouble();
        return Select(isOdd, cos, sin) ^ sign;
    }

    // (sin r / r - 1) / r² and (cos r - 1 + r²/2) / r⁴ in r² for |r| ≤ π/4, to 2e-17.
    private static ReadOnlySpan<double> SinSeries =>
    [
        -0.16666666666666664611, 0.0083333333333309365537, -0.00019841269836740532103,
        2.7557316093198405192e-6, -2.5051129896450186307e-8, 1.5917988979397433278e-10,
    ];

    private static ReadOnlySpan<double> CosSeries =>
    [
        0.041666666666666665381, -0.0013888888888887389773, 0.000024801587298754401173,
        -2.7557317265878080043e-7, 2.0876145049413179088e-9, -1.1382544645349250446e-11,
    ];
}
