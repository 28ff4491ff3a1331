using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>
/// Sums over all assignments of finite variables, by a plan. Tables are logarithms, -infinity for what is impossible, and are given by
/// address, one for each scope; several scopes may share one. The work area has <see cref="CliqueTree.Work"/> doubles. Nothing is allocated.
/// </summary>
/// <remarks>
/// Within a clique tables are added as logarithms, each row around its own greatest entry, so that no scale is lost. What is left behind of a
/// clique is the probability of each column given its row, which gives marginals and draws without a division.
/// </remarks>
internal static unsafe class SumProduct
{
    private const int LogSum = 0, HasJoint = 1;

    /// <summary>Between cliques the computation may end after so many entries.</summary>
    private const int Large = 1 << 14;

    /// <summary>log Σ exp(Σ tables) over all assignments.</summary>
    public static double Collect(CliqueTree tree, double** tables, double* work)
    {
        var total = new RunningSum();
        foreach (var constant in tree.Constants) total.Add(*tables[constant]);
        var entries = 0L;
        foreach (var clique in tree.Cliques)
        {
            Look(clique, ref entries);
            Fill(tree, clique, tables, work);
            LogRows.Normalize(work + clique.Table, clique.Rows, clique.Columns, work + clique.Sums);
            total.Add(Center(work + clique.Sums, clique.Rows));
        }
        work[HasJoint] = 0;
        return work[LogSum] = total.Value;
    }

    /// <summary>After <see cref="Collect"/>: the joint probabilities of each clique, from the roots down. A second time it does nothing.</summary>
    public static void Distribute(CliqueTree tree, double* work)
    {
        if (work[HasJoint] != 0) return;
        work[HasJoint] = 1;
        var entries = 0L;
        for (var c = tree.Cliques.Length - 1; c >= 0; c--)
        {
            var clique = tree.Cliques[c];
            Look(clique, ref entries);
            var table = work + clique.Table;
            if (clique.Parent >= 0)
            {
                var left = Large;
                for (var row = 0; row < clique.Rows; row++)
                {
                    if ((left -= clique.Columns) < 0)
                    {
                        Budget.Current.Check();
                        left = Large;
                    }
                    LogRows.Scale(table + (long)row * clique.Columns, clique.Columns, work[clique.Sums + row]);
                }
            }
            foreach (var (child, place) in clique.Children)
            {
                var probabilities = work + tree.Cliques[child].Sums;
                new Span<double>(probabilities, tree.Cliques[child].Rows).Clear();
                place.AddFrom(table, 1, probabilities);
            }
        }
    }

    /// <summary>After <see cref="Distribute"/>: the probability of each state of a variable; zeros where nothing is possible.</summary>
    public static void Marginal(CliqueTree tree, double* work, int variable, Span<double> probabilities)
    {
        probabilities.Clear();
        if (IsBeyond(work, out var instead)) probabilities.Fill(instead);
        else if (tree.CliqueOf[variable] < 0) probabilities[0] = 1;
        else Marginal(tree, tree.Cliques[tree.CliqueOf[variable]], work, variable, probabilities);
    }

    /// <summary>
    /// After <see cref="Distribute"/>: adds to each gradient a seed times the probability of each entry's assignment, which is the derivative of
    /// the log sum by that entry; nothing where no assignment is possible. A gradient that is not wanted is null.
    /// </summary>
    public static void AddExpectations(CliqueTree tree, double* work, double** gradients, double seed)
    {
        var isBeyond = IsBeyond(work, out var instead);
        if (isBeyond && instead == 0) return;
        foreach (var constant in tree.Constants)
            if (gradients[constant] != null) *gradients[constant] += isBeyond ? instead : seed;
        foreach (var clique in tree.Cliques)
            foreach (var (factor, place) in clique.Factors)
                if (gradients[factor] != null) place.AddFrom(work + clique.Table, isBeyond ? instead : seed, gradients[factor]);
    }

