using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>
/// A statement taken apart into its draws, or the single values that it computes: its plates, and a loop for each further dimension. A point is one setting of
/// these loops, with the draw or value there.
/// </summary>
internal sealed record PointStatement
{
    /// <summary>Its plates, then the dimensions that its right side adds, outermost first.</summary>
    public required ImmutableArray<Loop> Loops { get; init; }

    /// <summary>By loop and point, the value of the index.</summary>
    public required int[][] LoopValues { get; init; }

    /// <summary>How many points.</summary>
    public required int Count { get; init; }

    /// <summary>What it defines; null for a condition.</summary>
    public Variable? Variable { get; init; }

    /// <summary>By point, the (first) cell that is defined.</summary>
    public int[] Cells { get; init; } = [];

    /// <summary>How many cells a point defines.</summary>
    public int EventSize { get; init; } = 1;

    /// <summary>How many dimensions of the defined variable belong to a point.</summary>
    public int EventRank { get; init; }

    /// <summary>The indices of the defined element, from 1; without those of an event.</summary>
    public ImmutableArray<Bound> Index { get; init; } = [];

    /// <summary>What a point is drawn from; null for what is computed.</summary>
    public BoundDistribution? Distribution { get; init; }

    /// <summary>What a point is equal to, or, for a condition, what holds.</summary>
    public Bound? Value { get; init; }

    /// <summary>The gates that may be open, outermost first.</summary>
    public ImmutableArray<Gate> Gates { get; init; } = [];

    /// <summary>The statement of the model.</summary>
    public required Location Place { get; init; }

    /// <summary>For what the loops are called where they have the size of something: its text; null where nothing says.</summary>
    public required ImmutableArray<string?> Sizes { get; init; }

    /// <summary>With some loops outside of the others, and some points in the order of these loops.</summary>
    public (PointStatement Statement, int[] Points) With(IReadOnlySet<Loop> outside, int[] points)
    {
        int[] order = [.. Enumerable.Range(0, Loops.Length).OrderBy(l => outside.Contains(Loops[l]) ? 0 : 1)];
        if (order.SequenceEqual(Enumerable.Range(0, Loops.Length))) return (this, points);
        var other = this with { Loops = [.. order.Select(l => Loops[l])], LoopValues = [.. order.Select(l => LoopValues[l])], Sizes = [.. order.Select(l => Sizes[l])] };
        var sorted = points.OrderBy(p => other.LoopValues[0][p]);
        for (var l = 1; l < order.Length; l++)
        {
            var values = other.LoopValues[l];
            sorted = sorted.ThenBy(p => values[p]);
        }
        return (other, [.. sorted]);
    }

    /// <summary>The expressions on the right side, and of the gates.</summary>
    public IEnumerable<Bound> Parts => (Distribution is { } d ? Graph.Parts.Of(d) : Value is { } v ? [v] : Enumerable.Empty<Bound>()).Concat(Gates.Select(g => g.Condition));
}
