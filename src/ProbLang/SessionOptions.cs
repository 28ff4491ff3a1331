using System.Collections.Immutable;

namespace ProbLang;

/// <summary>How an interactive session compiles and answers.</summary>
public sealed record SessionOptions
{
    /// <summary>What may be imported, which warnings are silenced, and what messages call the model as a whole.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public CompileOptions Compile
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Compile));
            field = value;
        }
    } = new() { Path = "session" };

    /// <summary>The seed of every answer that rests on draws, so that the same entries have the same answers. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many chains an answer by draws has, how many draws, and so on; the seed is <see cref="Seed"/>.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Inference.Nuts Nuts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Nuts));
            field = value;
        }
    } = new();

    /// <summary>The bounds of exact answers.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Inference.Exact Exact
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Exact));
            field = value;
        }
    } = new();

    /// <summary>Engines for models that neither exact inference nor the sampler takes, the preferred one first. Default: none.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public ImmutableArray<Inference.MessagePassing> Engines
    {
        get;
        init
        {
            if (!value.IsDefault && value.Any(e => e is null)) throw new ArgumentException("an engine is null", nameof(Engines));
            field = value.IsDefault ? [] : value;
        }
    } = [];
}
