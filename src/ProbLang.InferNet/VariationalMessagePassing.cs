using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>
/// Variational message passing by Infer.NET: the posterior is approximated by the closest product of distributions, one for each variable, in the sense of the
/// divergence KL(q‖p). Its variances are generally too small, and its log evidence is a lower bound. Iterations are 1000 at most unless said otherwise.
/// </summary>
/// <remarks>J. Winn and C. Bishop, Variational message passing, Journal of Machine Learning Research 6, 2005.</remarks>
public sealed record VariationalMessagePassing : MessagePassing
{
    /// <inheritdoc/>
    public override string Name => "vmp";

    /// <inheritdoc/>
    public override FactorAlgorithm Algorithm => FactorAlgorithm.VariationalMessagePassing;

    /// <summary>Where compiled algorithms are kept. Default: <see cref="CompiledAlgorithms.Shared"/>.</summary>
    public CompiledAlgorithms Compiled { get; init; } = CompiledAlgorithms.Shared;

    /// <inheritdoc/>
    public override string? Unavailable => Solver.Unavailable;

    /// <inheritdoc/>
    public override FactorGraphSolution Solve(FactorGraph graph, IProgress<IterationProgress>? progress, CancellationToken cancellation) =>
        Solver.Solve(graph, new SolverOptions(this, Compiled, Iterations ?? 1000), progress, cancellation);
}
