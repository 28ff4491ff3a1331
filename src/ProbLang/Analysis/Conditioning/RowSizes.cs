using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Sizes of rows that the data do not name, from the rows of the arrays that they give: <c>n</c> of <c>input x[N, n]</c>, or of
/// <c>for k in 1..n[i] { y[i, k] ~ … }</c>.
/// </summary>
internal static class RowSizes
{
    /// <summary>The length of every row; null where no array tells it.</summary>
    public static double[]? Of(Draft draft, Variable sizes, int[] shape)
    {
        if (sizes.Rank == 0) return null;
        foreach (var variable in draft.Graph.Variables)
            for (var d = sizes.Rank; d < variable.Rank; d++)
                if (IsSizedBy(SizeInference.DimensionOf(draft, variable, d), sizes)
                    && draft.Data.Arrays.TryGetValue(variable.Name, out var array) && array.Shape.Length == variable.Rank
                    && array.Shape.AsSpan(0, sizes.Rank).SequenceEqual(shape)) return Lengths(array, sizes.Rank, d);
        return null;
    }

    private static bool IsSizedBy(Bound? dimension, Variable sizes) => dimension switch
    {
        VariableValue value => value.Variable == sizes,
        IndexedValue { Array: VariableValue value } element => value.Variable == sizes
            && element.Indices.Length == sizes.Rank && element.Indices.All(i => i is AtIndex { Position: LoopValue }),
        _ => false,
    };

    /// <summary>The greatest length under each setting of the first indices. In a rectangular array a row ends at the last cell that is not missing.</summary>
    private static double[] Lengths(DataArray array, int prefixes, int d)
    {
        var rows = array.Rows ?? RowLengths.Of(array.Shape, [.. Enumerable.Range(0, array.Values.Length).Select(c => !array.IsMissing(c))]);
        var count = array.Shape.AsSpan(0, prefixes).ToArray().Aggregate(1, (a, b) => a * b);
        var each = array.Shape.AsSpan(prefixes, d - prefixes).ToArray().Aggregate(1, (a, b) => a * b);
        return [.. Enumerable.Range(0, count).Select(p => (double)Enumerable.Range(p * each, each).Select(r => rows?[d, r] ?? array.Shape[d]).DefaultIfEmpty(0).Max())];
    }
}
