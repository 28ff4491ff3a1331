using System.Reflection;
using Microsoft.ML.Probabilistic;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The code that passes messages on graphs of one structure. It can run several times at once, each on an instance of its own.</summary>
/// <param name="type">The generated class.</param>
internal sealed class CompiledAlgorithm(Type type)
{
    /// <summary>Whether it computes the evidence.</summary>
    public bool HasEvidence { get; init; }

    /// <summary>The algorithm with the data of a graph, before its first iteration.</summary>
    public IGeneratedAlgorithm With(FactorGraph graph, ulong seed)
    {
        var (names, usage) = (new ModelNames(graph), new Usage(graph));
        var instance = (IGeneratedAlgorithm)Activator.CreateInstance(type)!;
        // Sizes come first: the length of an array is compared with them when it is set.
        foreach (var variable in graph.Variables.Where(v => v.Data is not null).OrderBy(v => v.Ranges.Length))
            Set(names[variable], () => ObservedValue.Of(variable, usage.IsPlainMatrix(variable)));
        foreach (var variable in graph.Variables.Where(v => RandomStarts.Can(v, graph, usage))) Set(names.StartOf(variable), () => RandomStarts.Of(variable, graph, usage, seed));
        return instance;

        // What nothing that was asked for depends on is no part of the code.
        void Set(string name, Func<object> value)
        {
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is not null) instance.SetObservedValue(name, value());
        }
    }
}
