using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Terms that several densities share, right at the edges of the support too.</summary>
internal static class DensityTerms
{
    public const double LogTwo = 0.69314718055994530942;
    public const double LogPi = 1.14472988584940017414;
    public const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>c log x, where 0 log 0 = 0.</summary>
    public static T TimesLog<T>(T c, T x) where T : IReal<T>
    {
        var isEdge = Equal(x, 0.0);
        return c * T.Where(isEdge, 0.0, Log(x)) + AtEdge(isEdge, c);
    }

    /// <summary>c log(1 - x), where 0 log 0 = 0.</summary>
    public static T TimesLogComplement<T>(T c, T x) where T : IReal<T>
    {
        var isEdge = Equal(x, 1.0);
        return c * T.Where(isEdge, 0.0, Log1p(-x)) + AtEdge(isEdge, c);
    }

    /// <summary>log x of a positive x, and what makes the whole -infinity where x is not positive.</summary>
    public static (T Log, T Penalty) LogOfPositive<T>(T x) where T : IReal<T>
    {
        var isInside = Less(0.0, x);
        return (T.Where(isInside, Log(x), 0.0), T.Where(isInside, 0.0, double.NegativeInfinity));
    }

    /// <summary>
    /// c · -infinity at the edge, and 0 elsewhere. Standing apart, it leaves the product with c linear, so that a sum over data is
    /// c times a number known beforehand; and it has no derivative.
    /// </summary>
    private static T AtEdge<T>(T isEdge, T c) where T : IReal<T> =>
        T.Where(isEdge, T.Where(Less(0.0, c), double.NegativeInfinity, T.Where(Less(c, 0.0), double.PositiveInfinity, 0.0)), 0.0);

    /// <summary>log Γ(a) of a parameter that must be positive; infinite where it is not, though Γ goes on there, so that the density is zero.</summary>
    public static T LogGammaOfPositive<T>(T a) where T : IReal<T> => T.Where(Less(0.0, a), LogGamma(a), double.PositiveInfinity);

    /// <summary>log p of a probability; -infinity above 1, by more than the rounding of a sum.</summary>
    public static T LogOfProbability<T>(T p) where T : IReal<T> => T.Where(Less(1 + 1e-9, p), double.NegativeInfinity, Log(p));

    /// <summary>log(1 - p) of a probability; -infinity below 0, by more than the rounding of a difference.</summary>
    public static T LogOfComplement<T>(T p) where T : IReal<T> => T.Where(Less(p, -1e-9), double.NegativeInfinity, Log1p(-p));

    /// <summary>log n!</summary>
    public static T LogFactorial<T>(T n) where T : IReal<T> => LogGamma(n + 1.0);

    /// <summary>log of the number of ways to choose k of n.</summary>
    public static T LogChoose<T>(T n, T k) where T : IReal<T> => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>log(1 - exp(-u)) for u ≥ 0.</summary>
    public static T LogOneMinusExpMinus<T>(T u) where T : IReal<T> => Log(-Expm1(-u));

    /// <summary>log(1 - exp(u)) for u ≤ 0, to a relative error wherever u lies (Mächler 2012).</summary>
    public static T LogComplement<T>(T u) where T : IReal<T> => T.Where(Less(-LogTwo, u), Log(-Expm1(u)), Log1p(-Exp(u)));

    /// <summary>log(1 - exp(-exp(u))): u itself where exp(u) is too small to matter.</summary>
    public static T LogOneMinusExpMinusExp<T>(T u) where T : IReal<T> => T.Where(Less(u, -40.0), u, LogOneMinusExpMinus(Exp(Maximum(u, -40.0))));

    /// <summary>What a distribution function of counts is below 0, from 0 to an end, and from there on.</summary>
    public static T OfCount<T>(T x, T end, double below, T inside, double above) where T : IReal<T> =>
        T.Where(Less(x, 0.0), below, T.Where(Less(x, end), inside, above));

    /// <summary>
    /// log Γ(a + x) - log Γ(a), x ≥ 0. For a above 10⁵, where the two would cancel, the difference of their Stirling series,
    /// whose first term left out is below 10⁻¹⁷.
    /// </summary>
    public static T LogRising<T>(T a, T x) where T : IReal<T>
    {
        var growth = Log1p(x / a);
        var stirling = (a + x - 0.5) * growth + x * (Log(a) - 1.0) - x / (12.0 * a * (a + x));
        return T.Where(Less(a, 1e5), LogGamma(a + x) - LogGammaOfPositive(a), stirling);
    }

    /// <summary>Log distribution function of Gamma(a, 1).</summary>
    public static T LogGammaP<T>(T a, T x) where T : IReal<T> => T.Call(Special.LogGammaP, [a, x]);

    /// <summary>Log survival function of Gamma(a, 1).</summary>
    public static T LogGammaQ<T>(T a, T x) where T : IReal<T> => T.Call(Special.LogGammaQ, [a, x]);

    /// <summary>Log distribution function of Beta(a, b).</summary>
    public static T LogBetaI<T>(T a, T b, T x) where T : IReal<T> => T.Call(Special.LogBetaI, [a, b, x]);

    /// <summary>Log survival function of Beta(a, b).</summary>
    public static T LogBetaIComplement<T>(T a, T b, T x) where T : IReal<T> => T.Call(Special.LogBetaIComplement, [a, b, x]);
}
