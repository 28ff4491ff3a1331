namespace ProbLang.Results;

/// <summary>How the log evidence that a result reports relates to the true one.</summary>
public enum EvidenceKind
{
    /// <summary>It is that, up to rounding.</summary>
    Exact,

    /// <summary>It is near it, above or below.</summary>
    Approximation,

    /// <summary>The true one is at least as large.</summary>
    LowerBound,
}
