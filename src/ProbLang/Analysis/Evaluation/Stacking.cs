using System.Runtime.InteropServices;

namespace ProbLang.Analysis;

/// <summary>Puts arrays of one shape on top of each other. Serves one use, time after time.</summary>
internal sealed class Stacking(Func<int, Tensor> element, int rank)
{
    private readonly List<double> _values = [];
    private readonly List<int> _shape = [];
    private readonly TensorBuffer _result = new();

    /// <summary>The first n elements. Throws <see cref="ShapeMismatchException"/>.</summary>
    public Tensor Of(int n)
    {
        _values.Clear();
        int[]? shape = null;
        for (var i = 0; i < n; i++)
        {
            var next = element(i);
            shape ??= next.Shape;
            if (!shape.AsSpan().SequenceEqual(next.Shape))
                throw new ShapeMismatchException($"element 1 is {ShapeText.Of(shape)}, but element {i + 1} is {ShapeText.Of(next.Shape)}");
            _values.AddRange(next.Values);
        }
        _shape.Clear();
        _shape.Add(n);
        _shape.AddRange(shape ?? new int[rank - 1]);
        var result = _result.OfShape(CollectionsMarshal.AsSpan(_shape));
        CollectionsMarshal.AsSpan(_values).CopyTo(result.Values);
        return result;
    }
}
