using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Joins plates over one range that follow each other.</summary>
internal static class Merging
{
    public static ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements)
    {
        var merged = ImmutableArray.CreateBuilder<FactorStatement>();
        foreach (var statement in statements)
            if (statement is RepeatStatement repeat && merged is [.., RepeatStatement last] && last.Range == repeat.Range)
                merged[^1] = last with { Body = [.. last.Body, .. repeat.Body] };
            else merged.Add(statement);
        for (var s = 0; s < merged.Count; s++)
            merged[s] = merged[s] switch
            {
                RepeatStatement repeat => repeat with { Body = Of(repeat.Body) },
                GateStatement gate => gate with { Body = Of(gate.Body) },
                var other => other,
            };
        return merged.ToImmutable();
    }
}
