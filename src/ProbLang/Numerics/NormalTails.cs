namespace ProbLang.Numerics;

/// <summary>Integrals about the normal distribution in which Φ itself would cancel or vanish, in logarithms.</summary>
internal static class NormalTails
{
    private const double HalfLogTwoPi = 0.91893853320467274178;
    private const double LogHalf = -0.69314718055994530942;

    /// <summary>log(Φ(b) - Φ(a)) for a &lt; b; -infinity where they are the wrong way round.</summary>
    public static double LogDifference(double a, double b)
    {
        if (double.IsNaN(a) || double.IsNaN(b)) return double.NaN;
        if (a >= b) return double.NegativeInfinity;
        var (width, middle) = (b - a, 0.5 * (a + b));
        if (width * (1 + Math.Abs(middle)) < 2)
        {
            // φ relative to its value in the middle: t² - m² = (t - m)(t + m) does not cancel.
            var mean = GaussLegendre.Integrate(new AboutMiddle(middle), -0.5 * width, 0.5 * width) / width;
            return -0.5 * middle * middle - HalfLogTwoPi + Math.Log(width) + Math.Log(mean);
        }
        if (middle > 0) (a, b) = (-b, -a);
        var high = SpecialFunctions.LogPhi(b);
        return high + LogComplement(SpecialFunctions.LogPhi(a) - high);
    }

    /// <summary>log(e^(k²/2 - kz) Φ(z - k)), k ≥ 0: where the exponential is large Φ is small, and the two are taken together.</summary>
    public static double LogTilted(double z, double k)
    {
        if (double.IsInfinity(z)) return k == 0 && z > 0 ? 0 : double.NegativeInfinity;
        var w = z - k;
        return w < 0
            ? -0.5 * z * z - Math.Log(SpecialFunctions.InverseMills(w)) - HalfLogTwoPi
            : -k * (z - 0.5 * k) + SpecialFunctions.LogPhi(w);
    }

    /// <summary>log(Φ(z) - e^(k²/2 - kz) Φ(z - k)): the log distribution function of a standard normal plus an exponential of rate k.</summary>
    public static double LogSumCdf(double z, double k)
    {
        if (!(k >= 0) || double.IsNaN(z)) return double.NaN;
        if (double.IsInfinity(z)) return z > 0 ? 0 : double.NegativeInfinity;
        if (double.IsInfinity(k)) return SpecialFunctions.LogPhi(z);
        return z > 0 ? LogSumCdfAbove(z, k) : LogSumCdfBelow(z, k);
    }

    /// <summary>log(1 - …) of <see cref="LogSumCdf"/>.</summary>
    public static double LogSumSurvival(double z, double k)
    {
        if (!(k >= 0) || double.IsNaN(z)) return double.NaN;
        if (double.IsInfinity(z)) return z > 0 ? double.NegativeInfinity : 0;
        if (double.IsInfinity(k)) return SpecialFunctions.LogPhi(-z);
        return z > 0 ? LogSum(SpecialFunctions.LogPhi(-z), LogTilted(z, k)) : LogComplement(LogSumCdfBelow(z, k));
    }

    /// <summary>e^(k²/2 - kz) Φ(z - k) as a multiple of what <see cref="LogSumCdf"/> is the logarithm of.</summary>
    public static double TiltedOverCdf(double z, double k)
    {
        if (double.IsInfinity(z)) return 0;
        return z > 0 ? Math.Exp(LogTilted(z, k) - LogSumCdf(z, k)) : Mills(z - k) / MillsDifference(z, k);
    }

    /// <summary>e^(k²/2 - kz) Φ(z - k) as a share of what <see cref="LogSumSurvival"/> is the logarithm of; from z &gt; k on it may be all.</summary>
    public static double TiltedOverSurvival(double z, double k)
    {
        if (double.IsInfinity(z)) return 0;
        if (z <= 0) return Math.Exp(LogTilted(z, k) - LogSumSurvival(z, k));
        return z < k ? 1 / (1 + Mills(-z) / Mills(z - k)) : 1 / (1 + Math.Exp(SpecialFunctions.LogPhi(-z) - LogTilted(z, k)));
    }

    private static double LogSumCdfAbove(double z, double k)
    {
        var survival = LogSum(SpecialFunctions.LogPhi(-z), LogTilted(z, k));
        if (survival < LogHalf) return LogComplement(survival);
        if (k * z >= 1 || k >= 1) return Math.Log(SpecialFunctions.Phi(z) - Math.Exp(LogTilted(z, k)));
        // For small k the two cancel; their difference is ∫₀ᵏ e^(u²/2 - uz) (tΦ(t) + φ(t)) du at t = z - u.
        return Math.Log(GaussLegendre.Integrate(new TiltedExcess(z), 0, k));
    }

    /// <summary>φ(z) (M(z) - M(z - k)) with Mills' ratio M = Φ / φ, whose derivative is 1 + tM(t).</summary>
    private static double LogSumCdfBelow(double z, double k) => -0.5 * z * z - HalfLogTwoPi + Math.Log(MillsDifference(z, k));

    private static double MillsDifference(double z, double k) => k >= Math.Max(1, -z)
        ? Mills(z) - Mills(z - k)
        : GaussLegendre.Integrate(new MillsSlope(z), 0, k);

    private static double Mills(double x) => 1 / SpecialFunctions.InverseMills(x);

    private static double LogSum(double a, double b) => Math.Max(a, b) + SpecialFunctions.Log1p(Math.Exp(-Math.Abs(a - b)));

    private static double LogComplement(double x) => x > LogHalf ? Math.Log(-SpecialFunctions.Expm1(x)) : SpecialFunctions.Log1p(-Math.Exp(x));

    /// <summary>φ at a distance from the middle, relative to that in it.</summary>
    private readonly struct AboutMiddle(double middle) : IIntegrand
    {
        public double At(double u) => Math.Exp(-u * (middle + 0.5 * u));
    }

    private readonly struct TiltedExcess(double z) : IIntegrand
    {
        public double At(double u) => Math.Exp(u * (0.5 * u - z)) * SpecialFunctions.Phi(z - u) * SpecialFunctions.InverseMillsExcess(z - u);
    }

    /// <summary>M′ at z - u: M times the excess of the inverse ratio.</summary>
    private readonly struct MillsSlope(double z) : IIntegrand
    {
        public double At(double u) => Mills(z - u) * SpecialFunctions.InverseMillsExcess(z - u);
    }
}
