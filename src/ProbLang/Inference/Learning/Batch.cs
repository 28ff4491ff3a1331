namespace ProbLang.Inference;

/// <summary>The rows of a batch with their weights.</summary>
internal sealed class Batch(int size)
{
    private readonly int[] _rows = new int[size];
    private readonly double[] _weights = new double[size];

    public ReadOnlySpan<int> Rows => _rows;

    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>How many of the rows count.</summary>
    public int Count { get; private set; }

    /// <summary>Takes the rows from a place on; what is missing is the first of them again, which is surely a row, with weight 0.</summary>
    public void Fill(ReadOnlySpan<int> rows, int first)
    {
        Count = Math.Min(size, rows.Length - first);
        rows.Slice(first, Count).CopyTo(_rows);
        _rows.AsSpan(Count).Fill(rows[first]);
        _weights.AsSpan(0, Count).Fill(1);
        _weights.AsSpan(Count).Clear();
    }

    /// <summary>Takes one row alone. No other one is there, since 0 times what is not a number is not a number either.</summary>
    public void FillWith(int row) => Fill([row], 0);
}
