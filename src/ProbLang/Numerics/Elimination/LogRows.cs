using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>Matrices of logarithms, summed row by row. -infinity is an ordinary entry; what is not a number makes its row's sum none.</summary>
internal static unsafe class LogRows
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>From here on a row is worth lanes of its own.</summary>
    private const int Wide = 8;

    /// <summary>
    /// The log of the sum of each row's exponentials; the table becomes each entry's share of its row, zeros where the whole row is -infinity.
    /// The table has room for whole lanes, as have the sums.
    /// </summary>
    [MethodImpl(Hot)]
    public static void Normalize(double* table, int rows, int columns, double* sums)
    {
        for (var r = 0; r < rows; r++)
        {
            // A row of -infinity stays one: anything finite can be subtracted from it.
            sums[r] = Math.Max(Greatest(table + (long)r * columns, columns), double.MinValue);
            Subtract(table + (long)r * columns, columns, sums[r]);
        }
        var entries = (long)rows * columns;
        for (long i = 0; i < entries; i += Lanes.Width) Lanes.Store(table + i, Lanes.ExpNonPositive(Lanes.Load(table + i)));
        var totals = stackalloc double[Lanes.Width];
        for (var r = 0; r < rows; r += Lanes.Width)
        {
            for (var i = 0; i < Lanes.Width; i++) totals[i] = r + i < rows ? Share(table + (long)(r + i) * columns, columns) : 1;
            Lanes.Store(sums + r, Lanes.Load(sums + r) + Lanes.Log(Lanes.Load(totals)));
        }
    }

    /// <summary>The greatest of some numbers; one that is not a number may be passed over.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Greatest(double* x, int n)
    {
        var i = 0;
        var greatest = double.NegativeInfinity;
        if (n >= Wide)
        {
            Lane a = Lanes.Load(x), b = Lanes.Load(x + 4);
            for (i = 8; i <= n - 8; i += 8) (a, b) = (Simd.MaxNative(a, Lanes.Load(x + i)), Simd.MaxNative(b, Lanes.Load(x + i + 4)));
            greatest = Lanes.MaxLanes(Simd.MaxNative(a, b));
        }
        for (; i < n; i++) greatest = x[i] > greatest ? x[i] : greatest;
        return greatest;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(double* x, int n, double constant)
    {
        var i = 0;
        for (; i <= n - Lanes.Width; i += Lanes.Width) Lanes.Store(x + i, Lanes.Load(x + i) - Simd.Create(constant));
        for (; i < n; i++) x[i] -= constant;
    }

    /// <summary>Divides by the sum, unless that is 0, and returns it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Share(double* x, int n)
    {
        var sum = n >= Wide ? Kernels.Sum(x, n) : 0;
        if (n < Wide)
            for (var i = 0; i < n; i++) sum += x[i];
        Scale(x, n, sum == 0 ? 0 : 1 / sum);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Scale(double* x, int n, double factor)
    {
        var i = 0;
        for (; i <= n - Lanes.Width; i += Lanes.Width) Lanes.Store(x + i, Lanes.Load(x + i) * Simd.Create(factor));
        for (; i < n; i++) x[i] *= factor;
    }
}
