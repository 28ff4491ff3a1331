namespace ProbLang.Analysis;

/// <summary>A draw of a statement, or an element of what it computes.</summary>
/// <param name="Definition">The statement.</param>
/// <param name="Iteration">The iteration of its plates.</param>
/// <param name="Event">Which of the iteration's draws, or of its elements.</param>
internal readonly record struct DrawOf(int Definition, int Iteration, int Event);

/// <summary>A draw that is not given and that nothing else reads, so that it says nothing of other unknowns: it follows from them.</summary>
/// <param name="Draw">The draw.</param>
/// <param name="Numbers">The numbers of its cells.</param>
/// <param name="Scope">The finite cells that it depends on, those of its block included.</param>
internal sealed record Leaf(DrawOf Draw, int[] Numbers, FiniteScope Scope);

/// <summary>Continuous unknowns that depend on each other, with all draws that speak of them.</summary>
internal sealed class ContinuousBlock
{
    /// <summary>The finite cells under whose values the block has one density, and what is computed of them.</summary>
    public required FiniteScope Scope { get; init; }

    /// <summary>The numbers of its unknowns.</summary>
    public required int[] Unknowns { get; init; }

    /// <summary>The draws that are a part of its density, in the order of dependence.</summary>
    public required DrawOf[] Draws { get; init; }

    /// <summary>The cells that are computed from its unknowns, each after those that it reads.</summary>
    public required (DrawOf Element, int Number)[] Computed { get; init; }

    /// <summary>The number of a cell that stands for it in messages.</summary>
    public int First => Unknowns.Length > 0 ? Unknowns[0] : Leaves[0].Numbers[0];

    /// <summary>The draws that follow from it.</summary>
    public required Leaf[] Leaves { get; init; }
}
