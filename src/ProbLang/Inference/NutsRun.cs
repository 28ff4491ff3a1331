using System.Collections.Immutable;
using ProbLang.Results;

namespace ProbLang.Inference;

/// <summary>What one chain did.</summary>
public sealed record ChainRun
{
    /// <summary>The chain, from 1.</summary>
    public required int Chain { get; init; }

    /// <summary>Its draws: all that were asked for, or as many as were finished.</summary>
    public required ChainDraws Draws { get; init; }

    /// <summary>Why it has none; null when it ran.</summary>
    public ChainFailure? Failure { get; init; }

    /// <summary>How often it began again from elsewhere during warm-up.</summary>
    public int Restarts { get; init; }

    /// <summary>The step size after warm-up.</summary>
    public double StepSize { get; init; }

    /// <summary>The metric that was adapted: diagonal or dense.</summary>
    public MetricKind Metric { get; init; }

    /// <summary>Which of the density's centering coordinates it sampled in centred form.</summary>
    public ImmutableArray<bool> Centered { get; init; } = [];

    /// <summary>How often it evaluated the gradient, warm-up included.</summary>
    public long Gradients { get; init; }

    /// <summary>How long the warm-up took.</summary>
    public TimeSpan WarmupTime { get; init; }

    /// <summary>How long the draws took.</summary>
    public TimeSpan SamplingTime { get; init; }
}

/// <summary>What <see cref="Nuts"/> did.</summary>
/// <param name="Options">What it was asked.</param>
/// <param name="Seed">The seed of its random streams.</param>
/// <param name="Chains">Its chains.</param>
/// <param name="IsCancelled">Whether it was stopped before all draws were made.</param>
public sealed record NutsRun(Nuts Options, ulong Seed, ImmutableArray<ChainRun> Chains, bool IsCancelled)
{
    /// <summary>How often the gradient was evaluated, by all chains.</summary>
    public long Gradients
    {
        get
        {
            var sum = 0L;
            foreach (var chain in Chains) sum += chain.Gradients;
            return sum;
        }
    }

    /// <summary>The chains that gave no draws, and why.</summary>
    public ImmutableArray<ChainFailure> Failures
    {
        get
        {
            var failures = ImmutableArray.CreateBuilder<ChainFailure>();
            foreach (var chain in Chains) if (chain.Failure is { } failure) failures.Add(failure);
            return failures.ToImmutable();
        }
    }

    /// <summary>The draws of all chains, with names for the density's outputs.</summary>
    public Draws Draws(OutputLayout layout)
    {
        var draws = ImmutableArray.CreateBuilder<ChainDraws>(Chains.Length);
        foreach (var chain in Chains) draws.Add(chain.Draws);
        return new Draws(layout, draws.MoveToImmutable());
    }
}
