using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>
/// Expectation propagation by Infer.NET: each variable's posterior is approximated by a distribution of its family whose moments agree with what each factor
/// says in turn. Exact where the graph is a tree of conjugate or discrete factors. Iterations are 1000 at most unless said otherwise.
/// </summary>
/// <remarks>T. Minka, Expectation propagation for approximate Bayesian inference, UAI 2001.</remarks>
public sealed record ExpectationPropagation : MessagePassing
{
    /// <inheritdoc/>
    public override string Name => "ep";

    /// <inheritdoc/>
    public override FactorAlgorithm Algorithm => FactorAlgorithm.ExpectationPropagation;

    /// <summary>Where compiled algorithms are kept. Default: <see cref="CompiledAlgorithms.Shared"/>.</summary>
    public CompiledAlgorithms Compiled { get; init; } = CompiledAlgorithms.Shared;

    /// <inheritdoc/>
    public override string? Unavailable => Solver.Unavailable;

    /// <inheritdoc/>
    public override FactorGraphSolution Solve(FactorGraph graph, IProgress<IterationProgress>? progress, CancellationToken cancellation) =>
        Solver.Solve(graph, new SolverOptions(this, Compiled, Iterations ?? 1000), progress, cancellation);
}
