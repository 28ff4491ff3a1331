namespace ProbLang.Results;

/// <summary>The draws of one chain: a row a draw.</summary>
public sealed class ChainDraws
{
    /// <summary>How many statistics a draw has.</summary>
    public const int StatisticCount = 7;

    private readonly double[] _values;
    private readonly double[] _statistics;

    /// <summary>Takes rows of outputs and rows of statistics, of which the first <paramref name="count"/> are drawn.</summary>
    public ChainDraws(int outputs, int count, double[] values, double[] statistics)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)outputs * count, values.LongLength, nameof(count));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)StatisticCount * count, statistics.LongLength, nameof(count));
        Outputs = outputs;
        Count = count;
        _values = values;
        _statistics = statistics;
    }

    /// <summary>How many outputs a draw has.</summary>
    public int Outputs { get; }

    /// <summary>How many draws.</summary>
    public int Count { get; }

    /// <summary>The outputs of a draw.</summary>
    public ReadOnlySpan<double> Draw(int draw) => _values.AsSpan(draw * Outputs, Outputs);

    /// <summary>The statistics of a draw, in the order of <see cref="Statistic"/>.</summary>
    public ReadOnlySpan<double> Statistics(int draw) => _statistics.AsSpan(draw * StatisticCount, StatisticCount);

    /// <summary>One statistic of a draw.</summary>
    public double this[int draw, Statistic statistic] => _statistics[draw * StatisticCount + (int)statistic];

    /// <summary>The first draws of one output, as many as the column is long.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output.</exception>
    /// <exception cref="ArgumentException">The column is longer than the chain.</exception>
    public void CopyColumn(int output, Span<double> column)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, Outputs);
        if (column.Length > Count) throw new ArgumentException($"The chain has {Count} draws, and {column.Length} are asked for.", nameof(column));
        for (var draw = 0; draw < column.Length; draw++) column[draw] = _values[draw * Outputs + output];
    }
}
