using ProbLang.Distributions;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Draws of some numbers, chain after chain; NaN where a draw does not count.</summary>
internal sealed class DrawnColumns(int chains, int count, double[][] columns)
{
    private readonly ColumnSummary _summary = new(chains, count, new NormalScores(ColumnSummary.SplitCount(chains, count)));

    public double[] this[int column] => columns[column];

    public SummaryRow Summarize(double[] values, bool isDiscrete)
    {
        values.CopyTo(_summary.Values);
        var row = _summary.SummarizeWhereHeld("", isDiscrete);
        // Too few for their autocorrelation to show have the error of draws without any.
        return double.IsNaN(row.Mcse) && row.Sd > 0 && double.IsFinite(row.Sd) ? row with { Mcse = row.Sd / Math.Sqrt(row.Holds!.Value.Draws) } : row;
    }

    /// <summary>The Monte Carlo error of the variance, which is the mean of squared distances from the mean.</summary>
    public double ErrorOfVariance(int column, double mean) => Summarize(Array.ConvertAll(columns[column], v => (v - mean) * (v - mean)), isDiscrete: false).Mcse;

    /// <summary>A quantile, and half the width of the interval from one standard error below its rank to one above (Vehtari et al. 2021).</summary>
    public (double Value, double Error) Quantile(int column, double level)
    {
        var sorted = Array.FindAll(columns[column], v => !double.IsNaN(v));
        Array.Sort(sorted);
        if (sorted.Length == 0) return (double.NaN, double.NaN);
        var value = At(level);
        var rank = Summarize(Array.ConvertAll(columns[column], v => double.IsNaN(v) ? v : v <= value ? 1.0 : 0), isDiscrete: false);
        if (!(rank.Mcse > 0)) return (value, double.NaN);
        var size = rank.Sd * rank.Sd / (rank.Mcse * rank.Mcse);
        double[] shape = [level * size + 1, (1 - level) * size + 1];
        return (value, (At(Beta.Quantile(0, 0.841344746068543, shape)) - At(Beta.Quantile(0, 0.158655253931457, shape))) / 2);

        double At(double probability)
        {
            var position = probability * (sorted.Length - 1);
            var below = Math.Min((int)position, sorted.Length - 1);
            return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (position - below) * (sorted[below + 1] - sorted[below]);
        }
    }

    private static readonly ScalarDistribution Beta = (ScalarDistribution)DistributionCatalog.Find("Beta")!;
}
