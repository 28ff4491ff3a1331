namespace ProbLang.InferNet.Tests;

/// <summary>Posterior moments of one or two unknowns by summing over a fine grid.</summary>
internal static class Reference
{
    public static double NormalDensity(double x, double mean, double variance) => Math.Exp(-(x - mean) * (x - mean) / (2 * variance)) / Math.Sqrt(2 * Math.PI * variance);

    /// <summary>The mean and the variance under an unnormalised density, and its integral.</summary>
    public static (double Mean, double Variance, double Total) Moments(Func<double, double> density, double from, double to)
    {
        const int Steps = 200_000;
        var (total, first, second) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Steps; i++)
        {
            var x = from + (i + 0.5) * (to - from) / Steps;
            var weight = density(x);
            total += weight;
            first += weight * x;
            second += weight * x * x;
        }
        return (first / total, second / total - first / total * (first / total), total * (to - from) / Steps);
    }

    /// <summary>The mean and the variance of the first of two.</summary>
    public static (double Mean, double Variance) MomentsOfFirst(Func<double, double, double> density, (double From, double To) first, (double From, double To) second)
    {
        const int Steps = 2000;
        var (total, mean, square) = (0.0, 0.0, 0.0);
        for (var i = 0; i < Steps; i++)
        {
            var x = first.From + (i + 0.5) * (first.To - first.From) / Steps;
            for (var j = 0; j < Steps; j++)
            {
                var weight = density(x, second.From + (j + 0.5) * (second.To - second.From) / Steps);
                total += weight;
                mean += weight * x;
                square += weight * x * x;
            }
        }
        return (mean / total, square / total - mean / total * (mean / total));
    }
}
