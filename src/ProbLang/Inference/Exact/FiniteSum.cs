using ProbLang.Analysis;
using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>A plan with its tables, summed: joint probabilities of the cells of each clique.</summary>
internal sealed unsafe class FiniteSum
{
    private readonly FiniteTables _tables;
    private readonly nint[] _addresses;
    private readonly nint _zeros;
    private readonly double[] _work;
    private readonly StridedTable.Cache _places = new();

    private FiniteSum(ExactPlan plan, CliqueTree tree, FiniteTables tables, nint[] addresses, nint zeros)
    {
        (Plan, Tree, _tables, _addresses, _zeros) = (plan, tree, tables, addresses, zeros);
        Budget.Current.Take((double)tree.Work * sizeof(double), "the sum over the discrete unknowns");
        _work = GC.AllocateUninitializedArray<double>((int)tree.Work, pinned: true);
        LogSum = Collect(addresses);
    }

    public ExactPlan Plan { get; }

    public CliqueTree Tree { get; }

    /// <summary>The log of the sum over all settings.</summary>
    public double LogSum { get; }

    /// <exception cref="DiagnosticException">A term makes no sense for values that are possible.</exception>
    public static FiniteSum Of(ExactPlan plan, CancellationToken cancellation)
    {
        var tables = new FiniteTables(plan.Model, plan.Evaluator, plan.Cells, cancellation);
        var terms = new nint[plan.Terms.Count];
        for (var t = 0; t < terms.Length; t++) terms[t] = tables.Of(plan.Terms[t]);
        var graph = plan.Tree!.Graph;
        var largest = 1.0;
        for (var f = 0; f < graph.Scopes.Length; f++)
            if (f >= terms.Length || plan.Terms[f].Fact is not null) largest = Math.Max(largest, graph.Entries(f));
        var zeros = tables.Zeros((int)largest);
        return new FiniteSum(plan, plan.Tree, tables, [.. terms, .. Enumerable.Repeat(zeros, graph.Scopes.Length - terms.Length)], zeros);
    }

    /// <summary>The same sum, in an order that has some cells in one clique.</summary>
    public FiniteSum With(int[] scope, CliqueTree tree)
    {
        var entries = scope.Aggregate(1, (count, n) => count * Plan.Cells[n].Count);
        return new FiniteSum(Plan, tree, _tables, [.. _addresses, _tables.Zeros(entries)], _zeros);
    }

    /// <summary>The log of the sum without some terms.</summary>
    public double LogSumWithout(Func<FiniteTerm, bool> isLeftOut) =>
        Collect([.. _addresses.Select((a, f) => f < Plan.Terms.Count && isLeftOut(Plan.Terms[f]) ? _zeros : a)]);

    /// <summary>The probability of each state of a cell.</summary>
    public double[] Marginal(int number)
    {
        Distribute();
        var probabilities = new double[Plan.Cells[number].Count];
        SumProduct.Marginal(Tree, Work, number, probabilities);
        return Normalized(probabilities);
    }

    /// <summary>Whether some cells are in one clique.</summary>
    public bool IsTogether(int[] scope) => scope.Length < 2 || CliqueOf(scope) is { } clique && scope.All(n => Tree.CliqueOf[n] < 0 || clique.Variables.Contains(n));

    /// <summary>The joint probabilities of cells that are in one clique, the last fastest.</summary>
    public double[] Joint(int[] scope)
    {
        var probabilities = new double[scope.Aggregate(1, (count, n) => count * Plan.Cells[n].Count)];
        if (CliqueOf(scope) is not { } clique)
        {
            probabilities[0] = 1;
            return probabilities;
        }
        Distribute();
        var (extents, strides) = (Array.ConvertAll(clique.Variables, v => Tree.Graph.Sizes[v]), new int[clique.Variables.Length]);
        for (int s = scope.Length - 1, stride = 1; s >= 0; stride *= Tree.Graph.Sizes[scope[s--]])
            if (Array.IndexOf(clique.Variables, scope[s]) is >= 0 and var d) strides[d] = stride;
        fixed (double* to = probabilities) _places.Of(extents, strides).AddFrom(Work + clique.Table, 1, to);
        return Normalized(probabilities);
    }

    /// <summary>A setting with the greatest probability, without terms whose sum is 1 in any case, and the log of that.</summary>
    public (int[] States, double Log) Maximize()
    {
        int[] kept = [.. Enumerable.Range(0, Plan.Terms.Count).Where(t => !Plan.Terms[t].IsForward)];
        var tree = CliqueTree.Of(new FiniteGraph(Tree.Graph.Sizes, [.. kept.Select(t => Plan.Terms[t].Cells)]));
        var work = GC.AllocateUninitializedArray<double>((int)tree.Work, pinned: true);
        var states = new int[Plan.Cells.Count];
        var addresses = Array.ConvertAll(kept, t => _addresses[t]);
        fixed (nint* tables = addresses)
        fixed (double* area = work) return (states, MaxProduct.Maximize(tree, (double**)tables, area, states));
    }

    private double* Work => (double*)System.Runtime.InteropServices.Marshal.UnsafeAddrOfPinnedArrayElement(_work, 0);

    /// <summary>The clique that sums out the first of some cells: where any has them all, it has.</summary>
    private Clique? CliqueOf(int[] scope)
    {
        var first = -1;
        foreach (var number in scope)
            if (Tree.CliqueOf[number] is >= 0 and var c && (first < 0 || c < first)) first = c;
        return first < 0 ? null : Tree.Cliques[first];
    }

    private double Collect(nint[] addresses)
    {
        fixed (nint* tables = addresses) return SumProduct.Collect(Tree, (double**)tables, Work);
    }

    private void Distribute() => SumProduct.Distribute(Tree, Work);

    /// <summary>Rounding of long chains leaves sums that are 1 up to some thousand roundings.</summary>
    private static double[] Normalized(double[] probabilities)
    {
        var sum = new RunningSum();
        foreach (var p in probabilities) sum.Add(p);
        if (sum.Value > 0)
            for (var i = 0; i < probabilities.Length; i++) probabilities[i] /= sum.Value;
        return probabilities;
    }
}
