using ProbLang.Analysis;

namespace ProbLang.Programs;

/// <summary>What kind of statement a factor comes from.</summary>
internal enum FiniteKind { Draw, Condition, Factor }

/// <summary>A statement: its kind, and its number among those of that kind.</summary>
internal readonly record struct FiniteSource(FiniteKind Kind, int Number);

/// <summary>A part of the density that depends on unknown discrete cells: one draw, one event or one factor.</summary>
/// <param name="Source">The statement.</param>
/// <param name="Iteration">The iteration of its plates.</param>
/// <param name="Element">Which draw of the iteration, or which element of the condition.</param>
/// <param name="Scope">The cells.</param>
internal sealed record FiniteFactor(FiniteSource Source, int Iteration, int Element, FiniteScope Scope)
{
    /// <summary>What must be equal so that one program serves two factors, beside their statement and what their cells may be.</summary>
    public required string Kind { get; init; }

    /// <summary>The shape of the elements of a condition.</summary>
    public int[] Shape { get; init; } = [];

    /// <summary>Whether it is the draw of an unknown.</summary>
    public bool IsDrawn { get; init; }
}

/// <summary>Factors of one statement that are equal but for the values of its loops: one program makes the tables of all.</summary>
internal sealed class FiniteClass(int number, FiniteSource source, FiniteCell[] slots)
{
    /// <summary>Tells it from the other classes of its plan.</summary>
    public int Number => number;

    public FiniteSource Source => source;

    /// <summary>The ranges of the cells that a factor depends on; the cells themselves are those of the first factor.</summary>
    public FiniteCell[] Slots => slots;

    /// <summary>Whether they are draws of unknowns.</summary>
    public bool IsDrawn => Factors[0].IsDrawn;

    /// <summary>In the order of the iterations.</summary>
    public List<FiniteFactor> Factors { get; } = [];

    /// <summary>How many entries a table would have; there may be more than any table can have.</summary>
    public double Size { get; } = slots.Aggregate(1.0, (n, s) => n * s.Count);

    /// <summary>How many entries all tables would have together.</summary>
    public double SizeOfAll => Size * Factors.Count;

    /// <summary>How many entries a table has; the last slot runs fastest.</summary>
    public int Entries => checked((int)Size);
}
