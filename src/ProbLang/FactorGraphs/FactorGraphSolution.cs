using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>An algorithm on factor graphs.</summary>
public enum FactorAlgorithm
{
    /// <summary>Expectation propagation.</summary>
    ExpectationPropagation,

    /// <summary>Variational message passing.</summary>
    VariationalMessagePassing,

    /// <summary>Gibbs sampling.</summary>
    GibbsSampling,
}

/// <summary>How far message passing is.</summary>
/// <param name="Iteration">Iterations done.</param>
/// <param name="Iterations">The most that will be done.</param>
/// <param name="Change">How much the last iterations changed what is believed: the greatest change of a mean in standard deviations or of a log standard deviation, or of a probability; NaN where it was not looked at.</param>
public readonly record struct IterationProgress(int Iteration, int Iterations, double Change);

/// <summary>What an engine found on a factor graph.</summary>
public sealed record FactorGraphSolution
{
    /// <summary>For every variable that was asked for what is believed of each element, row-major over its ranges.</summary>
    public required IReadOnlyDictionary<FactorVariable, ImmutableArray<Belief>> Beliefs { get; init; }

    /// <summary>The log of the probability (density) of the data: for expectation propagation an approximation, for variational message passing a lower bound; null where the algorithm gives none, or it was not asked for.</summary>
    public double? LogEvidence { get; init; }

    /// <summary>How many iterations were done.</summary>
    public required int Iterations { get; init; }

    /// <summary>As <see cref="IterationProgress.Change"/>, at the end.</summary>
    public required double Change { get; init; }

    /// <summary>Whether the change fell below the tolerance; a sampler has none and is done when its iterations are.</summary>
    public required bool HasConverged { get; init; }

    /// <summary>Of a sampler on how many draws the beliefs rest; null where they rest on none.</summary>
    public int? Draws { get; init; }

    /// <summary>Whether it was cancelled before.</summary>
    public bool Interrupted { get; init; }

    /// <summary>The time until messages could be passed: compilation, or finding what was compiled before.</summary>
    public TimeSpan CompileTime { get; init; }

    /// <summary>The time in which messages were passed.</summary>
    public TimeSpan RunTime { get; init; }

    /// <summary>Whether the algorithm had been compiled before, for a graph of the same structure.</summary>
    public bool WasCompiled { get; init; }
}
