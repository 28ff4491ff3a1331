using System.Collections.Immutable;

namespace ProbLang;

/// <summary>How a model takes its data.</summary>
public sealed record ConditionOptions
{
    /// <summary>Ids of warnings that are not reported, beside those that the model was compiled without.</summary>
    public ImmutableArray<string> Silenced { get; init; } = [];
}
