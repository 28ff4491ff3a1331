using Microsoft.ML.Probabilistic;
using Microsoft.ML.Probabilistic.Algorithms;
using Microsoft.ML.Probabilistic.Models;
using Microsoft.ML.Probabilistic.Models.Attributes;

namespace ProbLang.Bench;

/// <summary>A model as an expert writes it in C# for Infer.NET, compiled.</summary>
/// <param name="Algorithm">The generated code.</param>
/// <param name="Data">What is observed, sizes first.</param>
/// <param name="Queries">What is asked for.</param>
internal sealed record HandWritten(IGeneratedAlgorithm Algorithm, IReadOnlyList<(string Name, object Value)> Data, IReadOnlyList<string> Queries)
{
    public static HandWritten Of(bool variational, IReadOnlyList<(string Name, object Value)> data, params IVariable[] queries)
    {
        var engine = new InferenceEngine(variational ? new VariationalMessagePassing() : new ExpectationPropagation()) { ShowProgress = false, OptimiseForVariables = queries };
        engine.Compiler.ShowWarnings = false;
        engine.Compiler.WriteSourceFiles = false;
        return new(engine.GetCompiledInferenceAlgorithm(queries), data, [.. queries.Select(q => q.Name)]);
    }

    /// <summary>Sets all data, iterates, and reads the marginals, as for data that are new.</summary>
    public void Run(int iterations)
    {
        foreach (var (name, value) in Data) Algorithm.SetObservedValue(name, value);
        Algorithm.Execute(iterations);
        foreach (var query in Queries) GC.KeepAlive(Algorithm.Marginal(query));
    }
}
