namespace ProbLang.Numerics;

/// <summary>
/// The plan of sums over finite variables: a forest of cliques such that each table's variables are together in one, and the cliques of
/// a variable hang together (Lauritzen and Spiegelhalter, 1988). It depends on the structure alone, grows linearly with the graph, and
/// is immutable: threads, and parts of a model with the same structure, share one.
/// </summary>
internal sealed class CliqueTree
{
    public required FiniteGraph Graph { get; init; }

    /// <summary>The cliques, children before parents; none where <see cref="Work"/> is beyond any machine.</summary>
    public required Clique[] Cliques { get; init; }

    /// <summary>For each variable the clique that sums it out; -1 where it has one state.</summary>
    public required int[] CliqueOf { get; init; }

    /// <summary>The tables of one entry, which belong to no clique.</summary>
    public required int[] Constants { get; init; }

    /// <summary>The variables of the clique that has most of them, less one. Those of one state do not count.</summary>
    public required int Width { get; init; }

    /// <summary>The entries of all cliques' tables; where these are beyond any machine, of one that cannot be avoided.</summary>
    public required double Entries { get; init; }

    /// <summary>The variables of the clique whose table is the largest.</summary>
    public required int[] Largest { get; init; }

    /// <summary>How many doubles the work area of <see cref="SumProduct"/> and <see cref="MaxProduct"/> has; <see cref="long.MaxValue"/> where no machine has so many, and nothing can be run.</summary>
    public required long Work { get; init; }

    /// <summary>The plan for a graph.</summary>
    /// <exception cref="ArgumentException">A variable has no states, or a scope an unknown variable or one twice.</exception>
    public static CliqueTree Of(FiniteGraph graph)
    {
        graph.Validate();
        return new CliqueTreeBuilder(graph).Build();
    }
}
