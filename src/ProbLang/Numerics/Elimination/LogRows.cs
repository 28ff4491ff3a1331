using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>Matrices of logarithms, summed row by row. -infinity is an ordinary entry; what is not a number makes its row's sum none.</summary>
internal static unsafe class LogRows
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>From here on a row is worth lanes of its own.</summary>
    private const int Wide = 8;

    /// <summary>So many entries, and the computation may end.</summary>
    private const int Chunk = 1 << 20;

    /// <summary>Whole lanes.</summary>
    public static int Padded(int length) => (length + Lanes.Width - 1) / Lanes.Width * Lanes.Width;

    /// <summary>
    /// The log of the sum of each row's exponentials; the table becomes each entry's share of its row, zeros where the whole row is -infinity.
    /// The table has room for whole lanes, as have the sums.
    /// </summary>
    [MethodImpl(Hot)]
    public static void Normalize(double* table, int rows, int columns, double* sums)
    {
        var first = 0;
        var shares = stackalloc double[Wide * Lanes.Width];
        for (; columns <= Wide && first <= rows - Lanes.Width; first += Lanes.Width)
            NormalizeFour(table + first * columns, columns, sums + first, shares);
        if (first < rows) NormalizeEach(table + (long)first * columns, rows - first, columns, sums + first);
    }

    /// <summary>A lane with four rows' entries of a column at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void NormalizeFour(double* table, int columns, double* sums, double* shares)
    {
        double* second = table + columns, third = second + columns, fourth = third + columns;
        // A row of -infinity stays one: anything finite can be subtracted from it.
        var greatest = Simd.Create(double.MinValue);
        for (var j = 0; j < columns; j++) greatest = Simd.MaxNative(Simd.Create(table[j], second[j], third[j], fourth[j]), greatest);
        var sum = Lane.Zero;
        for (var j = 0; j < columns; j++)
        {
            var share = Lanes.ExpNonPositive(Simd.Create(table[j], second[j], third[j], fourth[j]) - greatest);
            Lanes.Store(shares + j * Lanes.Width, share);
            sum += share;
        }
        Lanes.Store(sums, greatest + Lanes.Log(sum));
        var factor = Simd.AndNot(Simd.Create(1.0) / sum, Simd.Equals(sum, Lane.Zero));
        for (var j = 0; j < columns; j++)
        {
            var share = Lanes.Load(shares + j * Lanes.Width) * factor;
            (table[j], second[j], third[j], fourth[j]) = (share.GetElement(0), share.GetElement(1), share.GetElement(2), share.GetElement(3));
        }
    }

    private static void NormalizeEach(double* table, int rows, int columns, double* sums)
    {
        for (var r = 0; r < rows; r++)
        {
            if (columns >= Chunk) Budget.Current.Check();
            sums[r] = Math.Max(Greatest(table + (long)r * columns, columns), double.MinValue);
            Subtract(table + (long)r * columns, columns, sums[r]);
        }
        var entries = (long)rows * columns;
        for (long chunk = 0; chunk < entries; chunk += Chunk)
        {
            if (chunk > 0) Budget.Current.Check();
            var end = Math.Min(entries, chunk + Chunk);
            for (var i = chunk; i < end; i += Lanes.Width) Lanes.Store(table + i, Lanes.ExpNonPositive(Lanes.Load(table + i)));
        }
        var totals = stackalloc double[Lanes.Width];
        for (var r = 0; r < rows; r += Lanes.Width)
        {
            for (var i = 0; i < Lanes.Width; i++) totals[i] = r + i < rows ? Share(table + (long)(r + i) * columns, columns) : 1;
            Lanes.Store(sums + r, Lanes.Load(sums + r) + Lanes.Log(Lanes.Load(totals)));
        }
    }

    /// <summary>table = source, or table += source.</summary>
    [MethodImpl(Hot)]
    public static void Add(double* source, double* table, int n, bool isFirst)
    {
        if (isFirst) new Span<double>(source, n).CopyTo(new Span<double>(table, n));
        else Kernels.AddScaled(1, source, table, n);
    }

    /// <summary>As <see cref="Add"/>, where the source's entries are apart.</summary>
    public static void AddSpaced(double* source, int spacing, double* table, int n, bool isFirst)
    {
        for (var i = 0; i < n; i++) table[i] = isFirst ? source[(long)i * spacing] : table[i] + source[(long)i * spacing];
    }

    /// <summary>target += factor · x, where the target's entries are apart.</summary>
    public static void AddToSpaced(double factor, double* x, int n, double* target, int spacing)
    {
        for (var i = 0; i < n; i++) target[(long)i * spacing] = Math.FusedMultiplyAdd(factor, x[i], target[(long)i * spacing]);
    }

    /// <summary>target += factor times a table whose rows are in whole lanes.</summary>
    [MethodImpl(Hot)]
    public static void AddFromPadded(double* table, int rows, int columns, double factor, double* target)
    {
        var padded = Padded(columns);
        for (var r = 0; r < rows; r++, table += padded, target += columns)
        {
            if (columns >= Lanes.Width)
            {
                Kernels.AddScaled(factor, table, target, columns);
                continue;
            }
            target[0] = Math.FusedMultiplyAdd(factor, table[0], target[0]);
            if (columns > 1) target[1] = Math.FusedMultiplyAdd(factor, table[1], target[1]);
            if (columns > 2) target[2] = Math.FusedMultiplyAdd(factor, table[2], target[2]);
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
