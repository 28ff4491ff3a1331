using System.Collections.Immutable;
using System.Diagnostics;

namespace ProbLang.FactorGraphs;

/// <summary>Reads known numbers as the statements of plates refer to them.</summary>
internal static class KnownValues
{
    /// <param name="reference">Refers to a single known number.</param>
    /// <param name="plates">The plates around the statement.</param>
    /// <param name="at">Their indices.</param>
    public static double Of(FactorReference reference, ImmutableArray<FactorRange> plates, int[] at)
    {
        var variable = reference.Variable;
        int[] element = [.. reference.Indices.Select(i => Of(i, plates, at))];
        return variable.Data!.Numbers.Span[FactorCounting.Offset(variable.Ranges, element)];
    }

    private static int Of(FactorIndex index, ImmutableArray<FactorRange> plates, int[] at) => index switch
    {
        RangeIndex range => at[plates.IndexOf(range.Range)],
        FixedIndex fixedIndex => fixedIndex.Position,
        ValueIndex value => (int)Of(value.Value, plates, at),
        _ => throw new UnreachableException(index.ToString()),
    };
}
