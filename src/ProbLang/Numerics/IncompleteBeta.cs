namespace ProbLang.Numerics;

/// <summary>
/// The regularised incomplete beta function and its complement in logarithms with derivatives: the continued fraction of Didonato and
/// Morris (ACM TOMS 18, 1992, equation 9) on the side of the mean where it converges fast, differentiated in a and b term by term.
/// </summary>
internal static class IncompleteBeta
{
    /// <summary>log I(x; a, b) with its derivatives in a and b.</summary>
    public static Dual LogI(double a, double b, double x) => LogI(a, b, x, 1 - x);

    /// <summary>log(1 - I(x; a, b)) with its derivatives in a and b.</summary>
    public static Dual LogComplement(double a, double b, double x) => Swap(LogI(b, a, 1 - x, x));

    /// <summary>log of the density xᵃ⁻¹ (1-x)ᵇ⁻¹ / B(a, b).</summary>
    public static double LogDensity(double a, double b, double x) => LogFactor(a, b, x, 1 - x) - Math.Log(x) - SpecialFunctions.Log1p(-x);

    private static Dual LogI(double a, double b, double x, double y)
    {
        if (!(a > 0 && b > 0) || double.IsInfinity(a) || double.IsInfinity(b) || double.IsNaN(x)) return new(double.NaN, double.NaN, double.NaN);
        if (x <= 0) return double.NegativeInfinity;
        if (y <= 0) return 0;
        return x * (b + 1) <= y * (a + 1) ? LogFraction(a, b, x, y) : Dual.LogComplement(Swap(LogFraction(b, a, y, x)));
    }

    private static Dual Swap(Dual x) => new(x.Value, x.B, x.A);

    /// <summary>I = xᵃ yᵇ / B(a, b) / (β₀ + α₁ / (β₁ + α₂ / …)), by Lentz's method.</summary>
    private static Dual LogFraction(double a, double b, double x, double y)
    {
        Dual da = new(a, 1), db = new(b, 0, 1);
        var lambda = new Dual(a * y - b * x, y, -x);
        var beta = da * (lambda + 1) / (da + 1);
        Dual c = beta, d = 0;
        var h = Dual.Log(beta);
        for (var n = 1; ; n++)
        {
            var two = da + 2 * n;
            var alpha = (da + (n - 1)) * (da + db + (n - 1)) * (db - n) * (n * x * x) / ((two - 1) * (two - 1));
            beta = n + n * (db - n) * x / (two - 1) + (da + n) * (lambda + 1 + n * (1 + y)) / (two + 1);
            d = 1 / (alpha * d + beta);
            c = beta + alpha / c;
            var step = Dual.Log(c * d);
            h += step;
            if (Math.Abs(step.Value) <= 2.3e-16
                && Math.Abs(step.A) <= 2.3e-16 * Math.Max(1e-3, Math.Abs(h.A))
                && Math.Abs(step.B) <= 2.3e-16 * Math.Max(1e-3, Math.Abs(h.B))) break;
        }
        var sum = SpecialFunctions.Digamma(a + b);
        var slopeA = (x < y ? Math.Log(x) : SpecialFunctions.Log1p(-y)) - SpecialFunctions.Digamma(a) + sum;
        var slopeB = (y < x ? Math.Log(y) : SpecialFunctions.Log1p(-x)) - SpecialFunctions.Digamma(b) + sum;
        return new Dual(LogFactor(a, b, x, y), slopeA, slopeB) - h;
    }

    /// <summary>log(xᵃ yᵇ / B(a, b)) with y = 1 - x, without cancellation where a and b are large.</summary>
    private static double LogFactor(double a, double b, double x, double y)
    {
        if (Math.Min(a, b) < Stirling.Least)
        {
            var powers = a * (x < y ? Math.Log(x) : SpecialFunctions.Log1p(-y)) + b * (y < x ? Math.Log(y) : SpecialFunctions.Log1p(-x));
            return powers + Stirling.LogRisingFactorial(Math.Max(a, b), Math.Min(a, b)) - SpecialFunctions.LogGamma(Math.Min(a, b));
        }
        // Relative to the mean a / (a + b) the linear terms of the two logarithms cancel exactly.
        var excess = x * b - y * a;
        var deviance = a * Stirling.LogLess(x * ((a + b) / a), excess / a) + b * Stirling.LogLess(y * ((a + b) / b), -excess / b);
        var rest = Stirling.Rest(a + b) - Stirling.Rest(a) - Stirling.Rest(b);
        return deviance + 0.5 * Math.Log(a / (a + b) * b / (2 * Math.PI)) + rest;
    }
}
