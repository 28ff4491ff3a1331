using System.Globalization;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>What variables and ranges are called in a model: as in the graph, with a number, so that no name is that of something that Infer.NET generates.</summary>
internal sealed class ModelNames
{
    /// <summary>What the variable is called whose odds tell the evidence.</summary>
    public const string Evidence = "evidence";

    private readonly Dictionary<object, string> _names = [];
    private int _priors;

    public ModelNames(FactorGraph graph)
    {
        foreach (var variable in graph.Variables) Add(variable, variable.Name);
        foreach (var range in graph.Ranges) Add(range, range.Name);
    }

    public string this[FactorVariable variable] => _names[variable];

    public string this[FactorRange range] => _names[range];

    /// <summary>What holds the messages that a variable starts from.</summary>
    public string StartOf(FactorVariable variable) => _names[variable] + "_start";

    /// <summary>What holds the distribution that a variable is drawn from; in each branch another.</summary>
    public string PriorOf(FactorVariable variable) => string.Create(CultureInfo.InvariantCulture, $"{_names[variable]}_prior{_priors++}");

    private void Add(object named, string name) => _names.Add(named, string.Create(CultureInfo.InvariantCulture, $"{name}_{_names.Count}"));
}
