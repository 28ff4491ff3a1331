using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>The parts of a statement that it might be solved for.</summary>
internal sealed class SolvableParts(ModelGraph graph)
{
    private readonly Dictionary<Variable, int> _uses = graph.Definitions.SelectMany(d => Uses.Of(d)).GroupBy(v => v).ToDictionary(g => g.Key, g => g.Count());

    public static Variable VariableOf(Bound part) => (part as VariableValue ?? (VariableValue)((IndexedValue)part).Array).Variable;

    /// <summary>The unknown quantities on the right side: first those that go with the loops as the left side does, then those that little else depends on.</summary>
    public IEnumerable<Bound> Of(Definition definition, Func<Variable, bool> isUnknown)
    {
        var found = new List<Bound>();
        Collect(definition.Value!);
        return found.OrderByDescending(t => definition.Plates.Count(p => Layout.Touches(t, [p])))
            .ThenByDescending(t => t is IndexedValue part && part.Indices.Length == definition.Indices.Length && part.Indices.Zip(definition.Indices).All(i => SameMeaning.Holds(((AtIndex)i.First).Position, i.Second)))
            .ThenByDescending(t => VariableOf(t).Type == ElementType.Real).ThenBy(t => _uses.GetValueOrDefault(VariableOf(t)));

        void Collect(Bound part)
        {
            switch (part)
            {
                case VariableValue variable:
                    Add(variable, variable.Variable);
                    return;
                case IndexedValue { Array: VariableValue variable } element when element.Indices.All(i => i is AtIndex { Position.Rank: 0 }):
                    Add(element, variable.Variable);
                    return;
                case ArrayFunctionValue function when ArrayFunctions.IsAboutShape(function.Function):
                    return;
                case IndexedValue indexed:
                    Collect(indexed.Array);
                    return;
                default:
                    foreach (var inside in Parts.Of(part)) Collect(inside);
                    return;
            }
        }

        void Add(Bound target, Variable variable)
        {
            if (isUnknown(variable) && !found.Exists(t => SameMeaning.Holds(t, target))) found.Add(target);
        }
    }

    /// <summary>Why what a variable is drawn from has no density that could be changed to that of another one; null where it has.</summary>
    public static string? WhyNoDensity(ModelGraph graph, Variable variable) =>
        graph.DefinitionsOf(variable).Select(d => d.Distribution).OfType<BoundDistribution>().Select(WhyNoDensity).FirstOrDefault(w => w is not null);

    private static string? WhyNoDensity(BoundDistribution distribution) =>
        Learning.LearnedBy(distribution) is not null ? "has a density that is not known exactly"
        : DistributionTraits.Constrained(distribution) is { } constrained ? $"is drawn from {constrained.Name}, whose elements bind each other"
        : DistributionTraits.HasAtoms(distribution) ? "takes single values with a probability of their own" : null;
}
