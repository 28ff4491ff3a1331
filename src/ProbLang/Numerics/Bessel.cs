namespace ProbLang.Numerics;

/// <summary>The modified Bessel function of the first kind, as the densities on the circle and of differences of counts need it.</summary>
internal static class Bessel
{
    /// <summary>From where asymptotic series are exact to rounding.</summary>
    private const double Large = 30;

    private const int DebyeTerms = 16;

    private static readonly double[][] s_debye = Debye();

    /// <summary>log(e⁻ˣ I₀(x)) for x ≥ 0.</summary>
    public static double LogScaledI0(double x)
    {
        if (!(x >= 0)) return double.NaN;
        return x < Large ? Math.Log(PowerSeries(0, x * x / 4)) - x : Math.Log(Asymptotic(x)) - 0.5 * Math.Log(2 * Math.PI * x);
    }

    /// <summary>1 - I₁(x) / I₀(x) for x ≥ 0, with all its digits where the two are nearly equal.</summary>
    public static double ComplementOfRatio(double x)
    {
        if (!(x >= 0)) return double.NaN;
        if (x < Large) return 1 - x / 2 * PowerSeries(1, x * x / 4) / PowerSeries(0, x * x / 4);
        // The terms of I₁ are those of I₀ times -(2j + 1) / (2j - 1): the leading 1s of the two cancel exactly.
        return Difference(x) / Asymptotic(x);
    }

    /// <summary>
    /// The log probability that the difference of Poisson variables of rates a and b is k: e^(-a-b) (a/b)^(k/2) I_|k|(2√(ab)). For large
    /// arguments by Debye's expansion (Abramowitz and Stegun 9.7.7), whose exponent is a sum of two Poisson deviances and does not cancel.
    /// </summary>
    public static double LogSkellam(double k, double a, double b)
    {
        if (k < 0) (k, a, b) = (-k, b, a);
        if (!(a >= 0 && b >= 0)) return double.NaN;
        if (double.IsInfinity(k)) return double.NegativeInfinity;
        var root = 2 * Math.Sqrt(a) * Math.Sqrt(b);
        var s = double.Hypot(k, root);
        if (s < Large) return (k == 0 ? 0 : k * Math.Log(a)) - a - b - SpecialFunctions.LogGamma(k + 1) + Math.Log(PowerSeries(k, a * b));
        var sum = 0.5 * (s + k);
        var p = k / s;
        return LogPoissonRatio(sum, a) + LogPoissonRatio(a / sum * b, b) - 0.5 * Math.Log(2 * Math.PI * s) + Math.Log(DebyeSeries(p * p, s));
    }

    /// <summary>-(x log(x / rate) - x + rate): a Poisson probability without its square root, relative to that at the rate.</summary>
    private static double LogPoissonRatio(double x, double rate)
    {
        var ratio = rate / x;
        return double.IsFinite(ratio) ? x * Stirling.LogLess(ratio, (rate - x) / x) : -rate;
    }

    /// <summary>Γ(ν+1) I_ν(x) / (x/2)^ν in q = x²/4: Σ qʲ / (j! (ν+1)ⱼ).</summary>
    private static double PowerSeries(double order, double q)
    {
        double term = 1, sum = 1;
        for (var j = 1; term > 1e-17 * sum; j++) sum += term *= q / (j * (order + j));
        return sum;
    }

    /// <summary>√(2πx) e⁻ˣ I₀(x) = Σ ((2j-1)!!)² / (j! (8x)ʲ).</summary>
    private static double Asymptotic(double x)
    {
        double term = 1, sum = 1;
        for (var j = 1; j <= 40 && term > 1e-17; j++) sum += term *= (2 * j - 1.0) * (2 * j - 1) / (8 * x * j);
        return sum;
    }

    private static double Difference(double x)
    {
        double first = 1, sum = 0;
        for (var j = 1; j <= 40 && first > 1e-17 * sum; j++)
        {
            first *= (2 * j - 1.0) * (2 * j - 1) / (8 * x * j);
            sum += first * (1 + (2 * j + 1.0) / (2 * j - 1));
        }
        return sum;
    }

    /// <summary>Σ Uⱼ(p) / νʲ with p = ν / s, written as Σ Vⱼ(p²) / sʲ so that it holds for ν = 0 too.</summary>
    private static double DebyeSeries(double square, double s)
    {
        var sum = 0.0;
        for (var j = DebyeTerms - 1; j >= 0; j--)
        {
            var value = 0.0;
            for (var i = j; i >= 0; i--) value = value * square + s_debye[j][i];
            sum = sum / s + value;
        }
        return sum;
    }

    /// <summary>Uⱼ₊₁ = ½ p² (1 - p²) Uⱼ′ + ⅛ ∫₀ᵖ (1 - 5t²) Uⱼ dt; of Uⱼ only the powers j, j + 2, … 3j are there.</summary>
    private static double[][] Debye()
    {
        var all = new double[DebyeTerms][];
        all[0] = [1];
        for (var j = 0; j + 1 < DebyeTerms; j++)
        {
            all[j + 1] = new double[j + 2];
            for (var i = 0; i <= j; i++)
            {
                var power = j + 2 * i;
                all[j + 1][i] += all[j][i] * (0.5 * power + 0.125 / (power + 1));
                all[j + 1][i + 1] -= all[j][i] * (0.5 * power + 0.625 / (power + 3));
            }
        }
        return all;
    }
}
