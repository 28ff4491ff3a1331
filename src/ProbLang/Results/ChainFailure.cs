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
public sealed record ChainFailure(int Chain, FailureKind Kind, string? Coordinate)
{
    /// <summary>What happened, and what to check, as a sentence or two.</summary>
    public string Message => (Kind, Coordinate) switch
    {
        (FailureKind.NoStart, { } name) =>
            $"Chain {Chain} found no place to start: the gradient of the log density along {name} is not finite. Check the statements that use {name}, and its prior.",
        (FailureKind.NoStart, null) =>
            $"Chain {Chain} found no place to start: the log density is not finite wherever it was tried. Check that the data are possible under the model.",
        (_, { } name) =>
            $"Chain {Chain} did not move from any of its starts: the log density is steepest along {name}. Check the scale of {name}, and give it a prior of about the right scale.",
        _ => $"Chain {Chain} did not move from any of its starts. Give the variables priors of about the right scale.",
    };
}
