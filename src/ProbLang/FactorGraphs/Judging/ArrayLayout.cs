using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>Where the elements of a nested array stand, row-major, ragged rows one after the other: found in steps as many as there are dimensions.</summary>
internal sealed class ArrayLayout
{
    private readonly ImmutableArray<FactorRange> _ranges;

    /// <summary>For a ragged dimension, where the row of each prefix of indices starts; null where all rows are as long.</summary>
    private readonly int[]?[] _starts;

    public ArrayLayout(ImmutableArray<FactorRange> ranges, RangeIndices indices)
    {
        (_ranges, _starts) = (ranges, new int[]?[ranges.Length]);
        Count = 1;
        for (var d = 0; d < ranges.Length; d++)
        {
            if (ranges[d].IsRagged) _starts[d] = Starts(d, indices);
            Count = _starts[d] is { } starts ? starts[^1] : checked(Count * ranges[d].Count);
        }
    }

    /// <summary>How many elements.</summary>
    public int Count { get; }

    /// <summary>The place of an element one dimension further in.</summary>
    public int Inner(int dimension, int place, int index) => First(dimension, place) + index;

    /// <summary>How many elements of a dimension there are at a place of the dimensions before it.</summary>
    public int Length(int dimension, int place) => First(dimension, place + 1) - First(dimension, place);

    private int First(int dimension, int place) => _starts[dimension] is { } starts ? starts[place] : place * _ranges[dimension].Count;

    private int[] Starts(int dimension, RangeIndices indices)
    {
        var starts = new List<int> { 0 };
        var outside = _ranges.Take(dimension).Select(r => indices[r]).ToArray();
        Enter(0);
        for (var d = 0; d < dimension; d++) indices[_ranges[d]] = outside[d];
        return [.. starts];

        void Enter(int depth)
        {
            if (depth == dimension)
            {
                starts.Add(starts[^1] + indices.SizeOf(_ranges[depth]));
                return;
            }
            var size = indices.SizeOf(_ranges[depth]);
            for (var i = 0; i < size; i++)
            {
                indices[_ranges[depth]] = i;
                Enter(depth + 1);
            }
        }
    }
}
