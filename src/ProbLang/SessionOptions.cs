using System.Collections.Immutable;

namespace ProbLang;

/// <summary>How an interactive session compiles and answers.</summary>
public sealed record SessionOptions
{
    /// <summary>What may be imported, which warnings are silenced, and what messages call the model as a whole.</summary>
    public CompileOptions Compile { get; init; } = new() { Path = "session" };

    /// <summary>The seed of every answer that rests on draws, so that the same entries have the same answers. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many chains an answer by draws has, how many draws, and so on; the seed is <see cref="Seed"/>.</summary>
    public Inference.Nuts Nuts { get; init; } = new();

    /// <summary>The bounds of exact answers.</summary>
    public Inference.Exact Exact { get; init; } = new();

    /// <summary>Engines for models that neither exact inference nor the sampler takes, the preferred one first. Default: none.</summary>
    public ImmutableArray<Inference.MessagePassing> Engines { get; init; } = [];
}
