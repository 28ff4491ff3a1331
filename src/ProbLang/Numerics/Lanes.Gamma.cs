using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// The gamma function and its logarithmic derivatives: recurrence to an interval with a near-minimax fit, Stirling's series
// above (Abramowitz and Stegun 6.1.40, 6.3.18, 6.4.12). Negative arguments are left to the scalar reflection formulas.
internal static unsafe partial class Lanes
{
    private const double DigammaRoot = 1.4616321449683622, DigammaRootRest = 9.5499954299656977e-17;

    /// <summary>log |Γ(x)|, to a few units in the last place for positive x, also near its zeros at 1 and 2.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane LogGamma(Lane x)
    {
        if (Simd.LessThanAny(x, Lane.Zero)) return Each(&SpecialFunctions.LogGamma, x);
        if (Simd.GreaterThanOrEqualAll(x, Simd.Create(8.5))) return LogGammaStirling(x, Log(x));

        // Γ(x) = Γ(z) (x-1)(x-2)… with z in 1.5…2.5, or Γ(z) / x / (x+1) below.
        var isHalf = Simd.LessThan(x, Simd.Create(0.5));
        var isBelow = Simd.LessThan(x, Simd.Create(1.5));
        var isAbove = Simd.GreaterThanOrEqual(x, Simd.Create(8.5));
        var steps = Simd.Floor(x - Simd.Create(0.5)) - One;
        var w = Select(isHalf, x, Select(isBelow, x - One, x - Simd.Create(2.0) - steps));
        var product = One;
        for (var j = 1; j <= 6; j++)
        {
            var isTaken = Simd.GreaterThanOrEqual(steps, Simd.Create((double)j));
            product *= Select(isTaken, x - Simd.Create((double)j), One);
        }
        product = Select(isBelow, Select(isHalf, x * (x + One), x), product);
        var log = Log(Select(isAbove, x, product));
        var near = w * Polynomial(w, LogGammaNearTwo) + Select(isBelow, -log, log);
        return Select(isAbove, LogGammaStirling(x, log), near);
    }

    /// <summary>The derivative of <see cref="LogGamma"/>.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Digamma(Lane x)
    {
        if (Simd.LessThanAny(x, Lane.Zero)) return Each(&SpecialFunctions.Digamma, x);
        if (Simd.GreaterThanOrEqualAll(x, Simd.Create(10.0))) return DigammaStirling(x);

        // ψ(x) = ψ(z) + 1/(x-1) + 1/(x-2) + … with z in 1…2, or ψ(x+1) - 1/x below. The sum is kept as one fraction.
        var isBelow = Simd.LessThan(x, One);
        var isAbove = Simd.GreaterThanOrEqual(x, Simd.Create(10.0));
        var steps = Simd.Floor(x) - One;
        var numerator = Lane.Zero;
        var denominator = One;
        for (var j = 1; j <= 8; j++)
        {
            var isTaken = Simd.GreaterThanOrEqual(steps, Simd.Create((double)j)) & Simd.LessThan(x, Simd.Create(10.0));
            var factor = Select(isTaken, x - Simd.Create((double)j), One);
            numerator = MultiplyAdd(numerator, factor, denominator & isTaken);
            denominator *= factor;
        }
        numerator = Select(isBelow, -One, numerator);
        denominator = Select(isBelow, x, denominator);
        var z = Select(isBelow, x + One, x - steps);
        var u = Select(isBelow, x - Simd.Create(0.5), z - Simd.Create(1.5));
        var root = Select(isBelow, x - Simd.Create(DigammaRoot - 1), z - Simd.Create(DigammaRoot));
        var near = MultiplyAdd(root - Simd.Create(DigammaRootRest), Polynomial(u, DigammaOverRoot), numerator / denominator);
        return Select(isAbove, DigammaStirling(Select(isAbove, x, Simd.Create(10.0))), near);
    }

