using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML.Probabilistic.Models;
using ProbLang.FactorGraphs;
using Ep = Microsoft.ML.Probabilistic.Algorithms.ExpectationPropagation;
using Gibbs = Microsoft.ML.Probabilistic.Algorithms.GibbsSampling;
using Vmp = Microsoft.ML.Probabilistic.Algorithms.VariationalMessagePassing;

namespace ProbLang.InferNet;

/// <summary>Lets Infer.NET generate the code of an algorithm for a factor graph, and loads it.</summary>
internal static class Compilation
{
    /// <summary>What decides the generated code.</summary>
    public static string KeyOf(FactorGraph graph, SolverOptions options, bool withEvidence) =>
        string.Create(CultureInfo.InvariantCulture, $"{options.Engine.Algorithm} {withEvidence} {options.BurnIn}\n{graph.Structure}");

    /// <summary>Compiles on the thread for it.</summary>
    public static Task<CompiledAlgorithm> Start(FactorGraph graph, SolverOptions options, bool withEvidence) => CompilerThread.Run(() => Compile(graph, options, withEvidence));

    private static CompiledAlgorithm Compile(FactorGraph graph, SolverOptions options, bool withEvidence)
    {
        var code = new GeneratedCode(graph.Name);
        try
        {
            var model = new Model(graph, withEvidence);
            var queries = model.Queries.ToArray();
            return new CompiledAlgorithm(EngineOf(code, options, queries).GetCompiledInferenceAlgorithm(queries).GetType(), code, withEvidence);
        }
#pragma warning disable CA1031 // What the library cannot do it tells by exceptions of all kinds.
        catch (Exception e) when (e is not (UnreachableException or InvalidCastException))
#pragma warning restore CA1031
        {
            throw Failures.OfCompilation(e, options.Engine);
        }
        finally
        {
            Variable.CloseAllBlocks();
        }
    }

    private static InferenceEngine EngineOf(GeneratedCode code, SolverOptions options, IVariable[] queries)
    {
        var engine = new InferenceEngine(AlgorithmOf(options)) { ShowProgress = false, ShowWarnings = false, ShowTimings = false, OptimiseForVariables = queries };
        engine.Compiler.WriteSourceFiles = false;
        engine.Compiler.GenerateInMemory = true;
        engine.Compiler.AddComments = false;
        engine.Compiler.AssemblyLoader = (assembly, symbols) => code.LoadFromStream(assembly, symbols);
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
