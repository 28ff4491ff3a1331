using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML.Probabilistic.Compiler;
using Microsoft.ML.Probabilistic.Models;
using ProbLang.FactorGraphs;
using Ep = Microsoft.ML.Probabilistic.Algorithms.ExpectationPropagation;
using Gibbs = Microsoft.ML.Probabilistic.Algorithms.GibbsSampling;
using Vmp = Microsoft.ML.Probabilistic.Algorithms.VariationalMessagePassing;

namespace ProbLang.InferNet;

/// <summary>Lets Infer.NET generate the code of an algorithm for a factor graph, and loads it.</summary>
internal static class Compilation
{
    // Infer.NET walks deep expression trees and long chains of messages by recursion.
    private const int StackSize = 256 << 20;

    /// <summary>What decides the generated code.</summary>
    public static string KeyOf(FactorGraph graph, SolverOptions options, bool withEvidence) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.Engine.Algorithm} {withEvidence} {options.BurnIn}\n{graph.Structure}");

    /// <summary>Compiles on a thread of its own.</summary>
    public static Task<CompiledAlgorithm> Start(FactorGraph graph, SolverOptions options, bool withEvidence)
    {
        var result = new TaskCompletionSource<CompiledAlgorithm>(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(Run, StackSize) { IsBackground = true, Name = "Infer.NET compiler" };
        thread.Start();
        return result.Task;

        void Run()
        {
            try
            {
                result.SetResult(Compile(graph, options, withEvidence));
            }
#pragma warning disable CA1031 // It is thrown again where the result is awaited.
            catch (Exception e)
#pragma warning restore CA1031
            {
                result.SetException(e);
            }
        }
    }

    private static CompiledAlgorithm Compile(FactorGraph graph, SolverOptions options, bool withEvidence)
    {
        try
        {
            var model = new Model(graph, withEvidence);
            var queries = model.Queries.ToArray();
            var compiled = EngineOf(graph.Name, options, queries).GetCompiledInferenceAlgorithm(queries);
            return new CompiledAlgorithm(compiled.GetType()) { HasEvidence = withEvidence };
        }
        catch (Exception e) when (e is CompilationFailedException or InferCompilerException or ArgumentException or InvalidOperationException or NotSupportedException or NotImplementedException or TargetInvocationException)
        {
            throw Failures.OfCompilation(e, options.Engine);
        }
        finally
        {
            Variable.CloseAllBlocks();
        }
    }

    private static InferenceEngine EngineOf(string model, SolverOptions options, IVariable[] queries)
    {
        var context = new GeneratedCode(model);
        var engine = new InferenceEngine(AlgorithmOf(options)) { ShowProgress = false, ShowWarnings = false, ShowTimings = false, OptimiseForVariables = queries };
        engine.Compiler.WriteSourceFiles = false;
        engine.Compiler.GenerateInMemory = true;
        engine.Compiler.AddComments = false;
        engine.Compiler.AssemblyLoader = (assembly, symbols) => context.LoadFromStream(assembly, symbols);
        return engine;
    }

    private static Microsoft.ML.Probabilistic.Models.Attributes.IAlgorithm AlgorithmOf(SolverOptions options) => options.Engine.Algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => new Ep(),
        FactorAlgorithm.VariationalMessagePassing => new Vmp(),
        _ => new Gibbs { BurnIn = options.BurnIn, Thin = 1 },
    };

    /// <summary>Generated code is unloaded when nothing refers to it any more.</summary>
    private sealed class GeneratedCode(string model) : AssemblyLoadContext($"problang of {model}", isCollectible: true)
    {
        // What it refers to is what is loaded here, wherever a host has loaded that.
        protected override Assembly? Load(AssemblyName assemblyName) => GetLoadContext(typeof(GeneratedCode).Assembly)?.LoadFromAssemblyName(assemblyName);
    }
}
