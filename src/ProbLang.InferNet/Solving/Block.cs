using System.Collections.Immutable;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The statements of a plate or a gate, or all of a graph.</summary>
/// <param name="Opener">The plate or gate; null for all of the graph.</param>
/// <param name="Parent">The block around it.</param>
internal sealed record Block(FactorStatement? Opener, Block? Parent)
{
    private readonly int _depth = Parent is null ? 0 : Parent._depth + 1;

    /// <summary>The plates around its statements, outermost first.</summary>
    public ImmutableArray<FactorRange> Plates { get; } = [.. Parent?.Plates ?? [], .. Opener is RepeatStatement repeat ? [repeat.Range] : ImmutableArray<FactorRange>.Empty];

    /// <summary>Whether a switch is around its statements.</summary>
    public bool IsInSwitch { get; } = Opener is GateStatement { Kind: GateKind.Switch } || Parent is { IsInSwitch: true };

    /// <summary>The innermost block that both are in.</summary>
    public static Block Common(Block a, Block b)
    {
        while (a != b)
        {
            if (a._depth >= b._depth) a = a.Parent!;
            else b = b.Parent!;
        }
        return a;
    }

    /// <summary>A block is itself, whatever others are like.</summary>
    public bool Equals(Block? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}
