using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.Tests.FrontDoor;

/// <summary>A message passing engine of another assembly, as far as the front door can tell: it answers what it is told to.</summary>
internal sealed record FixedBeliefs(FactorAlgorithm Kind = FactorAlgorithm.ExpectationPropagation) : MessagePassing
{
    public override string Name => Kind switch { FactorAlgorithm.ExpectationPropagation => "ep", FactorAlgorithm.VariationalMessagePassing => "vmp", _ => "gibbs" };

    public override FactorAlgorithm Algorithm => Kind;

    public string? Missing { get; init; }

    public override string? Unavailable => Missing;

    /// <summary>What it finds, or throws.</summary>
    public required Func<FactorGraph, FactorGraphSolution> Answer { get; init; }

    public override FactorGraphSolution Solve(FactorGraph graph, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        progress?.Report(new IterationProgress(1, Iterations ?? 50, 0.5));
        return Answer(graph) with { Interrupted = cancellation.IsCancellationRequested };
    }
}
