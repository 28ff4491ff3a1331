using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>The part of a model that no data bear on, and what is wrong with it whatever the data will be.</summary>
internal static class ConstantPart
{
    private const string IndexOutside = "GM0315";

    /// <summary>Messages that no data take back. Others are about what is not given, and data may give it.</summary>
    private static readonly string[] s_decided =
    [
        "GM0308", "GM0309", "GM0310", "GM0311", "GM0313", "GM0316", "GM0324", "GM0326", "GM0327", "GM0328", "GM0329", "GM0334", "GM0335", "GM0336", "GM0337", "GM0339", "GM0345", "GM0346", "GM0347",
        "GM0348", "GM0378",
    ];

    /// <summary>In the order of the text.</summary>
    public static IEnumerable<Diagnostic> Mistakes(ModelGraph graph)
    {
        var found = Diagnose(graph, _ => false);
        // Data may give an array that is defined by its elements more of them, so an index beyond it is a mistake only elsewhere.
        var extensible = graph.Definitions.Where(d => !d.Indices.IsEmpty).Select(d => d.Variable).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        var outside = found.Any(d => d.Id == IndexOutside) ? Diagnose(graph, extensible.Contains).Where(d => d.Id == IndexOutside) : [];
        Diagnostic[] decided = [.. found.Where(d => s_decided.Contains(d.Id)), .. outside];
        return decided.Length == 0 ? decided : decided
            .DistinctBy(d => (d.Id, d.Location, d.Message)).OrderBy(d => d.Location!.Line).ThenBy(d => d.Location!.Column);
    }

    private static ImmutableArray<Diagnostic> Diagnose(ModelGraph graph, Predicate<Variable> isOpen)
    {
        var open = graph.Variables.Where(v => v.IsInput || v.LevelsOf is not null || v.Category is not null || isOpen(v)).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        while (graph.Definitions.Where(d => !open.Contains(d.Variable) && IsOpen(d)).Select(d => d.Variable).ToList() is { Count: > 0 } more) open.UnionWith(more);
        var definitions = graph.Definitions.Where(d => !IsOpen(d) && d.Variable is { Category: null, IsInput: false }).ToImmutableArray();
        if (definitions.IsEmpty) return [];
        var defined = definitions.Select(d => d.Variable).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        return Conditioner.Condition(graph with
        {
            Variables = [.. graph.Variables.Where(defined.Contains)],
            Definitions = definitions,
            GivenValues = [.. graph.GivenValues.Where(g => !open.Contains(g.Variable) && defined.Contains(g.Variable) && IsClosed(Uses.Of(g), [.. g.Indices, g.Value]))],
            GivenOrders = [.. graph.GivenOrders.Where(o => IsClosed(Uses.Of(o), [o.Less, o.Greater]))],
            GivenConditions = [.. graph.GivenConditions.Where(c => IsClosed(Uses.Of(c), [c.Condition]))],
            Factors = [.. graph.Factors.Where(f => IsClosed(Uses.Of(f), [f.Value]))],
            Nets = [],
            Guide = null,
        }, new DataSet(new Dictionary<string, DataArray>())).Diagnostics;

        bool IsOpen(Definition definition) => !IsClosed(Uses.Of(definition).Concat(Uses.Of(definition.Variable)), Parts.OfRight(definition)) || Learning.LearnedBy(definition.Distribution) is not null;

        bool IsClosed(IEnumerable<Variable> uses, IEnumerable<Bound> values) => !uses.Any(open.Contains) && !Walk.Over(values).Any(v => v is NetValue);
    }
}
