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
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Exact Exact
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Exact));
            field = value;
        }
    } = new();

    /// <summary>How the sampler would run.</summary>
    /// <exception cref="ArgumentNullException">It is null.</exception>
    public Nuts Nuts
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Nuts));
            field = value;
        }
    } = new();

    /// <summary>Further engines that the host hands over, the preferred one first; those that are not available are passed over. Default: none.</summary>
    /// <exception cref="ArgumentException">One of them is null.</exception>
    public ImmutableArray<MessagePassing> Engines
    {
        get;
        init
        {
            if (!value.IsDefault && value.Any(e => e is null)) throw new ArgumentException("an engine is null", nameof(Engines));
            field = value.IsDefault ? [] : value;
        }
    } = [];
}
