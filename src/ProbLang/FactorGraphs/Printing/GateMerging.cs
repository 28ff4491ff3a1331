using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Brings gates by one selector together, where what stands between them allows: a variable of a gate is made in it, once.
/// </summary>
internal static class GateMerging
{
    public static ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements)
    {
        var merged = new List<FactorStatement>();
        foreach (var statement in statements)
            switch (statement)
            {
                case RepeatStatement repeat:
                    merged.Add(repeat with { Body = Of(repeat.Body) });
                    break;
                case GateStatement gate:
                    Add(merged, gate);
                    break;
                default:
                    merged.Add(statement);
                    break;
            }
        // What has come together may have gates to merge inside.
        return [.. merged.Select(s => s is GateStatement gate ? gate with { Body = Of(gate.Body) } : s)];
    }

    private static void Add(List<FactorStatement> statements, GateStatement gate)
    {
        var at = statements.FindLastIndex(s => s is GateStatement other && IsAlike(other, gate));
        if (at >= 0)
        {
            var (earlier, between) = ((GateStatement)statements[at], statements[(at + 1)..]);
            var joined = earlier with { Body = earlier.Body.AddRange(gate.Body) };
            if (!between.Any(s => Defined(s).Overlaps(Read(gate))))
            {
                statements[at] = joined;
                return;
            }
            if (!between.Any(s => Read(s).Overlaps(Defined(earlier))))
            {
                statements.RemoveAt(at);
                statements.Add(joined);
                return;
            }
        }
        statements.Add(gate);
    }

    private static bool IsAlike(GateStatement a, GateStatement b) => a.Kind == b.Kind && a.Value == b.Value && a.Selector.ToString() == b.Selector.ToString();

    private static HashSet<FactorVariable> Defined(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => [.. repeat.Body.SelectMany(Defined)],
        GateStatement gate => [.. gate.Body.SelectMany(Defined)],
        DefineStatement define => [define.Target.Variable],
        _ => [],
    };

    private static HashSet<FactorVariable> Read(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => [.. repeat.Body.SelectMany(Read)],
        GateStatement gate => [.. Read(gate.Selector), .. gate.Body.SelectMany(Read)],
        DefineStatement define => [.. define.Arguments.SelectMany(Read), .. define.Target.Indices.SelectMany(Read)],
        ConstrainStatement constrain => [.. constrain.Arguments.SelectMany(Read)],
        _ => [],
    };

    private static IEnumerable<FactorVariable> Read(FactorReference reference) => [reference.Variable, .. reference.Indices.SelectMany(Read)];

    private static IEnumerable<FactorVariable> Read(FactorIndex index) => index is ValueIndex value ? Read(value.Value) : [];
}
