using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Joins plates over one range, and gates on one value, that follow each other.</summary>
internal static class Merging
{
    public static ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements)
    {
        var merged = ImmutableArray.CreateBuilder<FactorStatement>();
        foreach (var statement in statements)
            if (statement is RepeatStatement repeat && merged is [.., RepeatStatement last] && last.Range == repeat.Range)
                merged[^1] = last with { Body = [.. last.Body, .. repeat.Body] };
            else if (statement is GateStatement gate && merged is [.., GateStatement before] && before.Kind == gate.Kind && before.Value == gate.Value && before.Selector.ToString() == gate.Selector.ToString())
                merged[^1] = before with { Body = [.. before.Body, .. gate.Body] };
            else merged.Add(statement);
        for (var s = 0; s < merged.Count; s++)
            merged[s] = merged[s] switch
            {
                RepeatStatement repeat => repeat with { Body = Of(repeat.Body) },
                GateStatement inner => inner with { Body = Of(inner.Body) },
                var other => other,
            };
        return merged.ToImmutable();
    }
}
