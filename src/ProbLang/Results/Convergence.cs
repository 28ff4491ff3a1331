namespace ProbLang.Results;

/// <summary>R-hat and effective sample size of sequences that are already split (Vehtari, Gelman, Simpson, Carpenter and Bürkner 2021).</summary>
internal static class Convergence
{
    /// <summary>√(the variance over all sequences / the variance within them); NaN without variance, infinite when only the means differ.</summary>
    public static double RHat(Autocovariance sequences, int length)
    {
        var within = sequences.MeanVariance;
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
        for (; lag + 1 < length - 2; lag += 2)
        {
            even = Correlation(lag);
            var pair = even + Correlation(lag + 1);
            if (!(pair > 0)) break;
            previous = Math.Min(previous, pair);
            sum += previous;
            even = 0;
        }
        // The first half of the pair at which the sum was cut off lowers the variance of antithetic chains' estimates.
        var time = -1 + 2 * sum + Math.Max(0, even);
        var draws = (double)count * length;
        return draws / Math.Max(time, 1 / Math.Log10(draws));
    }
}
