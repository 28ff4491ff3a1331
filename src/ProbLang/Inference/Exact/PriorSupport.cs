using ProbLang.Analysis;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>Which settings of some cells can come about, by the draws and computations that lead to them.</summary>
internal static unsafe class PriorSupport
{
    /// <summary>More entries than this are too much for the question.</summary>
    private const double MostEntries = 1 << 22;

    /// <summary>For each setting of a scope whether it has a probability; null where that is too much to find out.</summary>
    /// <param name="cells">All cells.</param>
    /// <param name="scope">Those that are asked for.</param>
    /// <param name="own">Of a cell, the term that says how it comes about, with its table; those that are not there yet may be anything.</param>
    public static bool[]? Of(FiniteCells cells, int[] scope, IReadOnlyDictionary<int, (FiniteTerm Term, nint Table)> own)
    {
        var (numbers, scopes, tables) = (new Dictionary<int, int>(), new List<int[]>(), new List<nint>());
        var open = new Stack<int>(scope);
        while (open.TryPop(out var number))
        {
            if (!numbers.TryAdd(number, numbers.Count) || !own.TryGetValue(number, out var term)) continue;
            scopes.Add(term.Term.Cells);
            tables.Add(term.Table);
            foreach (var cell in term.Term.Cells) open.Push(cell);
        }
        var count = scope.Aggregate(1.0, (entries, number) => entries * cells[number].Count);
        if (count > MostEntries) return null;
        scopes.Add(scope);
        var sizes = new int[numbers.Count];
        foreach (var (number, place) in numbers) sizes[place] = cells[number].Count;
        var tree = CliqueTree.Of(new FiniteGraph(sizes, [.. scopes.Select(s => Array.ConvertAll(s, number => numbers[number]))]));
        if (tree.Entries > MostEntries) return null;
        double[] nothing = new double[(int)count], probabilities = new double[(int)count], work = new double[tree.Work];
        nint[] addresses = [.. tables, 0];
        fixed (double* zeros = nothing, sums = probabilities, area = work)
        fixed (nint* all = addresses)
        {
            all[tables.Count] = (nint)zeros;
            SumProduct.Collect(tree, (double**)all, area);
            SumProduct.Distribute(tree, area);
            var gradients = new nint[addresses.Length];
            gradients[^1] = (nint)sums;
            fixed (nint* wanted = gradients) SumProduct.AddExpectations(tree, area, (double**)wanted, 1);
        }
        return Array.ConvertAll(probabilities, p => p > 0);
    }
}
