namespace ProbLang.Numerics;

/// <summary>The most probable assignment, with the plan, tables and work area of <see cref="SumProduct"/>.</summary>
internal static unsafe class MaxProduct
{
    /// <summary>The greatest of Σ tables over all assignments, and an assignment that has it: of equals the same one each time.</summary>
    public static double Maximize(CliqueTree tree, double** tables, double* work, Span<int> states)
    {
        var total = new RunningSum();
        foreach (var constant in tree.Constants) total.Add(*tables[constant]);
        foreach (var clique in tree.Cliques)
        {
            SumProduct.Fill(tree, clique, tables, work);
            for (var row = 0; row < clique.Rows; row++) work[clique.Sums + row] = Row(clique, work, row)[Best(Row(clique, work, row))];
            total.Add(SumProduct.Center(work + clique.Sums, clique.Rows));
        }
        states.Clear();
        for (var c = tree.Cliques.Length - 1; c >= 0; c--)
        {
            var clique = tree.Cliques[c];
            SumProduct.SetColumn(tree, clique, Best(Row(clique, work, SumProduct.RowOf(tree, clique, states))), states);
        }
        return total.Value;
    }

    /// <summary>The first of the greatest; the first that is not a number where one is none.</summary>
    internal static int Best(ReadOnlySpan<double> row)
    {
        var best = 0;
        for (var i = 0; i < row.Length; i++)
        {
            if (double.IsNaN(row[i])) return i;
            if (row[i] > row[best]) best = i;
        }
        return best;
    }

    private static ReadOnlySpan<double> Row(Clique clique, double* work, int row) => new(work + clique.Table + (long)row * clique.Columns, clique.Columns);
}
