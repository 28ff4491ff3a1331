using System.Diagnostics;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What one index of an array selects of its dimension.</summary>
/// <param name="KeepsDimension">Whether the result has this dimension still.</param>
/// <param name="Offsets">The offsets from 0, given the dimension's size, and in a ragged array the row that has it; -1 for one that is not known. They are good until asked for again.</param>
internal sealed record Selection(bool KeepsDimension, Selection.Choice Offsets)
{
    public delegate int[] Choice(int size, ReadOnlySpan<int> row);

    public static Selection Of(BoundIndex index, int dimension, IndexedValue e, ExpressionCode code) => index switch
    {
        AtIndex { Position.Rank: 0 } at => One(code.Scalar(at.Position), dimension, e, code),
        AtIndex at => Several(code.Array(at.Position), dimension, e, code),
        SliceOf slice => Slice(slice.Lower is null ? null : code.Scalar(slice.Lower), slice.Upper is null ? null : code.Scalar(slice.Upper), dimension, e, code),
        _ => throw new UnreachableException($"{index.GetType().Name} selects nothing"),
    };

    private static Selection One(Func<double> position, int dimension, IndexedValue e, ExpressionCode code)
    {
        var offsets = new int[1];
        return new(false, (size, row) =>
        {
            offsets[0] = code.Offset(position(), size, e.Array, dimension, e.Span, row);
            return offsets;
        });
    }

    private static Selection Several(Func<Tensor> positions, int dimension, IndexedValue e, ExpressionCode code)
    {
        int[] offsets = [];
        return new(true, (size, row) =>
        {
            var values = positions().Values;
            if (offsets.Length != values.Length) offsets = new int[values.Length];
            for (var i = 0; i < offsets.Length; i++) offsets[i] = code.Offset(values[i], size, e.Array, dimension, e.Span, row);
            return offsets;
        });
    }

    private static Selection Slice(Func<double>? lower, Func<double>? upper, int dimension, IndexedValue e, ExpressionCode code)
    {
        int[] offsets = [];
        return new(true, (size, row) =>
        {
            var (first, count) = code.Extent(lower?.Invoke() ?? 1, upper?.Invoke() ?? size, e.Span);
            if (count == 0) return [];
            code.Offset(first, size, e.Array, dimension, e.Span, row);
            code.Offset(first + count - 1, size, e.Array, dimension, e.Span, row);
            if (offsets.Length != count) offsets = new int[count];
            for (var i = 0; i < count; i++) offsets[i] = first - 1 + i;
            return offsets;
        });
    }
}
