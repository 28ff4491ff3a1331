namespace ProbLang.Inference;

/// <summary>
/// The posterior as the normal distribution at its mode, on the scale without bounds, with the covariance that the curvature there tells. Quick, and as good as the posterior
/// is like a normal one, which is measured by importance ratios of its draws.
/// </summary>
public sealed record Laplace : Engine
{
    /// <inheritdoc/>
    public override string Name => "laplace";

    /// <summary>How many draws.</summary>
    public int Draws { get; init; } = 4000;

    /// <summary>The seed of the draws; null takes a random one, which the run reports.</summary>
    public ulong? Seed { get; init; }
}
