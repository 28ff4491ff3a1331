using ProbLang.FactorGraphs;

namespace ProbLang.Inference;

/// <summary>
/// An engine that passes messages on a factor graph. It is for other assemblies to derive from: the library compiles the model to the graph, checks that
/// the algorithm is right for it, and turns what is believed into marginal distributions.
/// </summary>
public abstract record MessagePassing : Engine
{
    /// <summary>Which algorithm; it decides what the engine can take.</summary>
    public abstract FactorAlgorithm Algorithm { get; }

    /// <summary>At most how many iterations. Default: what the algorithm needs.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int? Iterations
    {
        get;
        init
        {
            if (value is { } number) ArgumentOutOfRangeException.ThrowIfLessThan(number, 1, nameof(Iterations));
            field = value;
        }
    }

    /// <summary>Iterations end when what is believed changes by less, as <see cref="IterationProgress.Change"/> says. Default: 1e-8.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is negative or not a number.</exception>
    public double Tolerance
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(Tolerance));
            if (double.IsNaN(value)) throw new ArgumentOutOfRangeException(nameof(Tolerance), value, "not a number");
            field = value;
        }
    } = 1e-8;

    /// <summary>Decides random starts, and the draws of a sampler. Default: 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether to compute the log evidence, where the algorithm gives it. Default: true.</summary>
    public bool Evidence { get; init; } = true;

    /// <summary>Why the engine cannot run at all here, and what to do; null where it can.</summary>
    public virtual string? Unavailable => null;

    /// <summary>Passes messages until they settle.</summary>
    /// <param name="graph">The factor graph, which the algorithm is known to be able to take.</param>
    /// <param name="progress">Told of iterations.</param>
    /// <param name="cancellation">Looked at in every iteration; what is believed until then is the result.</param>
    /// <exception cref="FactorGraphException">The data contradict the model, or the engine finds something in the graph that it cannot take.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public abstract FactorGraphSolution Solve(FactorGraph graph, IProgress<IterationProgress>? progress, CancellationToken cancellation);
}
