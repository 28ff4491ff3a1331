using System.Runtime.CompilerServices;

namespace ProbLang.Inference;

/// <summary>The points that trajectories are made of. A point returns to the pool when nothing refers to it, so growing a tree neither allocates nor copies.</summary>
internal sealed unsafe class PointPool
{
    private readonly AlignedBuffer _numbers;
    private readonly Point[] _points;
    private readonly nint[] _free;
    private int _freeCount;

    public PointPool(int dimension, int capacity)
    {
        Padded = Kernel.Padded(dimension);
        _numbers = new AlignedBuffer(capacity * 5 * Padded);
        _points = GC.AllocateArray<Point>(capacity, pinned: true);
        _free = new nint[capacity];
        for (var i = 0; i < capacity; i++)
        {
            var start = _numbers.Pointer + (long)i * 5 * Padded;
            var point = (Point*)Unsafe.AsPointer(ref _points[i]);
            *point = new Point
            {
                Position = start,
                Momentum = start + Padded,
                Velocity = start + 2 * Padded,
                Gradient = start + 3 * Padded,
                Acceleration = start + 4 * Padded,
            };
            _free[_freeCount++] = (nint)point;
        }
    }

    /// <summary>The length of each of a point's arrays.</summary>
    public int Padded { get; }

    /// <summary>How many points are in use.</summary>
    public int InUse => _points.Length - _freeCount;

    /// <summary>A point with the given number of references; its numbers are arbitrary.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Point* Rent(int references)
    {
        var point = (Point*)_free[--_freeCount];
        point->References = references;
        return point;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Release(Point* point)
    {
        if (--point->References == 0) _free[_freeCount++] = (nint)point;
    }
}
