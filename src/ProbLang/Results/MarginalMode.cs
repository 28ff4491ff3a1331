namespace ProbLang.Results;

/// <summary>The most probable value of a discrete distribution.</summary>
internal static class MarginalMode
{
    /// <summary>The probability of what is not looked at, and the most values that are.</summary>
    private const double Tail = 1e-12;
    private const double Most = 1e6;

    /// <summary>Probabilities that differ by no more than rounding are equal, and the least value counts.</summary>
    private const double Slack = 1e-13;

    /// <summary>Null where there are too many values to look at.</summary>
    public static double? Of(Marginal marginal)
    {
        if (marginal is PointMarginal point) return point.Value;
        if (marginal.Probabilities is { IsEmpty: false } listed)
        {
            var most = listed.Max(v => v.Probability);
            return listed.First(v => v.Probability >= most * (1 - Slack)).Value;
        }
        var (lower, upper) = (marginal.Quantile(Tail), marginal.Quantile(1 - Tail));
        if (!(upper - lower < Most)) return null;
        var (mode, greatest, below) = (lower, 0.0, marginal.Cdf(lower - 1));
        for (var value = lower; value <= upper; value++)
        {
            var upTo = marginal.Cdf(value);
            if (upTo - below > greatest * (1 + Slack)) (mode, greatest) = (value, upTo - below);
            below = upTo;
        }
        return mode;
    }
}
