using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>
/// Gibbs sampling by Infer.NET: one variable after the other is drawn given all others. What is believed of a variable is the average of the
/// distributions that it was drawn from, after <see cref="BurnIn"/>; so there is nothing to thin. Iterations are 20000, those of the burn-in included,
/// unless said otherwise. It gives no log evidence.
/// </summary>
public sealed record GibbsSampling : MessagePassing
{
    /// <inheritdoc/>
    public override string Name => "gibbs";

    /// <inheritdoc/>
    public override FactorAlgorithm Algorithm => FactorAlgorithm.GibbsSampling;

    /// <summary>How many of the first iterations are left out of the averages. Default: a tenth of all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public int? BurnIn
    {
        get;
        init
        {
            if (value is { } number) ArgumentOutOfRangeException.ThrowIfNegative(number, nameof(BurnIn));
            field = value;
        }
    }

    /// <summary>Where compiled algorithms are kept. Default: <see cref="CompiledAlgorithms.Shared"/>.</summary>
    public CompiledAlgorithms Compiled { get; init; } = CompiledAlgorithms.Shared;

    /// <inheritdoc/>
    public override string? Unavailable => Solver.Unavailable;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">No iterations are left after the burn-in.</exception>
    public override FactorGraphSolution Solve(FactorGraph graph, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        var iterations = Iterations ?? 20000;
        var burnIn = BurnIn ?? iterations / 10;
        if (burnIn >= iterations) throw new InvalidOperationException($"the burn-in of {burnIn} leaves none of {iterations} iterations");
        return Solver.Solve(graph, new SolverOptions(this, Compiled, iterations) { BurnIn = burnIn }, progress, cancellation);
    }
}
