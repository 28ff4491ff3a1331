using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>What an engine asks of the solver.</summary>
internal sealed record SolverOptions(MessagePassing Engine, CompiledAlgorithms Compiled, int Iterations)
{
    /// <summary>For sampling, how many of the first iterations do not count.</summary>
    public int BurnIn { get; init; }
}
