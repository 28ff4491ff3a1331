namespace ProbLang.Inference;

/// <summary>
/// Whether a covariance is far enough from diagonal that a dense metric pays: the condition number of the correlation
/// matrix, whose root is the factor by which correlation lengthens trajectories, against what noise alone would make it.
/// </summary>
internal static class Conditioning
{
    private const int Iterations = 50;
    private const double Least = 10;
    private const double Margin = 3;

    public static bool IsClearlyCorrelated(ReadOnlySpan<double> covariance, int n, int draws)
    {
        var correlation = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                correlation[i * n + j] = covariance[i * n + j] / Math.Sqrt(covariance[i * n + i] * covariance[j * n + j]);
            }
        }
        return ConditionNumber(correlation, n) > Math.Max(Least, Margin * OfNoise(n, draws));
    }

    /// <summary>The ratio of the extreme eigenvalues of a symmetric matrix (by power and inverse iteration, so from below); infinite when it is not positive definite.</summary>
    public static double ConditionNumber(ReadOnlySpan<double> matrix, int n)
    {
        var cholesky = matrix.ToArray();
        if (!Cholesky.TryFactor(cholesky, n)) return double.PositiveInfinity;
        double[] large = new double[n], small = new double[n], product = new double[n];
        double largest = 1, smallest = 1;
        for (var i = 0; i < n; i++) large[i] = small[i] = 1 + 0.5 * Math.Sin(i + 1);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            for (var i = 0; i < n; i++)
            {
                product[i] = 0;
                for (var j = 0; j < n; j++) product[i] += matrix[i * n + j] * large[j];
            }
            (large, product) = (product, large);
            largest = Normalize(large);
            Cholesky.Solve(cholesky, small, n);
            Cholesky.SolveTransposed(cholesky, small, n);
            smallest = 1 / Normalize(small);
        }
        return largest / smallest;
    }

    /// <summary>
    /// The condition number of the sample correlation of uncorrelated coordinates (Marchenko and Pastur 1967), taking two draws
    /// for an independent one.
    /// </summary>
    private static double OfNoise(int n, int draws)
    {
        var root = Math.Sqrt(Math.Min(0.9, 2.0 * n / draws));
        var ratio = (1 + root) / (1 - root);
        return ratio * ratio;
    }

    private static double Normalize(Span<double> x)
    {
        var norm = 0.0;
        foreach (var value in x) norm += value * value;
        norm = Math.Sqrt(norm);
        for (var i = 0; i < x.Length; i++) x[i] /= norm;
        return norm;
    }
}
