using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Terms that several densities share, right at the edges of the support.</summary>
internal static class DensityTerms
{
    public const double LogTwo = 0.69314718055994530942;
    public const double LogPi = 1.14472988584940017414;
    public const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>
    /// c log x, where 0 log 0 = 0. Only that one point is an exception: the derivative with respect to c is log x at c = 0 too,
    /// which is where an unconstrained chain starts.
    /// </summary>
    public static T TimesLog<T>(T c, T x) where T : IReal<T> => T.Where(And(Equal(x, 0.0), Equal(c, 0.0)), 0.0, c * Log(x));

    /// <summary>c log(1 - x), where 0 log 0 = 0.</summary>
    public static T TimesLogComplement<T>(T c, T x) where T : IReal<T> => T.Where(And(Equal(x, 1.0), Equal(c, 0.0)), 0.0, c * Log1p(-x));

    /// <summary>n log p of a count, where 0 log 0 = 0. A count has no derivative, so the exception is known from the data alone.</summary>
    public static T CountTimesLog<T>(T n, T p) where T : IReal<T> => T.Where(Equal(n, 0.0), 0.0, n * Log(p));

    /// <summary>n log(1 - p) of a count, where 0 log 0 = 0.</summary>
    public static T CountTimesLogComplement<T>(T n, T p) where T : IReal<T> => T.Where(Equal(n, 0.0), 0.0, n * Log1p(-p));

    /// <summary>log n!</summary>
    public static T LogFactorial<T>(T n) where T : IReal<T> => LogGamma(n + 1.0);

    /// <summary>log of the number of ways to choose k of n.</summary>
    public static T LogChoose<T>(T n, T k) where T : IReal<T> => LogFactorial(n) - LogFactorial(k) - LogFactorial(n - k);

    /// <summary>log(1 - exp(-u)) for u ≥ 0.</summary>
    public static T LogOneMinusExpMinus<T>(T u) where T : IReal<T> => Log(-Expm1(-u));

    /// <summary>
    /// log Γ(a + x) - log Γ(a), x ≥ 0. For a above 10⁵, where the two would cancel, the difference of their Stirling series,
    /// whose first term left out is below 10⁻¹⁷.
    /// </summary>
    public static T LogRising<T>(T a, T x) where T : IReal<T>
    {
        var growth = Log1p(x / a);
        var stirling = (a + x - 0.5) * growth + x * (Log(a) - 1.0) - x / (12.0 * a * (a + x));
        return T.Where(Less(a, 1e5), LogGamma(a + x) - LogGamma(a), stirling);
    }
}
