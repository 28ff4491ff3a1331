using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Joins plates over one range, and gates on one value: into the earlier one, where nothing that stands between defines what the later one reads. An engine
/// takes what only holds in a branch as known in that one block alone.
/// </summary>
internal static class Merging
{
    public static ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements)
    {
        var merged = new List<FactorStatement>();
        var (places, lastDefinition) = (new Dictionary<string, int>(StringComparer.Ordinal), new Dictionary<FactorVariable, int>());
        foreach (var statement in statements)
        {
            var (place, key) = (merged.Count, KeyOf(statement));
            if (key is not null && places.TryGetValue(key, out var earlier) && Used(statement).All(v => lastDefinition.GetValueOrDefault(v, -1) <= earlier))
            {
                merged[place = earlier] = Joined(merged[earlier], statement);
            }
            else
            {
                merged.Add(statement);
                if (key is not null) places[key] = place;
            }
            foreach (var variable in Defined(statement)) lastDefinition[variable] = Math.Max(place, lastDefinition.GetValueOrDefault(variable, -1));
        }
        return [.. merged.Select(s => s switch
        {
            RepeatStatement repeat => repeat with { Body = Of(repeat.Body) },
            GateStatement gate => gate with { Body = Of(gate.Body) },
            _ => s,
        })];
    }

    private static string? KeyOf(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => repeat.Range.Name,
        GateStatement gate => $"{gate.Kind} {gate.Selector} {gate.Value}",
        _ => null,
    };

    private static FactorStatement Joined(FactorStatement a, FactorStatement b) => a switch
    {
        RepeatStatement repeat => repeat with { Body = [.. repeat.Body, .. ((RepeatStatement)b).Body] },
        GateStatement gate => gate with { Body = [.. gate.Body, .. ((GateStatement)b).Body] },
        _ => throw new System.Diagnostics.UnreachableException(a.GetType().Name),
    };

    private static IEnumerable<FactorVariable> Defined(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => repeat.Body.SelectMany(Defined),
        GateStatement gate => gate.Body.SelectMany(Defined),
        DefineStatement define => [define.Target.Variable],
        _ => [],
    };

    private static IEnumerable<FactorVariable> Used(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => repeat.Body.SelectMany(Used),
        GateStatement gate => gate.Body.SelectMany(Used).Concat(Used(gate.Selector)),
        DefineStatement define => define.Arguments.SelectMany(Used),
        ConstrainStatement constrain => constrain.Arguments.SelectMany(Used),
        _ => [],
    };

    private static IEnumerable<FactorVariable> Used(FactorReference reference) => reference.Indices.OfType<ValueIndex>().SelectMany(i => Used(i.Value)).Append(reference.Variable);
}
