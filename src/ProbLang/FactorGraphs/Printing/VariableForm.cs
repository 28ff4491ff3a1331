namespace ProbLang.FactorGraphs;

/// <summary>How a variable of a factor graph stands in a program.</summary>
internal enum VariableForm
{
    /// <summary>A known value that is written wherever it is read.</summary>
    Literal,

    /// <summary>A known value with a name of its own, of a type that is not Infer.NET's.</summary>
    Constant,

    /// <summary>A variable or an array that is given its value by the data.</summary>
    Given,

    /// <summary>A variable or an array that is made before the statement that defines it.</summary>
    Made,

    /// <summary>A variable that its definition makes.</summary>
    Defined,
}

/// <summary>Where and how a variable is made.</summary>
/// <param name="Form">How it stands in the program.</param>
/// <param name="Block">The block in which it is made.</param>
internal sealed record VariablePlace(VariableForm Form, StatementBlock Block)
{
    /// <summary>How many of its outermost ranges are plates around the block, so that it is made anew in each and these indices are left out.</summary>
    public int Dropped { get; init; }

    /// <summary>Whether the value of what is known is set after the model.</summary>
    public bool IsGivenData => Form is not (VariableForm.Literal or VariableForm.Constant);

    /// <summary>Whether it is declared at the beginning, since statements after all blocks speak of it that is made within a gate.</summary>
    public bool IsHoisted { get; init; }
}
