namespace ProbLang.Results;

/// <summary>What a single number says of a distribution.</summary>
public sealed record SummaryStatistic
{
    private SummaryStatistic(SummaryStatisticKind kind, double probability = double.NaN) => (Kind, Probability) = (kind, probability);

    /// <summary>The mean; of a truth value the probability that it is true.</summary>
    public static SummaryStatistic Mean { get; } = new(SummaryStatisticKind.Mean);

    /// <summary>The standard deviation, in the unit of the variable.</summary>
    public static SummaryStatistic Sd { get; } = new(SummaryStatisticKind.Sd);

    /// <summary>The quantile of probability 1/2.</summary>
    public static SummaryStatistic Median { get; } = Quantile(0.5);

    /// <summary>The most probable value, which only what is discrete has: of two that are equally probable the lesser, of labels the earlier.</summary>
    public static SummaryStatistic Mode { get; } = new(SummaryStatisticKind.Mode);

    /// <summary>The quantile of a probability; from draws by linear interpolation between order statistics (type 7 of Hyndman and Fan 1996).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The probability is not from 0 to 1.</exception>
    public static SummaryStatistic Quantile(double probability)
    {
        if (!(probability is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability is from 0 to 1.");
        return new SummaryStatistic(SummaryStatisticKind.Quantile, probability);
    }

    /// <summary>Which one it is.</summary>
    internal SummaryStatisticKind Kind { get; }

    /// <summary>Of a quantile its probability; else NaN.</summary>
    internal double Probability { get; }
}

internal enum SummaryStatisticKind { Mean, Sd, Quantile, Mode }
