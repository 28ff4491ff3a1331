using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

/// <summary>
/// The innermost loops of a matrix product: a tile of results in twelve vector registers, which keeps both multiply-add units busy and
/// leaves registers for the factors (Goto and van de Geijn, ACM TOMS 34, 2008).
/// </summary>
internal static unsafe class Tile<V, T> where V : unmanaged where T : unmanaged
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>c (+)= a b for 6 rows of a and two vectors of columns of b.</summary>
    [MethodImpl(Hot)]
    public static void Broad(MatrixView<T> left, T* b, nint bRow, int depth, T* c, nint cRow, bool adds)
    {
        V s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default;
        V s30 = default, s31 = default, s40 = default, s41 = default, s50 = default, s51 = default;
        var (row, step) = (left.RowStride, left.ColumnStride);
        T* a0 = left.Elements, a3 = a0 + 3 * row;
        for (; depth > 0; depth--)
        {
            var b0 = Wide<V, T>.Load(b);
            var b1 = Wide<V, T>.Load(b + Wide<V, T>.Count);
            var x = Wide<V, T>.Broadcast(*a0);
            s00 = Wide<V, T>.MultiplyAdd(x, b0, s00);
            s01 = Wide<V, T>.MultiplyAdd(x, b1, s01);
            x = Wide<V, T>.Broadcast(a0[row]);
            s10 = Wide<V, T>.MultiplyAdd(x, b0, s10);
            s11 = Wide<V, T>.MultiplyAdd(x, b1, s11);
            x = Wide<V, T>.Broadcast(a0[2 * row]);
            s20 = Wide<V, T>.MultiplyAdd(x, b0, s20);
            s21 = Wide<V, T>.MultiplyAdd(x, b1, s21);
            x = Wide<V, T>.Broadcast(*a3);
            s30 = Wide<V, T>.MultiplyAdd(x, b0, s30);
            s31 = Wide<V, T>.MultiplyAdd(x, b1, s31);
            x = Wide<V, T>.Broadcast(a3[row]);
            s40 = Wide<V, T>.MultiplyAdd(x, b0, s40);
            s41 = Wide<V, T>.MultiplyAdd(x, b1, s41);
            x = Wide<V, T>.Broadcast(a3[2 * row]);
            s50 = Wide<V, T>.MultiplyAdd(x, b0, s50);
            s51 = Wide<V, T>.MultiplyAdd(x, b1, s51);
            a0 += step;
            a3 += step;
            b += bRow;
        }
        Put(c, s00, s01, adds);
        Put(c += cRow, s10, s11, adds);
        Put(c += cRow, s20, s21, adds);
        Put(c += cRow, s30, s31, adds);
        Put(c += cRow, s40, s41, adds);
        Put(c + cRow, s50, s51, adds);
    }

    /// <summary>c (+)= a b for 6 rows of one matrix, 6 of another with the same strides, and one vector of columns of b.</summary>
    [MethodImpl(Hot)]
    public static void Narrow(MatrixView<T> left, T* next, T* b, nint bRow, int depth, T* c, nint cRow, bool adds)
    {
        V s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        V s6 = default, s7 = default, s8 = default, s9 = default, s10 = default, s11 = default;
        var (row, step) = (left.RowStride, left.ColumnStride);
        T* a0 = left.Elements, a3 = a0 + 3 * row, a6 = next, a9 = next + 3 * row;
        for (; depth > 0; depth--)
        {
            var x = Wide<V, T>.Load(b);
            s0 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(*a0), x, s0);
            s1 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a0[row]), x, s1);
            s2 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a0[2 * row]), x, s2);
            s3 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(*a3), x, s3);
            s4 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a3[row]), x, s4);
            s5 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a3[2 * row]), x, s5);
            s6 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(*a6), x, s6);
            s7 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a6[row]), x, s7);
            s8 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a6[2 * row]), x, s8);
            s9 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(*a9), x, s9);
            s10 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a9[row]), x, s10);
            s11 = Wide<V, T>.MultiplyAdd(Wide<V, T>.Broadcast(a9[2 * row]), x, s11);
            a0 += step;
            a3 += step;
            a6 += step;
            a9 += step;
            b += bRow;
        }
        Put(c, s0, adds);
        Put(c += cRow, s1, adds);
        Put(c += cRow, s2, adds);
        Put(c += cRow, s3, adds);
        Put(c += cRow, s4, adds);
        Put(c += cRow, s5, adds);
        Put(c += cRow, s6, adds);
        Put(c += cRow, s7, adds);
        Put(c += cRow, s8, adds);
        Put(c += cRow, s9, adds);
        Put(c += cRow, s10, adds);
        Put(c + cRow, s11, adds);
    }

    [MethodImpl(Inline)]
    private static void Put(T* c, V first, V second, bool adds)
    {
        Put(c, first, adds);
        Put(c + Wide<V, T>.Count, second, adds);
    }

    [MethodImpl(Inline)]
    private static void Put(T* c, V value, bool adds) => Wide<V, T>.Store(c, adds ? Wide<V, T>.Add(Wide<V, T>.Load(c), value) : value);
}
