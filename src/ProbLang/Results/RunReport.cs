using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>Where the time of a run went, in seconds.</summary>
/// <param name="Compile">From text and data to a program.</param>
/// <param name="Warmup">Adaptation.</param>
/// <param name="Sampling">Draws.</param>
/// <param name="Total">All of it.</param>
public sealed record Seconds(double Compile, double Warmup, double Sampling, double Total);

/// <summary>Everything that <c>summary.json</c> says.</summary>
internal sealed record RunReport
{
    /// <summary>The model's file or name.</summary>
    public required string Model { get; init; }

    /// <summary>The engine that ran, such as <c>nuts</c>.</summary>
    public required string Engine { get; init; }

    /// <summary>The seed; null for an engine without randomness.</summary>
    public ulong? Seed { get; init; }

    /// <summary>The model's class in the taxonomy.</summary>
    public required string Class { get; init; }

    /// <summary>A row for each scalar.</summary>
    public required Summary Summary { get; init; }

    /// <summary>The labels of each category by its name, in the order of their codes.</summary>
    public ImmutableArray<(string Category, ImmutableArray<string> Labels)> Levels { get; init; } = [];

    /// <summary>The log marginal likelihood, where the engine gives it.</summary>
    public double? LogEvidence { get; init; }

    /// <summary>How <see cref="LogEvidence"/> relates to the true one; null where the engine leaves no doubt, or gives none.</summary>
    public EvidenceKind? EvidenceKind { get; init; }

    /// <summary>Where a result cut off something infinite, what of it is approximate and the like, one sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>The joint distributions that were asked for.</summary>
    public ImmutableArray<JointTable> Joint { get; init; } = [];

    /// <summary>The most probable explanation, where it was asked for.</summary>
    public MostProbableExplanation? MostProbable { get; init; }

    /// <summary>What the run says about itself.</summary>
    public Diagnostics Diagnostics { get; init; } = Diagnostics.None;

    /// <summary>Where the time went.</summary>
    public Seconds Seconds { get; init; } = new(0, 0, 0, 0);

    /// <summary>How often the gradient was evaluated.</summary>
    public long Gradients { get; init; }
}
