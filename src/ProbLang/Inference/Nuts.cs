using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>
/// The no-U-turn sampler: multinomial, with dual averaging of the step size, a windowed metric, and location-scale
/// hierarchies re-centred during warm-up. The same seed gives the same draws, bit for bit, for any number of threads.
/// </summary>
public sealed record Nuts : Engine
{
    /// <inheritdoc/>
    public override string Name => "nuts";

    /// <summary>The seed of every random stream; null takes a random one, which the run reports.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How many chains.</summary>
    public int Chains { get; init; } = 4;

    /// <summary>Iterations that adapt and are not kept, for each chain.</summary>
    public int Warmup { get; init; } = 1000;

    /// <summary>Draws that are kept, for each chain.</summary>
    public int Draws { get; init; } = 1000;

    /// <summary>How many threads run chains; null takes as many as there are processors.</summary>
    public int? Threads { get; init; }

    /// <summary>
    /// The mean acceptance statistic that the step size aims for, between 0 and 1. Null: 0.8, or 0.95 where part of a hierarchy
    /// stands non-centred, whose narrow places a larger step now and then falls out of.
    /// </summary>
    public double? TargetAccept { get; init; }

    /// <summary>A trajectory doubles at most this often, at most 20.</summary>
    public int MaxDepth { get; init; } = 10;

    /// <summary>The mass matrix to adapt.</summary>
    public MetricKind Metric { get; init; } = MetricKind.Auto;

    /// <summary>Runs the chains. A cancellation stops them within one gradient evaluation and keeps the draws that are finished.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public NutsRun Sample(LogDensity density, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(density);
        CheckOptions();
        return ChainRunner.Run(density, this, Seed ?? (ulong)Random.Shared.NextInt64(), progress, cancellation);
    }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void CheckOptions()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Chains, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(Warmup);
        ArgumentOutOfRangeException.ThrowIfNegative(Draws);
        ArgumentOutOfRangeException.ThrowIfLessThan(Threads ?? 1, 1, nameof(Threads));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(TargetAccept ?? 0.5, 0, nameof(TargetAccept));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(TargetAccept ?? 0.5, 1, nameof(TargetAccept));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxDepth, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(MaxDepth, 20);
        if (!Enum.IsDefined(Metric)) throw new ArgumentOutOfRangeException(nameof(Metric), Metric, "There is no such metric.");
    }
}
