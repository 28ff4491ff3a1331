namespace ProbLang;

/// <summary>What a host bounds.</summary>
public enum ResourceLimit
{
    /// <summary>Elements of all variables together, and iterations of a statement.</summary>
    Elements,

    /// <summary>Memory.</summary>
    Bytes,

    /// <summary>Time by the clock.</summary>
    Time,

    /// <summary>How deep the text of a model is nested.</summary>
    Depth,
}
