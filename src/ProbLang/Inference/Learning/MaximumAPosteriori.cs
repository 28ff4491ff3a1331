namespace ProbLang.Inference;

/// <summary>
/// The most probable values of all continuous unknowns together, on the scale on which the model declares them: the mode of the posterior density, with a flat prior for parameters. Discrete unknowns
/// are summed out.
/// </summary>
public sealed record MaximumAPosteriori : Engine
{
    /// <inheritdoc/>
    public override string Name => "map";

    /// <summary>From how many places the mode is looked for: the first is where the model says, the others are random.</summary>
    public int Starts { get; init; } = 1;

    /// <summary>The seed of the random starts.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>At most so many iterations from each start.</summary>
    public int MaxIterations { get; init; } = 10_000;
}
