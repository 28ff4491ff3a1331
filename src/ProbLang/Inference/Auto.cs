using System.Collections.Immutable;

namespace ProbLang.Inference;

/// <summary>
/// Takes the first engine that has no objection: exact inference, then one of the further engines that is exact for the model, then the no-U-turn sampler, then any
/// of the further engines.
/// </summary>
public sealed record Auto : Engine
{
    /// <inheritdoc/>
    public override string Name => "auto";

    /// <summary>How exact inference would run.</summary>
    public Exact Exact { get; init; } = new();

    /// <summary>How the sampler would run.</summary>
    public Nuts Nuts { get; init; } = new();

    /// <summary>Further engines that the host hands over, the preferred one first; those that are not available are passed over. Default: none.</summary>
    public ImmutableArray<MessagePassing> Engines { get; init; } = [];
}
