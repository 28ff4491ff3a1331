using System.Collections.Immutable;
using System.Diagnostics;

namespace ProbLang.FactorGraphs;

/// <summary>Reads known numbers as the statements of plates refer to them.</summary>
internal static class KnownValues
{
    /// <summary>Whether a reference is to something known, by known indices.</summary>
    public static bool IsKnown(FactorReference reference) => reference.Variable.Data is not null && reference.Indices.OfType<ValueIndex>().All(i => IsKnown(i.Value));

    /// <summary>The numbers of an element.</summary>
    /// <param name="reference">Refers to what is known.</param>
    /// <param name="plates">The plates around the statement.</param>
    /// <param name="at">Their indices.</param>
    public static ReadOnlySpan<double> Item(FactorReference reference, ImmutableArray<FactorRange> plates, int[] at)
    {
        var (variable, data) = (reference.Variable, reference.Variable.Data!);
        var size = data.ItemShape.Aggregate(1, (product, length) => product * length);
        int[] element = [.. reference.Indices.Select(i => Of(i, plates, at))];
        return data.Numbers.Span.Slice(FactorCounting.Offset(variable.Ranges, element) * size, size);
    }

    private static int Of(FactorIndex index, ImmutableArray<FactorRange> plates, int[] at) => index switch
    {
        RangeIndex range => at[plates.IndexOf(range.Range)],
        FixedIndex fixedIndex => fixedIndex.Position,
        ValueIndex value => (int)Item(value.Value, plates, at)[0],
        _ => throw new UnreachableException(index.ToString()),
    };
}
