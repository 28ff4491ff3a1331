using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

/// <summary>
/// Products of one or two rows with a large matrix, of which each element is read once: along its rows or along its columns, whichever
/// lie together.
/// </summary>
internal static unsafe class ThinProduct<V, T> where V : unmanaged where T : unmanaged
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>As many rows as this are thin.</summary>
    public const int Rows = 2;

    /// <summary>How many elements the work area holds.</summary>
    public static int Work(int depth) => Rows * depth;

    /// <summary>c (+)= a b for at most two rows of a.</summary>
    public static void Add<TA, TC>(MatrixView<TA> a, MatrixView<T> b, MatrixView<TC> c, int rows, int depth, int columns, bool adds, T* work) where TA : unmanaged where TC : unmanaged
    {
        var second = work + (rows - 1) * depth;
        for (var k = 0; k < depth; k++)
        {
            Conversion.Set(work + k, Conversion.Get(a.At(0, k)));
            Conversion.Set(second + k, Conversion.Get(a.At(rows - 1, k)));
        }
        if (b.RowStride == 1) Dots(work, second, b, c, rows, depth, columns, adds);
        else Sums(work, second, b, c, rows, depth, columns, adds);
    }

    /// <summary>Columns of b that lie together: four scalar products at a time with each row.</summary>
    [MethodImpl(Hot)]
    private static void Dots<TC>(T* first, T* second, MatrixView<T> b, MatrixView<TC> c, int rows, int depth, int columns, bool adds) where TC : unmanaged
    {
        var whole = depth - depth % Wide<V, T>.Count;
        var j = 0;
        for (; j <= columns - 4; j += 4)
        {
            V s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
            T* b0 = b.At(0, j), b1 = b0 + b.ColumnStride, b2 = b1 + b.ColumnStride, b3 = b2 + b.ColumnStride;
            for (var k = 0; k < whole; k += Wide<V, T>.Count)
            {
                var (x, y) = (Wide<V, T>.Load(first + k), Wide<V, T>.Load(second + k));
                var z = Wide<V, T>.Load(b0 + k);
                s0 = Wide<V, T>.MultiplyAdd(x, z, s0);
                t0 = Wide<V, T>.MultiplyAdd(y, z, t0);
                z = Wide<V, T>.Load(b1 + k);
                s1 = Wide<V, T>.MultiplyAdd(x, z, s1);
                t1 = Wide<V, T>.MultiplyAdd(y, z, t1);
                z = Wide<V, T>.Load(b2 + k);
                s2 = Wide<V, T>.MultiplyAdd(x, z, s2);
                t2 = Wide<V, T>.MultiplyAdd(y, z, t2);
                z = Wide<V, T>.Load(b3 + k);
                s3 = Wide<V, T>.MultiplyAdd(x, z, s3);
                t3 = Wide<V, T>.MultiplyAdd(y, z, t3);
            }
            Put(c.At(0, j), Whole(s0) + Rest(first, b0, whole, depth), adds);
            Put(c.At(0, j + 1), Whole(s1) + Rest(first, b1, whole, depth), adds);
            Put(c.At(0, j + 2), Whole(s2) + Rest(first, b2, whole, depth), adds);
            Put(c.At(0, j + 3), Whole(s3) + Rest(first, b3, whole, depth), adds);
            if (rows == 1) continue;
            Put(c.At(1, j), Whole(t0) + Rest(second, b0, whole, depth), adds);
            Put(c.At(1, j + 1), Whole(t1) + Rest(second, b1, whole, depth), adds);
            Put(c.At(1, j + 2), Whole(t2) + Rest(second, b2, whole, depth), adds);
            Put(c.At(1, j + 3), Whole(t3) + Rest(second, b3, whole, depth), adds);
        }
        for (; j < columns; j++)
        {
            V s = default, t = default;
            var from = b.At(0, j);
            for (var k = 0; k < whole; k += Wide<V, T>.Count)
            {
                s = Wide<V, T>.MultiplyAdd(Wide<V, T>.Load(first + k), Wide<V, T>.Load(from + k), s);
                t = Wide<V, T>.MultiplyAdd(Wide<V, T>.Load(second + k), Wide<V, T>.Load(from + k), t);
            }
            Put(c.At(0, j), Whole(s) + Rest(first, from, whole, depth), adds);
            if (rows > 1) Put(c.At(1, j), Whole(t) + Rest(second, from, whole, depth), adds);
        }
    }

    /// <summary>Rows of b that lie together: four vectors of columns at a time for each row.</summary>
    [MethodImpl(Hot)]
    private static void Sums<TC>(T* first, T* second, MatrixView<T> b, MatrixView<TC> c, int rows, int depth, int columns, bool adds) where TC : unmanaged
    {
        var w = Wide<V, T>.Count;
        var j = 0;
        for (; j <= columns - 4 * w; j += 4 * w)
        {
            V s0 = default, s1 = default, s2 = default, s3 = default, t0 = default, t1 = default, t2 = default, t3 = default;
            var from = b.At(0, j);
            for (var k = 0; k < depth; k++, from += b.RowStride)
            {
                var (x, y) = (Wide<V, T>.Broadcast(first[k]), Wide<V, T>.Broadcast(second[k]));
                var z = Wide<V, T>.Load(from);
                s0 = Wide<V, T>.MultiplyAdd(x, z, s0);
                t0 = Wide<V, T>.MultiplyAdd(y, z, t0);
                z = Wide<V, T>.Load(from + w);
                s1 = Wide<V, T>.MultiplyAdd(x, z, s1);
                t1 = Wide<V, T>.MultiplyAdd(y, z, t1);
                z = Wide<V, T>.Load(from + 2 * w);
                s2 = Wide<V, T>.MultiplyAdd(x, z, s2);
                t2 = Wide<V, T>.MultiplyAdd(y, z, t2);
                z = Wide<V, T>.Load(from + 3 * w);
                s3 = Wide<V, T>.MultiplyAdd(x, z, s3);
                t3 = Wide<V, T>.MultiplyAdd(y, z, t3);
            }
            Put(c, 0, j, s0, adds);
            Put(c, 0, j + w, s1, adds);
            Put(c, 0, j + 2 * w, s2, adds);
            Put(c, 0, j + 3 * w, s3, adds);
            if (rows == 1) continue;
            Put(c, 1, j, t0, adds);
            Put(c, 1, j + w, t1, adds);
            Put(c, 1, j + 2 * w, t2, adds);
            Put(c, 1, j + 3 * w, t3, adds);
        }
        for (; j <= columns - w; j += w)
        {
            V s = default, t = default;
            var from = b.At(0, j);
            for (var k = 0; k < depth; k++, from += b.RowStride)
            {
                s = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(first[k]), Wide<V, T>.Load(from), s);
                t = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(second[k]), Wide<V, T>.Load(from), t);
            }
            Put(c, 0, j, s, adds);
            if (rows > 1) Put(c, 1, j, t, adds);
        }
        for (; j < columns; j++)
        {
            double s = 0, t = 0;
            for (var k = 0; k < depth; k++)
            {
                var z = Conversion.Get(b.At(k, j));
                s += Conversion.Get(first + k) * z;
                t += Conversion.Get(second + k) * z;
            }
            Put(c.At(0, j), s, adds);
            if (rows > 1) Put(c.At(1, j), t, adds);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Whole(V lanes)
    {
        var sum = Wide<V, T>.Sum(lanes);
        return Conversion.Get(&sum);
    }

    private static double Rest(T* a, T* b, int from, int to)
    {
        var sum = 0.0;
        for (var k = from; k < to; k++) sum += Conversion.Get(a + k) * Conversion.Get(b + k);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TC>(TC* c, double value, bool adds) where TC : unmanaged => Conversion.Set(c, adds ? Conversion.Get(c) + value : value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TC>(MatrixView<TC> c, int row, int column, V value, bool adds) where TC : unmanaged
    {
        if (c.ColumnStride == 1 && typeof(TC) == typeof(T))
        {
            var to = (T*)c.At(row, column);
            Wide<V, T>.Store(to, adds ? Wide<V, T>.Add(Wide<V, T>.Load(to), value) : value);
            return;
        }
        for (var x = 0; x < Wide<V, T>.Count; x++) Put(c.At(row, column + x), Conversion.Get((T*)&value + x), adds);
    }
}
