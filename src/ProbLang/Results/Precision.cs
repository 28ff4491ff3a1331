namespace ProbLang.Results;

/// <summary>How well draws know a distribution.</summary>
/// <param name="Mean">The standard error of the mean, in standard deviations.</param>
/// <param name="Sd">The standard error of the logarithm of the standard deviation.</param>
internal readonly record struct Precision(double Mean, double Sd)
{
    /// <summary>Of what does not rest on draws.</summary>
    public static Precision Perfect => default;

    /// <summary>Of so many independent draws of something about normal.</summary>
    public static Precision OfNormal(double draws) => new(1 / Math.Sqrt(draws), Math.Sqrt(0.5 / draws));

    /// <summary>Of draws with the effective sizes that a row says: the variance of a sample variance is (kurtosis - 1) / n of its square.</summary>
    public static Precision Of(SummaryRow row, ReadOnlySpan<double> column)
    {
        var size = Math.Min(row.EssBulk, row.EssTail);
        if (!double.IsFinite(size) || !(row.Sd > 0) || !double.IsFinite(row.Sd)) return Perfect;
        double fourth = 0, count = 0;
        foreach (var value in column)
        {
            if (double.IsNaN(value)) continue;
            fourth += Math.Pow((value - row.Mean) / row.Sd, 4);
            count++;
        }
        return new Precision(Math.Max(row.Mcse / row.Sd, 1 / Math.Sqrt(row.EssBulk)), Math.Sqrt(Math.Max(0, fourth / count - 1) / (4 * size)));
    }
}
