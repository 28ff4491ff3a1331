using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Masses of intervals and the values at which they are reached, for any distribution of numbers; exact in either tail.</summary>
internal static class Inversion
{
    private const double LogHalf = -0.69314718055994530942;

    /// <summary>log P(from ≤ X ≤ to), or without an end where it is not included; from the tail that the interval is nearer to.</summary>
    public static double LogMass(DistributionCode of, int e, double from, double to, bool hasTo = true, bool hasFrom = true)
    {
        if (from > to || from == to && !(hasFrom && hasTo)) return double.NegativeInfinity;
        if (double.IsPositiveInfinity(to)) return of.LogAbove(e, from, hasFrom);
        var below = of.LogBelow(e, from, !hasFrom);
        return below < LogHalf
            ? LogDifference(of.LogBelow(e, to, hasTo), below)
            : LogDifference(of.LogAbove(e, from, hasFrom), of.LogAbove(e, to, !hasTo));
    }

    /// <summary>log(exp(a) - exp(b)).</summary>
    public static double LogDifference(double a, double b) => double.IsNaN(a) || double.IsNaN(b) ? double.NaN
        : a > b ? a + Math.Log(-SpecialFunctions.Expm1(b - a)) : double.NegativeInfinity;

    /// <summary>The least x with P(X ≤ x) ≥ probability.</summary>
    public static double Quantile(DistributionCode of, int e, double probability)
    {
        if (!(probability >= 0 && probability <= 1)) return double.NaN;
        var (lower, upper) = of.Support(e);
        if (probability == 0) return lower;
        if (probability == 1) return upper;
        return probability <= 0.5
            ? Least(of, e, Math.Log(probability), isUpperTail: false)
            : Least(of, e, SpecialFunctions.Log1p(-probability), isUpperTail: true);
    }

    /// <summary>The value above which this much of the mass lies.</summary>
    public static double AtLogSurvival(DistributionCode of, int e, double logSurvival) => Least(of, e, logSurvival, isUpperTail: true);

    /// <summary>The least value of the support that reaches a probability, by bisection.</summary>
    private static double Least(DistributionCode of, int e, double log, bool isUpperTail)
    {
        var (low, high) = of.Support(e);
        if (!(low <= high)) return double.NaN;
        if (Reaches(of, e, low, log, isUpperTail)) return low;
        if (of.IsDiscrete) low -= 1;
        if (double.IsInfinity(low)) low = Far(of, e, high, -1, log, isUpperTail);
        if (double.IsInfinity(high)) high = Far(of, e, low, 1, log, isUpperTail);
        for (var i = 0; i < 2200; i++)
        {
            var middle = of.IsDiscrete ? Math.Floor((low + high) / 2) : low / 2 + high / 2;
            if (middle <= low || middle >= high) break;
            if (Reaches(of, e, middle, log, isUpperTail)) high = middle;
            else low = middle;
        }
        return high;
    }

    private static bool Reaches(DistributionCode of, int e, double x, double log, bool isUpperTail) =>
        isUpperTail ? of.LogAbove(e, x, false) <= log : of.LogBelow(e, x, true) >= log;

    /// <summary>Goes up from an end, in steps that double, until the probability is reached; or down until it is not.</summary>
    private static double Far(DistributionCode of, int e, double end, int direction, double log, bool isUpperTail)
    {
        var start = double.IsInfinity(end) ? 0 : end;
        for (var step = 1.0; step < 1e300; step *= 2)
            if (Reaches(of, e, start + direction * step, log, isUpperTail) == direction > 0) return start + direction * step;
        return direction * double.MaxValue;
    }
}
