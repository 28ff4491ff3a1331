namespace ProbLang.Inference;

/// <summary>
/// Exact inference: discrete unknowns are eliminated along the graph, and conjugate pairs are integrated in closed form. The answer has
/// no Monte Carlo error. It objects to a model with other continuous unknowns, and to one whose elimination would need too much memory.
/// </summary>
public sealed record Exact : Engine
{
    /// <inheritdoc/>
    public override string Name => "exact";

    /// <summary>How many entries all tables of the elimination may have together. Default: 2²⁶.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long MaxEntries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxEntries));
            field = value;
        }
    } = 1L << 26;
}
