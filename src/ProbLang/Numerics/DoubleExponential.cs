namespace ProbLang.Numerics;

/// <summary>
/// Quadrature whose nodes crowd at the ends double-exponentially (Takahasi and Mori 1974), for positive functions that decay, or are
/// peaked at an end. The functions get the distance from an end, so that nothing near it is lost to rounding.
/// </summary>
internal static class DoubleExponential
{
    /// <summary>Nodes to a unit for a function of one scale.</summary>
    private const int Coarse = 16;

    /// <summary>For one of two scales far apart: at the second the map is steep, and what it makes of the function is analytic in a narrow strip only.</summary>
    private const int Fine = 64;

    /// <summary>∫ f over (0, ∞) for f that decays over distances of about <paramref name="scale"/>.</summary>
    public static double HalfLine<T>(T f, double scale) where T : struct, IIntegrand
    {
        var sum = 0.0;
        for (var i = -4 * Fine; i <= 4 * Fine; i++)
        {
            var (sinh, cosh) = (Math.Sinh((double)i / Fine), Math.Cosh((double)i / Fine));
            var distance = scale * Math.Exp(0.5 * Math.PI * sinh);
            sum += f.At(distance) * distance * cosh;
        }
        return sum * 0.5 * Math.PI / Fine;
    }

    /// <summary>∫ f over (0, length), f given the distance from 0.</summary>
    public static double Interval<T>(T f, double length) where T : struct, IIntegrand
    {
        var sum = 0.0;
        for (var i = -4 * Coarse; i <= 4 * Coarse; i++)
        {
            var share = 1 / (1 + Math.Exp(-Math.PI * Math.Sinh((double)i / Coarse)));
            var rest = 1 / (1 + Math.Exp(Math.PI * Math.Sinh((double)i / Coarse)));
            sum += f.At(length * share) * share * rest * Math.Cosh((double)i / Coarse);
        }
        return sum * length * Math.PI / Coarse;
    }
}
