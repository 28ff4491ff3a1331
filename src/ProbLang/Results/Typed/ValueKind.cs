namespace ProbLang.Results;

/// <summary>What the elements of a variable are.</summary>
public enum ValueKind
{
    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>Whole numbers.</summary>
    Integer,

    /// <summary>Real numbers.</summary>
    Real,

    /// <summary>Labels of a category.</summary>
    Label,
}
