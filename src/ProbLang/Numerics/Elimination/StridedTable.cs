using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

/// <summary>
/// How a table lies in a larger one: for each dimension of the larger its extent and the step in the smaller, 0 where that has no such
/// dimension. Dimensions that can be walked as one are one.
/// </summary>
internal sealed unsafe class StridedTable : IEquatable<StridedTable>
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _rows;

    public StridedTable(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides)
    {
        int[] walked = new int[Math.Max(1, extents.Length)], steps = new int[walked.Length];
        var depth = 0;
        walked[0] = 1;
        for (var d = 0; d < extents.Length; d++)
        {
            if (d > 0 && steps[depth] == strides[d] * extents[d]) walked[depth] *= extents[d];
            else walked[d == 0 ? 0 : ++depth] = extents[d];
            steps[depth] = strides[d];
        }
        (_extents, _strides) = (walked[..(depth + 1)], steps[..(depth + 1)]);
        _rows = 1;
        foreach (var extent in _extents.AsSpan()[..^1]) _rows *= extent;
    }

    /// <summary>large = small, or large += small, entry by entry.</summary>
    [MethodImpl(Hot)]
    public void AddTo(double* large, double* small, bool isFirst)
    {
        int depth = _extents.Length - 1, columns = _extents[depth], stride = _strides[depth];
        var counters = stackalloc int[depth + 1];
        for (var row = 0; row < _rows; row++)
        {
            if (isFirst)
                for (var i = 0; i < columns; i++) large[i] = small[i * stride];
            else
                for (var i = 0; i < columns; i++) large[i] += small[i * stride];
            large += columns;
            small += Next(counters, depth);
        }
    }

    /// <summary>small += factor · large, summed over the dimensions that the small table has not.</summary>
    [MethodImpl(Hot)]
    public void AddFrom(double* large, double factor, double* small)
    {
        int depth = _extents.Length - 1, columns = _extents[depth], stride = _strides[depth];
        var counters = stackalloc int[depth + 1];
        for (var row = 0; row < _rows; row++)
        {
            if (stride == 0)
            {
                var sum = 0.0;
                for (var i = 0; i < columns; i++) sum += large[i];
                *small += factor * sum;
            }
            else
            {
                for (var i = 0; i < columns; i++) small[i * stride] += factor * large[i];
            }
            large += columns;
            small += Next(counters, depth);
        }
    }

    public bool Equals(StridedTable? other) =>
        other is not null && _extents.AsSpan().SequenceEqual(other._extents) && _strides.AsSpan().SequenceEqual(other._strides);

    public override bool Equals(object? obj) => Equals(obj as StridedTable);

    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var extent in _extents) hash.Add(extent);
        foreach (var stride in _strides) hash.Add(stride);
        return hash.ToHashCode();
    }

    /// <summary>How far the small table's place moves to the next row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Next(int* counters, int depth)
    {
        var moved = 0;
        for (var d = depth - 1; d >= 0; d--)
        {
            moved += _strides[d];
            if (++counters[d] < _extents[d]) break;
            moved -= _strides[d] * _extents[d];
            counters[d] = 0;
        }
        return moved;
    }
}
