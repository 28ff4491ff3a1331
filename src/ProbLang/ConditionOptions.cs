using System.Collections.Immutable;

namespace ProbLang;

/// <summary>How a model takes its data.</summary>
public sealed record ConditionOptions
{
    /// <summary>Ids of warnings that are not reported, beside those that the model was compiled without.</summary>
    public ImmutableArray<string> Silenced { get; init; } = [];

    /// <summary>What the problem may use, from here on; null takes the limits of the model.</summary>
    public ResourceLimits? Limits { get; init; }

    /// <summary>
    /// How many entries all tables may have together by which the sampler sums discrete unknowns out; a model that needs more gets an objection. Default: 2²⁶.
    /// Exact inference has a bound of its own, <see cref="Inference.Exact.MaxEntries"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public long MaxTableEntries
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(MaxTableEntries));
            field = value;
        }
    } = 1L << 26;
}
