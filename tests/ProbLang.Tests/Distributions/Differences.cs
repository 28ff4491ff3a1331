namespace ProbLang.Tests.Distributions;

/// <summary>Derivatives of a function by its values alone.</summary>
internal static class Differences
{
    /// <summary>Central differences of shrinking step, extrapolated to step 0; the entry that the next one confirms best is taken (Ridders 1982).</summary>
    public static double Slope(Func<double, double> f, double x, double step)
    {
        const int Steps = 12;
        var table = new double[Steps, Steps];
        var (best, error) = (double.NaN, double.PositiveInfinity);
        for (var i = 0; i < Steps; i++, step /= 1.6)
        {
            table[i, 0] = (f(x + step) - f(x - step)) / (2 * step);
            var factor = 1.6 * 1.6;
            for (var j = 1; j <= i; j++, factor *= 1.6 * 1.6)
            {
                table[i, j] = (factor * table[i, j - 1] - table[i - 1, j - 1]) / (factor - 1);
                var disagreement = Math.Max(Math.Abs(table[i, j] - table[i, j - 1]), Math.Abs(table[i, j] - table[i - 1, j - 1]));
                if (disagreement <= error) (best, error) = (table[i, j], disagreement);
            }
        }
        return best;
    }
}