    /// <summary>The derivative of <see cref="Digamma"/>.</summary>
    [MethodImpl(OutOfLine)]
    public static Lane Trigamma(Lane x)
    {
        if (Simd.LessThanAny(x, Lane.Zero)) return Each(&SpecialFunctions.Trigamma, x);
        if (Simd.GreaterThanOrEqualAll(x, Simd.Create(10.0))) return TrigammaStirling(x);

        // ψ′(x) = 1/x² + 1/(x+1)² + … + ψ′(x+9), two terms to a division.
        var isBelow = Simd.LessThan(x, Simd.Create(10.0));
        var small = Simd.MinNative(Simd.Create(10.0), x);
        var sum = Lane.Zero;
        for (var j = 7; j >= 1; j -= 2)
        {
            var a = Square(small + Simd.Create((double)j));
            var b = Square(small + Simd.Create(j + 1.0));
            sum += (a + b) / (a * b);
        }
        sum += One / (small * small);
        return Select(isBelow, sum, Lane.Zero) + TrigammaStirling(Select(isBelow, x + Simd.Create(9.0), x));
    }

    /// <summary>log Γ(x) - (x - ½) log x + x - ½ log 2π for x from 8.5.</summary>
    [MethodImpl(OutOfLine)]
    internal static Lane StirlingRest(Lane x)
    {
        var inverse = One / x;
        return inverse * Polynomial(inverse * inverse, LogGammaSeries);
    }

    /// <summary>log Γ(2 + w) for |w| ≤ ½.</summary>
    [MethodImpl(OutOfLine)]
    internal static Lane LogGammaOfTwoPlus(Lane w) => w * Polynomial(w, LogGammaNearTwo);

    /// <summary>For x from 8.5.</summary>
    [MethodImpl(Inline)]
    private static Lane LogGammaStirling(Lane x, Lane log)
    {
        var inverse = One / x;
        var series = MultiplyAdd(inverse, Polynomial(inverse * inverse, LogGammaSeries), Simd.Create(0.41893853320467274178));
        return MultiplyAdd(x - Simd.Create(0.5), log - One, series);
    }

    /// <summary>For x from 10.</summary>
    [MethodImpl(Inline)]
    private static Lane DigammaStirling(Lane x)
    {
        var inverse = One / x;
        var z = inverse * inverse;
        return Log(x) - MultiplyAdd(z, Polynomial(z, DigammaSeries), Simd.Create(0.5) * inverse);
    }

    /// <summary>For x from 9.</summary>
    [MethodImpl(Inline)]
    private static Lane TrigammaStirling(Lane x)
    {
        var inverse = One / x;
        var z = inverse * inverse;
        return MultiplyAdd(inverse * z, Polynomial(z, TrigammaSeries), MultiplyAdd(Simd.Create(0.5), z, inverse));
    }

    // log Γ(2 + w) / w for |w| ≤ ½, to 1e-19.
    private static ReadOnlySpan<double> LogGammaNearTwo =>
    [
        0.42278433509846713, 0.3224670334241132, -0.06735230105319814, 0.02058080842778457, -0.0073855510286681535, 0.002890510330738737,
        -0.0011927539120010226, 0.0005096695248853096, -0.00022315475074520367, 9.945750909889392e-05, -4.4926351103833334e-05,
        2.050726741605779e-05, -9.438458716242811e-06, 4.374374916915131e-06, -2.0449201467015115e-06, 9.578663334114758e-07,
        -4.303558760359961e-07, 2.0304806751615227e-07, -1.3412819758517287e-07, 6.379047507619774e-08,
    ];

    // ψ(1.5 + u) over the distance from its root, for |u| ≤ ½, to 6e-19.
    private static ReadOnlySpan<double> DigammaOverRoot =>
    [
        0.9510558760318328, -0.42362742128146047, 0.24054248424078736, -0.14840492305391761, 0.09498872445283, -0.06192213327165706,
        0.04076083394462657, -0.02697579684427536, 0.017907248195969127, -0.011908215172584002, 0.007927024067961237, -0.00528001782089874,
        0.0035180800751066694, -0.002344650082351321, 0.0015635679757533885, -0.001042261556504223, 0.0006899717801166841,
        -0.0004599625144612576, 0.0003268068044141764, -0.0002178682145501451, 9.173383289174792e-05, -6.11554261750751e-05,
        0.00012230983055406747, -8.153978973309418e-05,
    ];

    private static ReadOnlySpan<double> LogGammaSeries =>
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    private static ReadOnlySpan<double> DigammaSeries =>
        [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12, -3617.0 / 8160];

    private static ReadOnlySpan<double> TrigammaSeries =>
        [1.0 / 6, -1.0 / 30, 1.0 / 42, -1.0 / 30, 5.0 / 66, -691.0 / 2730, 7.0 / 6, -3617.0 / 510];
}
