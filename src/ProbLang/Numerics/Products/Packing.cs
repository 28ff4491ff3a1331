using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ProbLang.Numerics;

/// <summary>Copies a factor to where the innermost loop reads it straight through, as numbers of the type that it computes in.</summary>
internal static unsafe class Packing
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>What lies behind the last panel may be written too, by up to this many elements.</summary>
    public const int Slack = 4;

    /// <summary>A matrix as panels of so many columns, each row by row, the last one filled up with zeros.</summary>
    [MethodImpl(Hot)]
    public static void Panels<TFrom, T>(MatrixView<TFrom> from, int rows, int columns, int width, T* to) where TFrom : unmanaged where T : unmanaged
    {
        for (var j = 0; j < columns; j += width, to += (nint)width * rows)
        {
            var across = Math.Min(width, columns - j);
            if (from.ColumnStride == 1) CopyRows(from.At(0, j), from.RowStride, rows, across, width, to);
            else if (from.RowStride == 1) Transpose(from.At(0, j), from.ColumnStride, rows, across, width, to);
            else Gather(from.From(0, j), rows, across, width, to);
        }
    }

    [MethodImpl(Hot)]
    private static void CopyRows<TFrom, T>(TFrom* from, nint stride, int rows, int across, int width, T* to) where TFrom : unmanaged where T : unmanaged
    {
        var isSame = typeof(TFrom) == typeof(T) && across * sizeof(T) % sizeof(Vector256<T>) == 0;
        for (var k = 0; k < rows; k++, from += stride, to += width)
        {
            var x = 0;
            if (isSame)
                for (; x < across; x += sizeof(Vector256<T>) / sizeof(T)) Vector256.Load((T*)from + x).Store(to + x);
            for (; x <= across - 4; x += 4) Conversion.Store(to + x, Conversion.Load(from + x));
            for (; x < across; x++) Conversion.Set(to + x, Conversion.Get(from + x));
            for (; x < width; x++) to[x] = default;
        }
    }

    /// <summary>Columns that lie one after the other, four rows of four of them at a time.</summary>
    [MethodImpl(Hot)]
    private static void Transpose<TFrom, T>(TFrom* from, nint stride, int rows, int across, int width, T* to) where TFrom : unmanaged where T : unmanaged
    {
        var k = 0;
        for (; k <= rows - 4; k += 4)
        {
            // From the last columns to the first: four are written where fewer are left, into the next row, which is written later.
            for (var x = (width - 1) & ~3; x >= 0; x -= 4)
            {
                var target = to + (nint)k * width + x;
                var column = from + x * stride + k;
                var left = across - x;
                var a = left > 0 ? Conversion.Load(column) : default;
                var b = left > 1 ? Conversion.Load(column + stride) : default;
                var c = left > 2 ? Conversion.Load(column + 2 * stride) : default;
                var d = left > 3 ? Conversion.Load(column + 3 * stride) : default;
                var (ab, cd) = (Interleave(a, b), Interleave(c, d));
                Conversion.Store(target + 3 * width, Simd.Create(ab.High.GetUpper(), cd.High.GetUpper()));
                Conversion.Store(target + 2 * width, Simd.Create(ab.Low.GetUpper(), cd.Low.GetUpper()));
                Conversion.Store(target + width, Simd.Create(ab.High.GetLower(), cd.High.GetLower()));
                Conversion.Store(target, Simd.Create(ab.Low.GetLower(), cd.Low.GetLower()));
            }
        }
        Gather(new MatrixView<TFrom>(from + k, 1, stride), rows - k, across, width, to + (nint)k * width);
    }

    [MethodImpl(Hot)]
    private static void Gather<TFrom, T>(MatrixView<TFrom> from, int rows, int across, int width, T* to) where TFrom : unmanaged where T : unmanaged
    {
        for (var k = 0; k < rows; k++, to += width)
        {
            var x = 0;
            for (; x < across; x++) Conversion.Set(to + x, Conversion.Get(from.At(k, x)));
            for (; x < width; x++) to[x] = default;
        }
    }

    /// <summary>Of each pair of elements the first of both vectors, then the second of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Lane Low, Lane High) Interleave(Lane a, Lane b) => Avx.IsSupported
        ? (Avx.UnpackLow(a, b), Avx.UnpackHigh(a, b))
        : (Simd.Create(a.GetElement(0), b.GetElement(0), a.GetElement(2), b.GetElement(2)), Simd.Create(a.GetElement(1), b.GetElement(1), a.GetElement(3), b.GetElement(3)));
}
