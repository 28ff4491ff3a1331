using ProbLang.Limits;
using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>Sets of cells that depend on each other, and on no others, and do so in the same way: the z[i] of a mixture, or the chains of a model of several sequences.</summary>
/// <param name="Components">The cells of each, by their numbers.</param>
/// <param name="Graph">The structure of one.</param>
/// <param name="Factors">For each factor of the structure the class of its tables, and which of them is each component's.</param>
internal sealed record FiniteGroup(int[][] Components, FiniteGraph Graph, (FiniteClass Class, int[] Tables)[] Factors)
{
    private readonly Once<int[]?> _path = new(() => SumKernels.PathOf(Graph));
    private CliqueTree? _tree;

    /// <summary>How the sum is taken.</summary>
    public CliqueTree Tree => _tree ??= CliqueTree.Of(Graph);

    /// <summary>The order of the cells of each component where they make a chain; null where they do not.</summary>
    public int[]? Path => _path.Value;

    /// <summary>The classes of its tables.</summary>
    public IEnumerable<FiniteClass> Classes => Factors.Select(f => f.Class).Distinct();

    /// <summary>
    /// Whether each component is one cell, and each statement speaks of it once, in the order of the components: the sum over its values is then
    /// part of the loop over the plate.
    /// </summary>
    public bool IsPlate => Graph.Sizes.Length == 1 && Factors.Length == Classes.Count() && Array.TrueForAll(Factors, f => IsInOrder(f.Tables) && f.Class.Factors.Count == Components.Length);

    private static bool IsInOrder(int[] tables)
    {
        for (var i = 0; i < tables.Length; i++)
            if (tables[i] != i) return false;
        return true;
    }
}
