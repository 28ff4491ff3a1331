using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Statements that a plate or a gate holds together, or all of a graph; neighbours over one range, or by one selector, are one block.</summary>
/// <param name="opener">The <see cref="RepeatStatement"/> or <see cref="GateStatement"/>; null for all of the graph.</param>
/// <param name="parent">The block around it; null for all of the graph.</param>
internal sealed class StatementBlock(FactorStatement? opener, StatementBlock? parent)
{
    private readonly List<Either> _items = [];

    /// <summary>A block, or a statement that is none.</summary>
    public readonly record struct Either(StatementBlock? Block, FactorStatement? Statement);

    public FactorStatement? Opener => opener;

    public StatementBlock? Parent => parent;

    public IReadOnlyList<Either> Items => _items;

    /// <summary>The plates around its statements, outermost first.</summary>
    public ImmutableArray<FactorRange> Plates { get; } =
        [.. parent?.Plates ?? [], .. opener is RepeatStatement repeat ? [repeat.Range] : ImmutableArray<FactorRange>.Empty];

    /// <summary>Whether a switch is around its statements.</summary>
    public bool IsInSwitch { get; } = opener is GateStatement { Kind: GateKind.Switch } || parent is { IsInSwitch: true };

    private int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    public static StatementBlock Of(FactorGraph graph)
    {
        var root = new StatementBlock(null, null);
        root.Add(GateMerging.Of(graph.Statements));
        return root;
    }

    /// <summary>The innermost block that holds both.</summary>
    public static StatementBlock Common(StatementBlock a, StatementBlock b)
    {
        while (a != b)
        {
            if (a.Depth >= b.Depth) a = a.Parent!;
            else b = b.Parent!;
        }
        return a;
    }

    /// <summary>Its statements and those of the blocks in it, that are neither plates nor gates.</summary>
    public IEnumerable<FactorStatement> Leaves() => _items.SelectMany(i => i.Block?.Leaves() ?? [i.Statement!]);

    /// <summary>Whether it is this block or one in it.</summary>
    public bool Holds(StatementBlock other) => Common(this, other) == this;

    private void Add(ImmutableArray<FactorStatement> statements)
    {
        foreach (var statement in statements)
            switch (statement)
            {
                case RepeatStatement repeat:
                    BlockFor(statement).Add(repeat.Body);
                    break;
                case GateStatement gate:
                    BlockFor(statement).Add(gate.Body);
                    break;
                default:
                    _items.Add(new(null, statement));
                    break;
            }
    }

    private StatementBlock BlockFor(FactorStatement statement)
    {
        if (_items is [.., { Block: { } last }] && OpensAlike(last.Opener!, statement)) return last;
        var block = new StatementBlock(statement, this);
        _items.Add(new(block, null));
        return block;
    }

    private static bool OpensAlike(FactorStatement a, FactorStatement b) => (a, b) switch
    {
        (RepeatStatement x, RepeatStatement y) => x.Range == y.Range,
        (GateStatement x, GateStatement y) => x.Kind == y.Kind && x.Value == y.Value && x.Selector.ToString() == y.Selector.ToString(),
        _ => false,
    };
}
