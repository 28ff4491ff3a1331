using System.Runtime.InteropServices;

namespace ProbLang.Analysis;

/// <summary>Takes from an array what its indices select. Serves one use, time after time.</summary>
internal sealed class Gathering(Selection[] selections)
{
    private readonly int[][] _chosen = new int[selections.Length][];
    private readonly List<int> _shape = [];
    private readonly TensorBuffer _result = new();

    public Tensor Of(Tensor array)
    {
        if (array.Rows is not null) return OfRagged(array);
        _shape.Clear();
        for (var d = 0; d < selections.Length; d++)
        {
            _chosen[d] = selections[d].Offsets(array.Shape[d], []);
            if (selections[d].KeepsDimension) _shape.Add(_chosen[d].Length);
        }
        var rest = array.Shape.AsSpan(selections.Length);
        _shape.AddRange(rest);
        var result = _result.OfShape(CollectionsMarshal.AsSpan(_shape));
        var to = result.Values.AsSpan();
        Copy(array, Tensor.CountOf(rest), 0, 0, ref to);
        return result;
    }

    private void Copy(Tensor array, int block, int d, int offset, ref Span<double> to)
    {
        if (d == selections.Length)
        {
            if (offset < 0) to[..block].Fill(double.NaN);
            else array.Values.AsSpan(offset * block, block).CopyTo(to);
            to = to[block..];
            return;
        }
        foreach (var at in _chosen[d]) Copy(array, block, d + 1, offset < 0 || at < 0 ? -1 : offset * array.Shape[d] + at, ref to);
    }

    private Tensor OfRagged(Tensor array)
    {
        var rank = array.Rank;
        if (selections.Length == rank - 1 && Array.TrueForAll(selections, s => !s.KeepsDimension) && RowOf(array) is { } row) return row;
        return Part(array, 0, 0, []);
    }

    /// <summary>One row of numbers; null where which one is not known.</summary>
    private Tensor? RowOf(Tensor array)
    {
        var prefix = 0;
        Span<int> index = stackalloc int[selections.Length];
        for (var d = 0; d < selections.Length; d++)
        {
            index[d] = selections[d].Offsets(array.Rows![d, prefix], index[..d])[0];
            if (index[d] < 0) return null;
            prefix = prefix * array.Shape[d] + index[d];
        }
        var length = array.Rows![selections.Length, prefix];
        var result = _result.OfShape(length);
        array.Values.AsSpan(prefix * array.Shape[^1], length).CopyTo(result.Values);
        return result;
    }

    /// <summary>What the selections from a dimension on take of a row; with an index before it that is not known (-1), of a row that is as long as any.</summary>
    private Tensor Part(Tensor array, int d, int prefix, int[] index)
    {
        if (d == array.Rank) return Tensor.Scalar(prefix < 0 ? double.NaN : array.Values[prefix]);
        var length = prefix < 0 ? array.Shape[d] : array.Rows![d, prefix];
        if (d >= selections.Length) return Stack(Enumerable.Range(0, length));
        var chosen = (int[])selections[d].Offsets(length, index).Clone();
        return selections[d].KeepsDimension ? Stack(chosen) : Below(chosen[0]);

        Tensor Below(int at) => Part(array, d + 1, prefix < 0 || at < 0 ? -1 : prefix * array.Shape[d] + at, [.. index, at]);

        Tensor Stack(IEnumerable<int> offsets)
        {
            var rank = array.Rank - d - selections.Skip(d + 1).Count(s => !s.KeepsDimension);
            return Tensor.Stacked([.. offsets.Select(Below)], rank);
        }
    }
}
