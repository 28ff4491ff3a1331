namespace ProbLang.Results;

/// <summary>How heavy the tail of importance ratios is, or of anything above 0, which tells whether averages of draws stand for means (Vehtari, Simpson, Gelman, Yao and Gabry 2024).</summary>
internal static class ParetoShape
{
    /// <summary>Above it, averages of the draws are not to be trusted, weighted or not.</summary>
    public const double Most = 0.7;

    private const int Least = 5;

    /// <summary>The shape of a generalized Pareto distribution fitted to the largest ratios, given as logarithms; 0 where they are all alike, infinite where some are not finite.</summary>
    public static double Of(ReadOnlySpan<double> logRatios)
    {
        var sorted = logRatios.ToArray();
        if (Array.Exists(sorted, r => double.IsNaN(r) || double.IsPositiveInfinity(r))) return double.PositiveInfinity;
        Array.Sort(sorted);
        var tail = (int)Math.Min(0.2 * sorted.Length, 3 * Math.Sqrt(sorted.Length));
        if (tail < Least || sorted[^1] - sorted[0] < 1e-8) return 0;
        var cut = Math.Exp(sorted[^(tail + 1)] - sorted[^1]);
        double[] over = [.. sorted[^tail..].Select(r => Math.Exp(r - sorted[^1]) - cut)];
        return over[0] <= 0 || over[^1] - over[0] <= 1e-15 * over[^1] ? 0 : Fit(over);
    }

    /// <summary>A posterior mean over the scale on a grid (Zhang and Stephens 2009), drawn towards a half by as much as ten points.</summary>
    private static double Fit(double[] x)
    {
        var n = x.Length;
        var grid = 30 + (int)Math.Sqrt(n);
        double[] scale = new double[grid], logLikelihood = new double[grid];
        var quartile = x[(int)(n / 4.0 + 0.5) - 1];
        for (var i = 0; i < grid; i++)
        {
            scale[i] = 1 / x[^1] + (1 - Math.Sqrt(grid / (i + 0.5))) / (3 * quartile);
            var shape = Shape(x, scale[i]);
            logLikelihood[i] = n * (Math.Log(-scale[i] / shape) - shape - 1);
        }
        var mean = 0.0;
        for (var i = 0; i < grid; i++)
        {
            var weight = 0.0;
            foreach (var other in logLikelihood) weight += Math.Exp(other - logLikelihood[i]);
            mean += scale[i] / weight;
        }
        return (Shape(x, mean) * n + 5) / (n + 10);
    }

    private static double Shape(double[] x, double scale)
    {
        var sum = 0.0;
        foreach (var v in x) sum += Math.Log(1 - scale * v);
        return sum / x.Length;
    }
}
