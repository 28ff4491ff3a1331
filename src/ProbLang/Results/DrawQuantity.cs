namespace ProbLang.Results;

/// <summary>What draws say of one element, beyond its row of the summary.</summary>
internal static class DrawQuantity
{
    /// <summary>The draws in which the element is there, chain after chain.</summary>
    public static double[] Held(Draws draws, int output)
    {
        var column = new double[draws.Complete.Length * draws.Count];
        draws.CopyColumn(output, column);
        return Array.Exists(column, double.IsNaN) ? Array.FindAll(column, v => !double.IsNaN(v)) : column;
    }

    public static double Quantile(Draws draws, int output, double probability)
    {
        var held = Held(draws, output);
        if (held.Length == 0) return double.NaN;
        Array.Sort(held);
        return ColumnSummary.Quantile(held, probability);
    }

    /// <summary>The most frequent value; of several the least.</summary>
    public static double Mode(Draws draws, int output)
    {
        var held = Held(draws, output);
        Array.Sort(held);
        var (mode, most) = (double.NaN, 0);
        for (int start = 0, end; start < held.Length; start = end)
        {
            end = start + 1;
            while (end < held.Length && held[end] == held[start]) end++;
            if (end - start > most) (mode, most) = (held[start], end - start);
        }
        return mode;
    }

    /// <summary>The fraction of the draws in which the element is there and has such a value.</summary>
    public static double Probability(Draws draws, int output, Func<double, bool> holds)
    {
        var held = Held(draws, output);
        return held.Count(holds) / (double)(draws.Complete.Length * draws.Count);
    }
}
