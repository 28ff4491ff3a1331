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
        _shape.Clear();
        for (var d = 0; d < selections.Length; d++)
        {
            _chosen[d] = selections[d].Offsets(array.Shape[d]);
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
}
