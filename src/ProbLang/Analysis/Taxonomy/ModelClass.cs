using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Where a model stands in the taxonomy of generative models, and what decides it.</summary>
/// <param name="Name">The class, in the words of the taxonomy.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Decided">The statement that decides it; null where it is the absence of one.</param>
internal sealed record ModelClass(string Name, string Reason, Location? Decided)
{
    public const string Tractable = "explicit, tractable";
    public const string Approximate = "explicit, approximate";
    public const string Implicit = "implicit";

    /// <summary>The family of models, where it is one that has a name.</summary>
    public string? Family { get; init; }

    /// <summary>What parameters could be learned by, and why not.</summary>
    public ImmutableArray<Objective> Objectives { get; init; } = [];

    /// <summary>The objective that learning takes: the first that applies and is there, else the first that applies.</summary>
    public Objective? Taken => Objectives.FirstOrDefault(o => o.Applies && o.IsAvailable) ?? Objectives.FirstOrDefault(o => o.Applies);

    /// <summary>
    /// The variables that a definition of another variable, a condition or a factor depends on. What is computed of a series for
    /// its own next values, as the variances of a GARCH model are, belongs to the series and is no such definition.
    /// </summary>
    public static HashSet<Variable> UsedVariables(ModelGraph graph)
    {
        var reads = graph.Definitions.GroupBy(d => d.Variable).ToDictionary(g => g.Key, ReadBy);
        var used = new HashSet<Variable>();
        foreach (var (reader, direct) in reads)
        {
            var (seen, open) = (new HashSet<Variable> { reader }, new Stack<Variable>(direct));
            while (open.TryPop(out var read))
            {
                if (!seen.Add(read)) continue;
                if (!(IsComputed(graph, reader) && Recur(reads, reader, read))) used.Add(read);
                if (IsComputed(graph, read))
                    foreach (var behind in ReadsOf(reads, read))
                        if (Recur(reads, read, behind)) open.Push(behind);
            }
        }
        foreach (var order in graph.GivenOrders) used.UnionWith(Uses.Of(order));
        foreach (var condition in graph.GivenConditions) used.UnionWith(Uses.Of(condition));
        foreach (var factor in graph.Factors) used.UnionWith(Uses.Of(factor));
        return used;
    }

    private static HashSet<Variable> ReadBy(IEnumerable<Definition> definitions) =>
        Uses.Of(definitions.SelectMany(d => Parts.OfRight(d).Concat(d.Gates.Select(g => g.Condition))));

    private static IReadOnlyCollection<Variable> ReadsOf(Dictionary<Variable, HashSet<Variable>> reads, Variable variable) =>
        reads.TryGetValue(variable, out var found) ? found : [];

    private static bool IsComputed(ModelGraph graph, Variable variable) => !variable.IsInput && graph.DefinitionsOf(variable).All(d => !d.IsRandom);

    /// <summary>Whether two variables are each made of the other.</summary>
    private static bool Recur(Dictionary<Variable, HashSet<Variable>> reads, Variable one, Variable other) => IsMadeOf(reads, one, other) && IsMadeOf(reads, other, one);

    private static bool IsMadeOf(Dictionary<Variable, HashSet<Variable>> reads, Variable variable, Variable part)
    {
        var (seen, open) = (new HashSet<Variable>(), new Stack<Variable>([variable]));
        while (open.TryPop(out var next))
            foreach (var read in ReadsOf(reads, next))
            {
                if (read == part) return true;
                if (seen.Add(read)) open.Push(read);
            }
        return false;
    }
}
