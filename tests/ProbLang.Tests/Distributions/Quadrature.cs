namespace ProbLang.Tests.Distributions;

/// <summary>
/// Double-exponential quadrature (Takahasi and Mori 1974): exact to near rounding for smooth integrands, singular or
/// heavy-tailed ends included. The step is halved until two results agree.
/// </summary>
internal static class Quadrature
{
    /// <summary>∫ f over (a, b); an end may be infinite, and then <paramref name="scale"/> says how far the other end's neighbourhood reaches.</summary>
    public static double Integrate(Func<double, double> f, double a, double b, double scale)
    {
        if (double.IsInfinity(a) && double.IsInfinity(b)) return Integrate(f, a, 0, scale) + Integrate(f, 0, b, scale);
        if (double.IsInfinity(a)) return Integrate(x => f(-x), -b, double.PositiveInfinity, scale);
        Func<double, double> term = double.IsInfinity(b) ? t => HalfLine(f, a, scale, t) : t => Interval(f, a, b, t);
        var last = double.NaN;
        for (var step = 1.0 / 16; step > 1.0 / 1024; step /= 2)
        {
            var sum = 0.0;
            for (var i = -(int)(6 / step); i <= (int)(6 / step); i++) sum += term(i * step);
            sum *= step;
            if (Math.Abs(sum - last) <= 1e-12 * Math.Abs(sum)) return sum;
            last = sum;
        }
        return last;
    }

    private static double HalfLine(Func<double, double> f, double a, double scale, double t)
    {
        var distance = scale * Math.Exp(Math.PI / 2 * Math.Sinh(t));
        return Weighted(f, a + distance, distance * Math.PI / 2 * Math.Cosh(t));
    }

    private static double Interval(Func<double, double> f, double a, double b, double t)
    {
        var share = 1 / (1 + Math.Exp(Math.PI * Math.Sinh(Math.Abs(t))));
        var x = t < 0 ? a + (b - a) * share : b - (b - a) * share;
        return Weighted(f, x, (b - a) * Math.PI * Math.Cosh(t) * share * (1 - share));
    }

    /// <summary>A node that rounding has moved onto a singular end carries no weight worth counting.</summary>
    private static double Weighted(Func<double, double> f, double x, double weight)
    {
        if (weight == 0 || !double.IsFinite(weight)) return 0;
        var value = f(x) * weight;
        return double.IsFinite(value) ? value : 0;
    }
}