    /// <summary>After <see cref="Collect"/>: one assignment, drawn with its probability.</summary>
    /// <exception cref="InvalidOperationException">No assignment is possible.</exception>
    public static void Sample(CliqueTree tree, double* work, ref Philox random, Span<int> states)
    {
        if (!double.IsFinite(work[LogSum])) throw new InvalidOperationException($"there is nothing to draw from: the log sum is {work[LogSum]}");
        states.Clear();
        for (var c = tree.Cliques.Length - 1; c >= 0; c--)
        {
            var clique = tree.Cliques[c];
            var row = new ReadOnlySpan<double>(work + clique.Table + (long)RowOf(tree, clique, states) * clique.Columns, clique.Columns);
            SetColumn(tree, clique, Draw(row, ref random), states);
        }
    }

    private static void Look(Clique clique, ref long entries)
    {
        if ((entries += (long)clique.Rows * clique.Columns) <= Large) return;
        entries = 0;
        Budget.Current.Check();
    }

    /// <summary>The clique's table as the sum of what is multiplied in it.</summary>
    internal static void Fill(CliqueTree tree, Clique clique, double** tables, double* work)
    {
        var table = work + clique.Table;
        var isFirst = true;
        foreach (var (factor, place) in clique.Factors)
        {
            place.AddTo(table, tables[factor], isFirst);
            isFirst = false;
        }
        foreach (var (child, place) in clique.Children)
        {
            place.AddTo(table, work + tree.Cliques[child].Sums, isFirst);
            isFirst = false;
        }
        if (isFirst) new Span<double>(table, clique.Rows * clique.Columns).Clear();
    }

    /// <summary>Takes the greatest of the sums off all of them and returns it, so that numbers stay small however many cliques there are.</summary>
    internal static double Center(double* sums, int rows)
    {
        var greatest = double.NegativeInfinity;
        for (var r = 0; r < rows; r++) greatest = Math.Max(greatest, sums[r]);
        if (double.IsFinite(greatest)) LogRows.Subtract(sums, rows, greatest);
        return greatest;
    }

    /// <summary>The row of a clique that the states of what it shares with its parent choose.</summary>
    internal static int RowOf(CliqueTree tree, Clique clique, Span<int> states)
    {
        var row = 0;
        foreach (var variable in clique.Variables.AsSpan(0, clique.Shared)) row = row * tree.Graph.Sizes[variable] + states[variable];
        return row;
    }

    /// <summary>Gives the variables that a clique sums out the states of a column.</summary>
    internal static void SetColumn(CliqueTree tree, Clique clique, int column, Span<int> states)
    {
        for (var d = clique.Variables.Length - 1; d >= clique.Shared; d--)
        {
            var variable = clique.Variables[d];
            (column, states[variable]) = Math.DivRem(column, tree.Graph.Sizes[variable]);
        }
    }

    /// <summary>An index with a probability proportional to its weight.</summary>
    internal static int Draw(ReadOnlySpan<double> weights, ref Philox random)
    {
        var total = 0.0;
        foreach (var weight in weights) total += weight;
        var left = random.NextDouble() * total;
        var last = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (weights[i] <= 0) continue;
            last = i;
            left -= weights[i];
            if (left < 0) break;
        }
        return last;
    }

    private static void Marginal(CliqueTree tree, Clique clique, double* work, int variable, Span<double> probabilities)
    {
        var inner = 1;
        for (var d = clique.Variables.Length - 1; clique.Variables[d] != variable; d--) inner *= tree.Graph.Sizes[clique.Variables[d]];
        var entries = (long)clique.Rows * clique.Columns;
        var table = work + clique.Table;
        var left = Large;
        for (long block = 0; block < entries; block += inner * probabilities.Length)
        {
            if ((left -= inner * probabilities.Length) < 0)
            {
                Budget.Current.Check();
                left = Large;
            }
            for (var state = 0; state < probabilities.Length; state++)
                for (var i = 0; i < inner; i++) probabilities[state] += *table++;
        }
    }

    /// <summary>Whether there are no probabilities, and what stands for them: 0 where nothing is possible, else no number.</summary>
    private static bool IsBeyond(double* work, out double instead)
    {
        instead = double.IsNegativeInfinity(work[LogSum]) ? 0 : double.NaN;
        return !double.IsFinite(work[LogSum]);
    }
}
