using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>What is left of the gamma function when its powers are taken out, so that ratios of large ones lose no digits (Loader 2000).</summary>
internal static class Stirling
{
    /// <summary>From where <see cref="Rest"/> is exact to rounding.</summary>
    public const double Least = 10;

    /// <summary>log Γ(a) - (a - ½) log a + a - ½ log 2π for a from <see cref="Least"/>.</summary>
    public static double Rest(double a) => Lanes.StirlingRest(Simd.Create(a)).ToScalar();

    /// <summary>log n! - (n + ½) log n + n - ½ log 2π for n above 0.</summary>
    public static double RestOfFactorial(double n) =>
        n >= Least ? Rest(n) : SpecialFunctions.LogGamma(n + 1) - (n + 0.5) * Math.Log(n) + n - 0.91893853320467274178;

    /// <summary>log Γ(2 + w) for |w| ≤ ½, with all its digits for tiny w.</summary>
    public static double LogGammaNearTwo(double w) => Lanes.LogGammaOfTwoPlus(Simd.Create(w)).ToScalar();

    /// <summary>log(Γ(a + b) / Γ(a)), without cancellation where a is large.</summary>
    public static double LogRisingFactorial(double a, double b)
    {
        if (a < Least) return SpecialFunctions.LogGamma(a + b) - SpecialFunctions.LogGamma(a);
        return (a - 0.5) * SpecialFunctions.Log1p(b / a) + b * (Math.Log(a + b) - 1) + (Rest(a + b) - Rest(a));
    }

    /// <summary>log r - x for a ratio r = 1 + x, given as both so that neither a small x nor a small r loses digits.</summary>
    public static double LogLess(double ratio, double x)
    {
        if (Math.Abs(x) > 0.3) return Math.Log(ratio) - x;
        // log(1 + x) = 2 artanh s with s = x / (2 + x), and 2s - x = -x s.
        var s = x / (2 + x);
        var z = s * s;
        var sum = 0.0;
        for (var n = 25; n >= 3; n -= 2) sum = sum * z + 1.0 / n;
        return 2 * s * z * sum - x * s;
    }
}
