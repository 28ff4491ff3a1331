namespace ProbLang.Numerics;

/// <summary>
/// The regularised incomplete gamma functions in logarithms with derivatives: the power series of P below x = a + 1, Legendre's
/// continued fraction of Q above (Gautschi, ACM TOMS 5, 1979), both differentiated in a term by term. The work grows as √a.
/// </summary>
internal static class IncompleteGamma
{
    /// <summary>log P(a, x) with its derivative in a.</summary>
    public static Dual LogP(double a, double x)
    {
        if (!IsInside(a, x)) return Outside(a, x, below: double.NegativeInfinity, above: 0);
        return UsesSeries(a, x) ? LogSeries(a, x) : Dual.LogComplement(LogFraction(a, x));
    }

    /// <summary>log Q(a, x), Q = 1 - P, with its derivative in a.</summary>
    public static Dual LogQ(double a, double x)
    {
        if (!IsInside(a, x)) return Outside(a, x, below: 0, above: double.NegativeInfinity);
        if (!UsesSeries(a, x)) return LogFraction(a, x);
        return a < 0.5 ? LogSmallComplement(a, x) : Dual.LogComplement(LogSeries(a, x));
    }

    /// <summary>log of the density xᵃ⁻¹ e⁻ˣ / Γ(a).</summary>
    public static double LogDensity(double a, double x) => LogFactor(a, x) + Math.Log(a / x);

    private static bool IsInside(double a, double x) => a > 0 && x > 0 && double.IsFinite(a) && double.IsFinite(x);

    private static Dual Outside(double a, double x, double below, double above)
    {
        if (!(a > 0) || double.IsNaN(x) || double.IsInfinity(a)) return new(double.NaN, double.NaN);
        return x > 0 ? above : below;
    }

    private static bool UsesSeries(double a, double x) => a < 1 ? x < 1 : x < a + 1;

    /// <summary>log P from P = xᵃ e⁻ˣ / Γ(a+1) Σ xⁿ / ((a+1)…(a+n)).</summary>
    private static Dual LogSeries(double a, double x)
    {
        Dual term = 1, sum = 1;
        for (var n = 1; ; n++)
        {
            term *= x / new Dual(a + n, 1);
            sum += term;
            if (term.IsNegligibleIn(sum)) break;
        }
        return new Dual(LogFactor(a, x), Math.Log(x) - SpecialFunctions.Digamma(a + 1)) + Dual.Log(sum);
    }

    /// <summary>log Q from Q = xᵃ e⁻ˣ / Γ(a) · 1 / (x+1-a - 1(1-a) / (x+3-a - …)), by Lentz's method.</summary>
    private static Dual LogFraction(double a, double x)
    {
        var b = new Dual(x + 1 - a, -1);
        Dual c = 1e300, d = 1 / b;
        var h = Dual.Log(d);
        for (var i = 1; ; i++)
        {
            var numerator = new Dual(i * (a - i), i);
            b += 2;
            d = 1 / (numerator * d + b);
            c = b + numerator / c;
            var step = Dual.Log(c * d);
            h += step;
            if (Math.Abs(step.Value) <= 2.3e-16 && Math.Abs(step.A) <= 2.3e-16 * Math.Max(1e-3, Math.Abs(h.A))) break;
        }
        return new Dual(LogFactor(a, x) + Math.Log(a), Math.Log(x) - SpecialFunctions.Digamma(a)) + h;
    }

    /// <summary>log Q for small a and x, where P is nearly 1: Q = 1 - f - f a Σₙ₌₁ (-x)ⁿ / ((a+n) n!) with f = xᵃ / Γ(a+1).</summary>
    private static Dual LogSmallComplement(double a, double x)
    {
        var logF = new Dual(a * Math.Log(x) - LogGammaOfOnePlus(a), Math.Log(x) - SpecialFunctions.Digamma(a + 1));
        var power = 1.0;
        Dual sum = 0;
        for (var n = 1; ; n++)
        {
            power *= -x / n;
            var term = power / new Dual(a + n, 1);
            sum += term;
            if (term.IsNegligibleIn(sum)) break;
        }
        var f = Math.Exp(logF.Value);
        var oneLessF = new Dual(-SpecialFunctions.Expm1(logF.Value), -f * logF.A);
        return Dual.Log(oneLessF - new Dual(f, f * logF.A) * new Dual(a, 1) * sum);
    }

    /// <summary>log(xᵃ e⁻ˣ / Γ(a+1)), without cancellation where a is large.</summary>
    private static double LogFactor(double a, double x)
    {
        if (a < Stirling.Least) return a * Math.Log(x) - x - (a < 0.5 ? LogGammaOfOnePlus(a) : SpecialFunctions.LogGamma(a + 1));
        return a * Stirling.LogLess(x / a, (x - a) / a) - 0.5 * Math.Log(2 * Math.PI * a) - Stirling.Rest(a);
    }

    /// <summary>log Γ(1 + a) with all its digits for tiny a.</summary>
    private static double LogGammaOfOnePlus(double a) => Stirling.LogGammaNearTwo(a) - SpecialFunctions.Log1p(a);
}
