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
        // A sampler has no evidence. Of the other algorithms some factors have messages but no evidence, or one that fails on what messages can be passed on.
        if (!options.Engine.Evidence || options.Engine.Algorithm == FactorAlgorithm.GibbsSampling) return Solve(graph, options, withEvidence: false, progress, cancellation);
        try
        {
            return Solve(graph, options, withEvidence: true, progress, cancellation);
        }
        catch (FactorGraphException e) when (!e.IsContradiction)
        {
            return Solve(graph, options, withEvidence: false, progress, cancellation);
        }
    }

    private static FactorGraphSolution Solve(FactorGraph graph, SolverOptions options, bool withEvidence, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var watch = Stopwatch.StartNew();
        var (compiling, wasThere) = options.Compiled.GetOrStart(Compilation.KeyOf(graph, options, withEvidence), () => Compilation.Start(graph, options, withEvidence));
        // Compiling cannot be interrupted; it goes on for the next who asks.
        var algorithm = compiling.WaitAsync(cancellation).GetAwaiter().GetResult();
        var compileTime = watch.Elapsed;
        watch.Restart();
        // The generator belongs to the thread.
        Rand.Restart((int)(options.Engine.Seed & int.MaxValue));
        var run = new Run(graph, algorithm, options, progress, cancellation);
        return run.ToEnd() with { CompileTime = compileTime, RunTime = watch.Elapsed, WasCompiled = wasThere };
    }
}
