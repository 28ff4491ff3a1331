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
        var starts = new RandomStarts(graph, seed);
        foreach (var variable in graph.Variables.Where(v => v.StartsRandomly)) Set(names.StartOf(variable), () => starts.Of(variable));
        return instance;

        // What nothing that was asked for depends on is no part of the code.
        void Set(string name, Func<object> value)
        {
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is not null) instance.SetObservedValue(name, value());
        }
    }
}
