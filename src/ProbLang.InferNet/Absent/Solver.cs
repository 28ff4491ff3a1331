using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>Stands in for the solver where Infer.NET was not there when this was built.</summary>
internal static class Solver
{
    /// <summary>Why engines cannot run.</summary>
    public static string? Unavailable =>
        "this build has no Infer.NET, because no package source served Microsoft.ML.Probabilistic.Compiler when it was built; "
        + "build it on a machine with a source that does (`dotnet nuget add source`, then `dotnet build -p:InferNet=true`)";

    /// <exception cref="PlatformNotSupportedException">Always.</exception>
    public static FactorGraphSolution Solve(FactorGraph graph, SolverOptions options, IProgress<IterationProgress>? progress, CancellationToken cancellation) =>
        throw new PlatformNotSupportedException(Unavailable);
}
