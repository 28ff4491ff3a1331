namespace ProbLang.Results;

/// <summary>R-hat and effective sample size of sequences that are already split (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021).</summary>
internal static class Convergence
{
    /// <summary>√(the variance over all sequences / the variance within them); NaN without variance, infinite when only the means differ.</summary>
    public static double RHat(Autocovariance sequences, int length)
    {
        var within = sequences.MeanVariance;
        // Sequences that do not move have no variance but for the rounding of their means.
        if (within < 1e-24 * sequences.VarianceOfMeans) within = 0;
        return Math.Sqrt((within * (length - 1) / length + sequences.VarianceOfMeans) / within);
    }

    /// <summary>
    /// How many independent draws have the same Monte Carlo error: Geyer's initial monotone sequence of sums of pairs of
    /// autocorrelations, combined over sequences; NaN without variance.
    /// </summary>
    public static double EffectiveSize(Autocovariance sequences, int count, int length)
    {
        if (length < 4) return double.NaN;
        var total = sequences.MeanVariance * (length - 1) / length + sequences.VarianceOfMeans;
        if (!(total > 0) || !double.IsFinite(total)) return double.NaN;
        double Correlation(int lag) => 1 - (sequences.MeanVariance - sequences[lag]) / total;

        var sum = 1 + Correlation(1);
        var previous = sum;
        var lag = 2;
        var even = 0.0;
        for (; lag < length - 3; lag += 2)
        {
            even = Correlation(lag);
            var pair = even + Correlation(lag + 1);
            if (!(pair > 0) || lag >= length - 5) break;
            previous = Math.Min(previous, pair);
            sum += previous;
        }
        // Half of the pair at which the sum was cut off is counted: it improves the estimate for antithetic chains.
        var time = -1 + 2 * sum + Math.Max(0, even);
        var draws = (double)count * length;
        return draws / Math.Max(time, 1 / Math.Log10(draws));
    }
}
