using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

// Four rows of two or three columns, all in registers: the table's lanes are taken apart into a lane for each column, and put together again.
internal static unsafe partial class LogRows
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormalizePairs(double* table, double* sums)
    {
        Lane a = Lanes.Load(table), b = Lanes.Load(table + 4);
        var x = Take(1 << 2 | 1 << 3, Simd.Shuffle(b, Simd.Create(0L, 2, 0, 2)), Simd.Shuffle(a, Simd.Create(0L, 2, 0, 2)));
        var y = Take(1 << 2 | 1 << 3, Simd.Shuffle(b, Simd.Create(1L, 3, 1, 3)), Simd.Shuffle(a, Simd.Create(1L, 3, 1, 3)));
        var greatest = Simd.MaxNative(y, Simd.MaxNative(x, Simd.Create(double.MinValue)));
        (x, y) = (Lanes.ExpNonPositive(x - greatest), Lanes.ExpNonPositive(y - greatest));
        var factor = Finish(x + y, greatest, sums);
        (x, y) = (x * factor, y * factor);
        Lanes.Store(table, Take(1 << 1 | 1 << 3, Simd.Shuffle(y, Simd.Create(0L, 0, 1, 1)), Simd.Shuffle(x, Simd.Create(0L, 0, 1, 1))));
        Lanes.Store(table + 4, Take(1 << 1 | 1 << 3, Simd.Shuffle(y, Simd.Create(2L, 2, 3, 3)), Simd.Shuffle(x, Simd.Create(2L, 2, 3, 3))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormalizeTriples(double* table, double* sums)
    {
        Lane a = Lanes.Load(table), b = Lanes.Load(table + 4), c = Lanes.Load(table + 8);
        var x = Take(1 << 2, b, Take(1 << 3, Simd.Shuffle(c, Simd.Create(1L, 1, 1, 1)), Simd.Shuffle(a, Simd.Create(0L, 3, 2, 3))));
        var y = Take(1 << 0, Simd.Shuffle(a, Simd.Create(1L, 1, 1, 1)), Take(1 << 3, Simd.Shuffle(c, Simd.Create(2L, 2, 2, 2)), Simd.Shuffle(b, Simd.Create(0L, 0, 3, 3))));
        var z = Take(1 << 0, Simd.Shuffle(a, Simd.Create(2L, 2, 2, 2)), Take(1 << 1, b, Simd.Shuffle(c, Simd.Create(0L, 0, 0, 3))));
        var greatest = Simd.MaxNative(z, Simd.MaxNative(y, Simd.MaxNative(x, Simd.Create(double.MinValue))));
        (x, y, z) = (Lanes.ExpNonPositive(x - greatest), Lanes.ExpNonPositive(y - greatest), Lanes.ExpNonPositive(z - greatest));
        var factor = Finish(x + y + z, greatest, sums);
        (x, y, z) = (x * factor, y * factor, z * factor);
        Lanes.Store(table, Take(1 << 1, Simd.Shuffle(y, Simd.Create(0L, 0, 0, 0)), Take(1 << 2, Simd.Shuffle(z, Simd.Create(0L, 0, 0, 0)), Simd.Shuffle(x, Simd.Create(0L, 1, 1, 1)))));
        Lanes.Store(table + 4, Take(1 << 1, z, Take(1 << 2, x, Simd.Shuffle(y, Simd.Create(1L, 1, 2, 2)))));
        Lanes.Store(table + 8, Take(1 << 1, Simd.Shuffle(x, Simd.Create(3L, 3, 3, 3)), Take(1 << 2, Simd.Shuffle(y, Simd.Create(3L, 3, 3, 3)), Simd.Shuffle(z, Simd.Create(2L, 2, 2, 3)))));
    }

    /// <summary>Stores the logs of four sums; returns what their parts are multiplied by to be shares.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane Finish(Lane sum, Lane greatest, double* sums)
    {
        Lanes.Store(sums, greatest + Lanes.Log(sum));
        return Simd.AndNot(Simd.Create(1.0) / sum, Simd.Equals(sum, Lane.Zero));
    }

    /// <summary>The first's elements at the places whose bit is set, the second's elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane Take(int places, Lane first, Lane second) =>
        Simd.ConditionalSelect(Simd.Create(-(long)(places & 1), -(long)(places >> 1 & 1), -(long)(places >> 2 & 1), -(long)(places >> 3 & 1)).AsDouble(), first, second);
}
