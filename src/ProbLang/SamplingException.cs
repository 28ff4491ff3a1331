using System.Collections.Immutable;
using ProbLang.Results;

namespace ProbLang;

/// <summary>Chains that were to stream draws cannot draw. Inference that is not a stream says the same in its verdict.</summary>
public sealed class SamplingException : Exception
{
    internal SamplingException(ImmutableArray<ChainFailure> failures) : base(string.Join("\n", failures.Select(f => f.Message))) => Failures = failures;

    /// <summary>The chains, and why they cannot draw; at least one.</summary>
    public ImmutableArray<ChainFailure> Failures { get; }
}
