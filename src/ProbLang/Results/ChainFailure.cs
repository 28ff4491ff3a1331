namespace ProbLang.Results;

/// <summary>Why a chain gave no draws.</summary>
public enum FailureKind
{
    /// <summary>No start with a finite density and gradient was found.</summary>
    NoStart,

    /// <summary>It did not move from any of its starts.</summary>
    Stuck,
}

/// <summary>A chain that gave no draws, and the variable's element to look at.</summary>
/// <param name="Chain">The chain, from 1.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Coordinate">The element whose gradient is at fault; null when none stands out.</param>
public sealed record ChainFailure(int Chain, FailureKind Kind, string? Coordinate);
