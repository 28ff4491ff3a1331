namespace ProbLang.Numerics;

/// <summary>
/// Quadrature whose nodes crowd at the ends double-exponentially (Takahasi and Mori 1974), for positive functions that decay, or are
/// peaked at an end. The functions get the distance from an end, so that nothing near it is lost to rounding.
/// </summary>
internal static class DoubleExponential
{
    // Fine enough for a second scale far from the first, where the map is steep and what it makes of the function is analytic in a narrow strip only.
    private const int Steps = 64;

    private const double Step = 1.0 / Steps;

    /// <summary>∫ f over (0, ∞) for f that decays over distances of about <paramref name="scale"/>.</summary>
    public static double HalfLine(Func<double, double> f, double scale)
    {
        var sum = 0.0;
        for (var i = -4 * Steps; i <= 4 * Steps; i++)
        {
            var (sinh, cosh) = (Math.Sinh(i * Step), Math.Cosh(i * Step));
            var distance = scale * Math.Exp(0.5 * Math.PI * sinh);
            sum += f(distance) * distance * cosh;
        }
        return sum * 0.5 * Math.PI * Step;
    }

    /// <summary>∫ f over (0, length), f given the distance from 0.</summary>
    public static double Interval(Func<double, double> f, double length)
    {
        var sum = 0.0;
        for (var i = -4 * Steps; i <= 4 * Steps; i++)
        {
            var share = 1 / (1 + Math.Exp(-Math.PI * Math.Sinh(i * Step)));
            var rest = 1 / (1 + Math.Exp(Math.PI * Math.Sinh(i * Step)));
            sum += f(length * share) * share * rest * Math.Cosh(i * Step);
        }
        return sum * length * Math.PI * Step;
    }
}
