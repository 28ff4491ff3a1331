namespace ProbLang.Inference;

/// <summary>Learns a metric from the draws of a window.</summary>
internal static class MetricEstimator
{
    /// <summary>Draws that the regularising value counts for.</summary>
    private const double PriorDraws = 5;

    /// <summary>Above this dimension <see cref="MetricKind.Auto"/> stays diagonal: a dense product would cost more than most densities.</summary>
    private const int MaxAutoDimension = 100;

    /// <summary>
    /// Sets the metric to the regularised sample covariance of the window. It is drawn towards the inverse mean squared
    /// gradient, which for a Gaussian is the conditional variance: unlike a constant it has the scale of the coordinate.
    /// </summary>
    public static void Update(Metric metric, WindowDraws window, MetricKind kind)
    {
        var n = window.Dimension;
        if (window.Count < 3) return;
        double[] mean = new double[n], variance = new double[n], floor = new double[n];
        window.Moments(mean, variance);
        window.Information(floor);
        for (var i = 0; i < n; i++)
        {
            // A coordinate that did not move, or whose gradient vanishes, tells its scale by the other of the two.
            var conditional = 1 / floor[i];
            var usable = variance[i] > 0 && double.IsFinite(variance[i]);
            floor[i] = conditional > 0 && double.IsFinite(conditional) ? conditional : usable ? variance[i] : 1;
            if (!usable) variance[i] = floor[i];
        }
        var weight = window.Count / (window.Count + PriorDraws);
        if (kind != MetricKind.Diagonal && TrySetDense(metric, window, kind, mean, floor, weight)) return;
        for (var i = 0; i < n; i++) variance[i] = weight * variance[i] + (1 - weight) * floor[i];
        metric.SetDiagonal(variance);
    }

    private static bool TrySetDense(Metric metric, WindowDraws window, MetricKind kind, double[] mean, double[] floor, double weight)
    {
        var n = window.Dimension;
        if (kind == MetricKind.Auto && (n < 2 || n > MaxAutoDimension || window.Count < 4 * n)) return false;
        var covariance = window.Covariance(mean);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) covariance[i * n + j] *= weight;
            covariance[i * n + i] += (1 - weight) * floor[i];
        }
        return (kind == MetricKind.Dense || Conditioning.IsClearlyCorrelated(covariance, n, window.Count)) && metric.TrySetDense(covariance);
    }
}
