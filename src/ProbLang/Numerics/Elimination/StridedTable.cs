using System.Runtime.CompilerServices;
using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>
/// How a table lies in a larger one: for each dimension of the larger its extent and the step in the smaller, 0 where that has no such
/// dimension. Dimensions that can be walked as one are one.
/// </summary>
internal sealed unsafe class StridedTable
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>The computation may end before each row that is as wide, else now and then.</summary>
    private const int Wide = 1 << 14;

    private readonly int[] _extents;
    private readonly int[] _strides;
    private readonly int _rows;

    private StridedTable(ReadOnlySpan<int> loops)
    {
        (_extents, _strides) = (loops[..(loops.Length / 2)].ToArray(), loops[(loops.Length / 2)..].ToArray());
        _rows = 1;
        foreach (var extent in _extents.AsSpan()[..^1]) _rows *= extent;
    }

    /// <summary>Places that have been made, each once: a chain has a few however long it is.</summary>
    internal sealed class Cache : IAlternateEqualityComparer<ReadOnlySpan<int>, int[]>, IEqualityComparer<int[]>
    {
        private readonly Dictionary<int[], StridedTable> _known;
        private readonly Dictionary<int[], StridedTable>.AlternateLookup<ReadOnlySpan<int>> _lookup;

        public Cache()
        {
            _known = new(this);
            _lookup = _known.GetAlternateLookup<ReadOnlySpan<int>>();
        }

        /// <summary>The place with these extents and strides, from the slowest dimension on.</summary>
        public StridedTable Of(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides)
        {
            Span<int> loops = stackalloc int[2 * Math.Max(1, extents.Length)];
            var merged = loops[..Merge(extents, strides, loops)];
            if (!_lookup.TryGetValue(merged, out var table)) _lookup[merged] = table = new StridedTable(merged);
            return table;
        }

        public bool Equals(ReadOnlySpan<int> alternate, int[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<int> alternate)
        {
            var hash = 17;
            foreach (var x in alternate) hash = hash * 31 + x;
            return hash;
        }

        public int[] Create(ReadOnlySpan<int> alternate) => alternate.ToArray();

        public bool Equals(int[]? x, int[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(int[] obj) => GetHashCode(obj.AsSpan());

        /// <summary>Extents, then strides, of the dimensions that are left when those are one that can be walked as one; returns how many numbers they are.</summary>
        private static int Merge(ReadOnlySpan<int> extents, ReadOnlySpan<int> strides, Span<int> loops)
        {
            Span<int> walked = stackalloc int[Math.Max(1, extents.Length)], steps = stackalloc int[walked.Length];
            (walked[0], steps[0]) = (1, 0);
            var last = 0;
            for (var d = 0; d < extents.Length; d++)
            {
                if (d > 0 && steps[last] == strides[d] * extents[d]) walked[last] *= extents[d];
                else walked[d == 0 ? 0 : ++last] = extents[d];
                steps[last] = strides[d];
            }
            walked[..(last + 1)].CopyTo(loops);
            steps[..(last + 1)].CopyTo(loops[(last + 1)..]);
            return 2 * (last + 1);
        }
    }

    /// <summary>large = small, or large += small, entry by entry.</summary>
    [MethodImpl(Hot)]
    public void AddTo(double* large, double* small, bool isFirst)
    {
        int depth = _extents.Length - 1, columns = _extents[depth], stride = _strides[depth];
        var counters = stackalloc int[depth + 1];
        var pause = columns >= Wide ? 0 : 0xFFF;
        for (var row = 0; row < _rows; row++)
        {
            if ((row & pause) == pause) Budget.Current.Check();
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
        var pause = columns >= Wide ? 0 : 0xFFF;
        for (var row = 0; row < _rows; row++)
        {
            if ((row & pause) == pause) Budget.Current.Check();
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
