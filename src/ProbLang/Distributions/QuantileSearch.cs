using System.Runtime.InteropServices;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>Inverts a distribution function. It looks at the nearer tail, on the log scale, so that far tails are as exact as the middle.</summary>
internal static class QuantileSearch
{
    /// <summary>
    /// Newton's method inside a bracket; where a step does not halve the bracket, the next bisects it. The bracket is measured in
    /// representable numbers, so that the search ends for any scale and any tail.
    /// </summary>
    public static double Continuous(ScalarDistribution distribution, int form, double probability, ReadOnlySpan<double> p)
    {
        var parameters = MemoryMarshal.Cast<double, Real>(p);
        var bounds = distribution.Bounds<Real>(form, parameters);
        if (probability == 0) return bounds.Lower;
        if (probability == 1) return bounds.Upper;

        var (below, above) = (Key(bounds.HasLower ? bounds.Lower : -double.MaxValue), Key(bounds.HasUpper ? bounds.Upper : double.MaxValue));
        var lowerTail = probability <= 0.5;
        var target = lowerTail ? Math.Log(probability) : SpecialFunctions.Log1p(-probability);
        var x = Start(distribution.Mean(form, p), below, above);
        while (above > below && Key(x) is var key && key >= below && key <= above)
        {
            double tail = lowerTail ? distribution.LogCdf<Real>(form, x, parameters) : distribution.LogSurvival<Real>(form, x, parameters);
            var excess = lowerTail ? tail - target : target - tail;
            if (excess == 0) return x;
            var width = (ulong)(above - below);
            if (excess > 0) above = key;
            else below = key + 1;
            var step = excess / Math.Exp(distribution.LogDensity<Real>(form, x, parameters) - tail);
            // Far out, where the logarithms are vast, their rounding may make the step look like nothing: there the place is not yet near.
            if (Math.Abs(excess) < 1 && Math.Abs(step) <= 1e-16 * Math.Abs(x)) return x;
            var halved = (ulong)Math.Max(above - below, 0) <= width / 2;
            var newton = Key(x - step);
            x = halved && double.IsFinite(step) && newton >= below && newton <= above ? x - step : Number(Middle(below, above));
        }
        return Number(above);
    }

    /// <summary>Widens a bracket about the mean by doubling, then bisects.</summary>
    public static double Integer(ScalarDistribution distribution, int form, double probability, ReadOnlySpan<double> p)
    {
        var parameters = MemoryMarshal.Cast<double, Real>(p);
        var bounds = distribution.Bounds<Real>(form, parameters);
        if (probability == 0) return bounds.Lower;
        if (probability == 1) return bounds.Upper;

        double lower = bounds.Lower, upper = bounds.Upper;
        var mean = Math.Floor(distribution.Mean(form, p));
        var below = lower - 1;
        var above = double.IsFinite(mean) ? Math.Clamp(mean, lower, upper) : lower;
        for (var step = 1.0; above < upper && !Reaches(distribution, form, probability, parameters, above); step *= 2) (below, above) = (above, Math.Min(above + step, upper));
        for (var step = 1.0; below == lower - 1 && above - step > below; step *= 2)
        {
            if (Reaches(distribution, form, probability, parameters, above - step)) above -= step;
            else below = above - step;
        }
        while (above - below > 1)
        {
            var middle = Math.Floor(below + (above - below) / 2);
            if (middle <= below || middle >= above) break;
            if (Reaches(distribution, form, probability, parameters, middle)) above = middle;
            else below = middle;
        }
        return above;
    }

    // A probability that was itself computed from the distribution function must find its way back, so a few roundings are
    // forgiven: of the logarithm in the lower tail; in the upper, of the probability, which is all that is known of its distance to 1.
    private static bool Reaches(ScalarDistribution distribution, int form, double probability, ReadOnlySpan<Real> parameters, double x)
    {
        const double Slack = 8 * 2.220446049250313e-16;
        return probability <= 0.5
            ? distribution.LogCdf<Real>(form, x, parameters) >= Math.Log(probability) - Slack
            : Math.Exp(distribution.LogSurvival<Real>(form, x, parameters)) <= 1 - probability + Slack;
    }

    private static double Start(double mean, long below, long above) =>
        double.IsFinite(mean) && Key(mean) > below && Key(mean) < above ? mean : Number(Middle(below, above));

    internal static long Middle(long below, long above) => (long)(((Int128)below + above) >> 1);

    /// <summary>The place of a number in the order of all doubles.</summary>
    internal static long Key(double x) => BitConverter.DoubleToInt64Bits(x) is var bits && bits >= 0 ? bits : long.MinValue - bits;

    internal static double Number(long key) => BitConverter.Int64BitsToDouble(key >= 0 ? key : long.MinValue - key);
}
