using ProbLang.Numerics;

namespace ProbLang.Tests.Numerics;

/// <summary>A graph with tables, and the answers by enumeration.</summary>
internal sealed unsafe class FiniteCase
{
    public FiniteCase(FiniteGraph graph, double[][] tables)
    {
        (Graph, Tables, Tree) = (graph, tables, CliqueTree.Of(graph));
        Work = Pinned.Zeros((int)Tree.Work);
        Array.Fill(Work, double.NaN);
    }

    public FiniteGraph Graph { get; }

    public double[][] Tables { get; }

    public CliqueTree Tree { get; }

    public double[] Work { get; }

    /// <summary>Up to 8 variables of 1 to 4 states, tables over up to 4 of them; some are not in any, some tables are over none.</summary>
    public static FiniteCase Random(int seed, double impossible = 0.1, double scale = 3)
    {
        var random = new Random(seed);
        int[] sizes = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => random.Next(1, 5))];
        int[][] scopes = [.. Enumerable.Range(0, random.Next(0, 10)).Select(_ => Scope(random, sizes.Length))];
        var graph = new FiniteGraph(sizes, scopes);
        return new(graph, [.. scopes.Select((_, f) => Table(random, (int)graph.Entries(f), impossible, scale))]);
    }

    public static double[] Table(Random random, int entries, double impossible, double scale)
    {
        var table = Pinned.Zeros(entries);
        for (var i = 0; i < entries; i++) table[i] = random.NextDouble() < impossible ? double.NegativeInfinity : scale * (2 * random.NextDouble() - 1);
        return table;
    }

    /// <summary>All assignments with the sum of their tables.</summary>
    public IEnumerable<(int[] States, double Log)> Assignments()
    {
        var states = new int[Graph.Sizes.Length];
        while (true)
        {
            yield return ((int[])states.Clone(), Log(states));
            var d = states.Length - 1;
            while (d >= 0 && ++states[d] == Graph.Sizes[d]) states[d--] = 0;
            if (d < 0) yield break;
        }
    }

    public double Log(int[] states) => Tables.Select((t, f) => t[IndexOf(f, states)]).Sum();

    public int IndexOf(int factor, int[] states) => Graph.Scopes[factor].Aggregate(0, (index, v) => index * Graph.Sizes[v] + states[v]);

    public double Collect() => With(tables => SumProduct.Collect(Tree, tables, Pinned.At(Work)));

    public double Maximize(int[] states) => With(tables => MaxProduct.Maximize(Tree, tables, Pinned.At(Work), states));

    public void Distribute() => SumProduct.Distribute(Tree, Pinned.At(Work));

    public double[] Marginal(int variable)
    {
        var probabilities = new double[Graph.Sizes[variable]];
        Array.Fill(probabilities, double.NaN);
        SumProduct.Marginal(Tree, Pinned.At(Work), variable, probabilities);
        return probabilities;
    }

    /// <summary>The expectations of all tables, from zero.</summary>
    public double[][] Expectations(double seed)
    {
        double[][] gradients = [.. Tables.Select(t => Pinned.Zeros(t.Length))];
        fixed (nint* addresses = Addresses(gradients)) SumProduct.AddExpectations(Tree, Pinned.At(Work), (double**)addresses, seed);
        return gradients;
    }

    public int[] Sample(ref Philox random)
    {
        var states = new int[Graph.Sizes.Length];
        SumProduct.Sample(Tree, Pinned.At(Work), ref random, states);
        return states;
    }

    public static double LogSumExp(IEnumerable<double> logs)
    {
        double[] all = [.. logs];
        var greatest = all.Max();
        return double.IsNegativeInfinity(greatest) ? greatest : greatest + Math.Log(Sum(all.Select(x => Math.Exp(x - greatest))));
    }

    /// <summary>A sum of many terms without the rounding of many additions.</summary>
    public static double Sum(IEnumerable<double> terms)
    {
        var sum = new RunningSum();
        foreach (var term in terms) sum.Add(term);
        return sum.Value;
    }

    private static int[] Scope(Random random, int variables)
    {
        int[] all = [.. Enumerable.Range(0, variables)];
        random.Shuffle(all);
        return all[..random.Next(0, Math.Min(4, variables) + 1)];
    }

    private delegate double OnTables(double** tables);

    private double With(OnTables run)
    {
        fixed (nint* addresses = Addresses(Tables)) return run((double**)addresses);
    }

    /// <summary>One more than there are, so that there is one.</summary>
    private static nint[] Addresses(double[][] tables) => [.. tables.Select(t => (nint)Pinned.At(t)), 0];
}
