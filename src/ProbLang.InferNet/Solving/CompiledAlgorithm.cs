using System.Reflection;
using System.Runtime.Loader;
using Microsoft.ML.Probabilistic;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>The code that passes messages on graphs of one structure. It can run several times at once, each on an instance of its own.</summary>
/// <param name="type">The generated class.</param>
/// <param name="code">What the class was loaded into; it is unloaded when nothing refers to it.</param>
/// <param name="hasEvidence">Whether it computes the evidence.</param>
internal sealed class CompiledAlgorithm(Type type, AssemblyLoadContext code, bool hasEvidence)
{
    private readonly AssemblyLoadContext _code = code;

    /// <summary>Whether it computes the evidence.</summary>
    public bool HasEvidence { get; } = hasEvidence;

    /// <summary>The algorithm with the data of a graph, before its first iteration; random starts are drawn by the generator of the thread.</summary>
    public IGeneratedAlgorithm With(FactorGraph graph)
    {
        var (names, usage) = (new ModelNames(graph), new Usage(graph));
        var instance = (IGeneratedAlgorithm)Activator.CreateInstance(type)!;
        // Sizes come first: the length of an array is compared with them when it is set.
        foreach (var variable in graph.Variables.Where(v => v.Data is not null).OrderBy(v => v.Ranges.Length))
            Set(names[variable], () => ObservedValue.Of(variable, usage.IsPlainMatrix(variable)));
        foreach (var variable in graph.Variables.Where(v => RandomStarts.Has(v, usage))) Set(names.StartOf(variable), () => RandomStarts.Draw(variable, usage));
        return instance;

        // What nothing that was asked for depends on is no part of the code.
        void Set(string name, Func<object> value)
        {
            if (type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is not null) instance.SetObservedValue(name, value());
        }
    }
}
