using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What a row gives or has drawn under one name.</summary>
/// <param name="State">The variable, of all rows of the data.</param>
/// <param name="Offset">The place of its first element in a row.</param>
/// <param name="Draws">The statements that draw it; empty where it is an input.</param>
internal sealed record RowVariable(VariableState State, int Offset, ImmutableArray<DefinitionState> Draws)
{
    public Variable Variable => State.Variable;

    public bool IsDrawn => !Draws.IsEmpty;

    /// <summary>The shape of what one row has.</summary>
    public int[] Shape { get; } = State.Shape[1..];

    /// <summary>How many elements one row has.</summary>
    public int Size { get; } = State.Shape.AsSpan(1).ToArray().Aggregate(1, (a, b) => a * b);

    /// <summary>The labels of a category; default where it is none.</summary>
    public ImmutableArray<string> Levels { get; init; }

    /// <summary>The least value that its declared type allows; -infinity where it says none.</summary>
    public double Lower { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest value that its declared type allows.</summary>
    public double Upper { get; init; } = double.PositiveInfinity;

    /// <summary>Whether its elements are whole numbers between bounds, so that each value can be summed over or counted.</summary>
    public bool MayBeFinite => Variable.Type != ElementType.Real && Draws.All(d => d.EventRank == 0);

    /// <summary>The range of a whole number whose type has both ends, which whoever writes it keeps within.</summary>
    public (long Low, long High)? WholeRange => Variable.Type != ElementType.Real && double.IsFinite(Lower) && double.IsFinite(Upper) ? ((long)Lower, (long)Upper) : null;

    /// <summary>What messages call an element: <c>y</c>, <c>y[2]</c>.</summary>
    public string ElementName(int element) => ShapeText.Element(Variable.Name, Shape, element);
}
