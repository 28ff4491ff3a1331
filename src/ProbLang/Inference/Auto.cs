namespace ProbLang.Inference;

/// <summary>Takes the first engine that has no objection: exact inference, then the no-U-turn sampler.</summary>
public sealed record Auto : Engine
{
    /// <inheritdoc/>
    public override string Name => "auto";

    /// <summary>How exact inference would run.</summary>
    public Exact Exact { get; init; } = new();

    /// <summary>How the sampler would run.</summary>
    public Nuts Nuts { get; init; } = new();
}
