using System.Diagnostics;
using Microsoft.ML.Probabilistic.Math;
using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet;

/// <summary>Runs an algorithm on a factor graph.</summary>
internal static class Solver
{
    /// <summary>Why engines cannot run: they can.</summary>
    public static string? Unavailable => null;

    /// <summary>Compiles what is not compiled, and passes messages.</summary>
    public static FactorGraphSolution Solve(FactorGraph graph, SolverOptions options, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        var (compiling, wasThere) = options.Compiled.GetOrStart(Compilation.KeyOf(graph, options), () => Compilation.Start(graph, options));
        // Compiling cannot be interrupted; it goes on for the next who asks.
        compiling.WaitAsync(cancellation).GetAwaiter().GetResult();
        var algorithm = compiling.Result;
        var compileTime = watch.Elapsed;
        watch.Restart();
        // The generator belongs to the thread.
        Rand.Restart((int)(options.Engine.Seed ^ (options.Engine.Seed >> 32)) & int.MaxValue);
        var run = new Run(graph, algorithm, options, progress, cancellation);
        return run.ToEnd() with { CompileTime = compileTime, RunTime = watch.Elapsed, WasCompiled = wasThere };
    }
}
