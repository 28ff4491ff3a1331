using System.Runtime.InteropServices;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>Puts arrays on top of each other; where they differ in length the result is ragged. Serves one use, time after time.</summary>
internal sealed class Stacking(Func<int, Tensor> element, int rank)
{
    private readonly List<double> _values = [];
    private readonly List<int> _shape = [];
    private readonly TensorBuffer _result = new();

    /// <summary>The first n elements.</summary>
    public Tensor Of(int n)
    {
        _values.Clear();
        int[]? shape = null;
        for (var i = 0; i < n; i++)
        {
            var next = element(i);
            shape ??= next.Shape;
            if (next.Rows is not null || !shape.AsSpan().SequenceEqual(next.Shape)) return OfUnequal(n);
            Reserve(n, next.Values.Length);
            _values.AddRange(next.Values);
        }
        _shape.Clear();
        _shape.Add(n);
        _shape.AddRange(shape ?? new int[rank - 1]);
        var result = _result.OfShape(CollectionsMarshal.AsSpan(_shape));
        CollectionsMarshal.AsSpan(_values).CopyTo(result.Values);
        return result;
    }

    /// <summary>Before the first element is laid down it is known how many numbers there will be.</summary>
    private void Reserve(int n, int size)
    {
        if (_values.Count > 0 || (double)n * size is var count && count <= 1 << 12) return;
        Budget.Current.Elements(count, "an array");
        // The list beside the array that is made of it.
        Budget.Current.Take(2 * count * sizeof(double), "an array");
        Budget.Current.Return(2 * count * sizeof(double));
    }

    private Tensor OfUnequal(int n)
    {
        var parts = new Tensor[n];
        for (var i = 0; i < n; i++)
        {
            // An element is good until the next is asked for.
            var next = element(i);
            parts[i] = new Tensor([.. next.Shape], [.. next.Values]) { Rows = next.Rows };
        }
        return Tensor.Stacked(parts, rank);
    }
}
