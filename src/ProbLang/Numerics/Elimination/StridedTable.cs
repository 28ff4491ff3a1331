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

    /// <summary>After so many entries the computation may end.</summary>
    private const int Pause = 1 << 16;

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
        var left = Pause;
        for (var row = 0; row < _rows; row++)
        {
            for (int from = 0, to; from < columns; from = to)
            {
                to = Math.Min(columns - from, Pause) + from;
                Look(to - from, ref left);
                if (isFirst)
                    for (var i = from; i < to; i++) large[i] = small[(nint)i * stride];
                else
                    for (var i = from; i < to; i++) large[i] += small[(nint)i * stride];
            }
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
        var left = Pause;
        for (var row = 0; row < _rows; row++)
        {
            var sum = 0.0;
            for (int from = 0, to; from < columns; from = to)
            {
                to = Math.Min(columns - from, Pause) + from;
                Look(to - from, ref left);
                if (stride == 0)
                    for (var i = from; i < to; i++) sum += large[i];
                else
                    for (var i = from; i < to; i++) small[(nint)i * stride] += factor * large[i];
            }
            if (stride == 0) *small += factor * sum;
            large += columns;
            small += Next(counters, depth);
        }
    }

    /// <summary>Before so many entries, the computation may end if there were enough before them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Look(int entries, ref int left)
    {
        if ((left -= entries) >= 0) return;
        left = Pause;
        Budget.Current.Check();
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
