using System.Runtime.CompilerServices;
using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>As <see cref="LogRows"/>, with the table turned: the numbers of one sum are a column, and four sums run in a lane.</summary>
internal static unsafe class LogColumns
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    /// <summary>Between rows that are as long the computation may end.</summary>
    private const int Long = 1 << 14;

    /// <summary>The log of the sum of each column's exponentials; the table becomes shares. Rows are as long as whole lanes, and so are the sums.</summary>
    /// <remarks>Several short loops: the constants of the exponential and of the logarithm together are more than there are registers.</remarks>
    public static void Normalize(double* table, int rows, int columns, double* sums)
    {
        var padded = LogRows.Padded(columns);
        // What pads the rows holds nothing to be computed with.
        for (var r = 0; r < rows; r++) new Span<double>(table + (long)r * padded + columns, padded - columns).Clear();
        Greatest(table, rows, padded, sums);
        for (var r = 0; r < rows; r++)
        {
            if (padded >= Long) Budget.Current.Check();
            Exponentiate(table + (long)r * padded, sums, padded);
        }
        Finish(table, rows, padded, sums);
    }

    /// <summary>row += source + constant, or row = source + constant.</summary>
    [MethodImpl(Hot)]
    public static void Add(double* source, double constant, double* row, int columns, bool isFirst)
    {
        var i = 0;
        if (isFirst)
            for (; i <= columns - Lanes.Width; i += Lanes.Width) Lanes.Store(row + i, Lanes.Load(source + i) + Simd.Create(constant));
        else
            for (; i <= columns - Lanes.Width; i += Lanes.Width) Lanes.Store(row + i, Lanes.Load(source + i) + Simd.Create(constant) + Lanes.Load(row + i));
        for (; i < columns; i++) row[i] = source[i] + constant + (isFirst ? 0 : row[i]);
    }

    /// <summary>row += source, taken at offsets.</summary>
    [MethodImpl(Hot)]
    public static void AddGathered(double* source, ReadOnlySpan<int> offsets, double* row)
    {
        fixed (int* at = offsets)
        {
            var i = 0;
            for (; i <= offsets.Length - Lanes.Width; i += Lanes.Width) Lanes.Store(row + i, Lanes.Load(row + i) + Lanes.Gather(source, at + i));
            for (; i < offsets.Length; i++) row[i] += source[at[i]];
        }
    }

    /// <summary>target += row · factors, entry by entry.</summary>
    [MethodImpl(Hot)]
    public static void AddProducts(double* row, double* factors, double* target, int columns)
    {
        var i = 0;
        for (; i <= columns - Lanes.Width; i += Lanes.Width) Lanes.Store(target + i, Lanes.MultiplyAdd(Lanes.Load(row + i), Lanes.Load(factors + i), Lanes.Load(target + i)));
        for (; i < columns; i++) target[i] = Math.FusedMultiplyAdd(row[i], factors[i], target[i]);
    }

    /// <summary>target += row · factors at offsets, which may coincide.</summary>
    [MethodImpl(Hot)]
    public static void ScatterProducts(double* row, double* factors, double* target, ReadOnlySpan<int> offsets)
    {
        fixed (int* at = offsets)
            for (var i = 0; i < offsets.Length; i++) target[at[i]] = Math.FusedMultiplyAdd(row[i], factors[i], target[at[i]]);
    }

    /// <summary>The greatest of each column. A column of -infinity stays one: anything finite can be subtracted from it.</summary>
    [MethodImpl(Hot)]
    private static void Greatest(double* table, int rows, int padded, double* greatest)
    {
        for (var c = 0; c < padded; c += Lanes.Width)
        {
            var most = Simd.Create(double.MinValue);
            for (var r = 0; r < rows; r++) most = Simd.MaxNative(Lanes.Load(table + (long)r * padded + c), most);
            Lanes.Store(greatest + c, most);
        }
    }

    [MethodImpl(Hot)]
    private static void Exponentiate(double* row, double* greatest, int padded)
    {
        for (var c = 0; c < padded; c += Lanes.Width) Lanes.Store(row + c, Lanes.ExpNonPositive(Lanes.Load(row + c) - Lanes.Load(greatest + c)));
    }

    [MethodImpl(Hot)]
    private static void Finish(double* table, int rows, int padded, double* sums)
    {
        for (var c = 0; c < padded; c += Lanes.Width)
        {
            var sum = Lane.Zero;
            for (var r = 0; r < rows; r++) sum += Lanes.Load(table + (long)r * padded + c);
            var factor = Simd.AndNot(Simd.Create(1.0) / sum, Simd.Equals(sum, Lane.Zero));
            for (var r = 0; r < rows; r++) Lanes.Store(table + (long)r * padded + c, Lanes.Load(table + (long)r * padded + c) * factor);
            Lanes.Store(sums + c, Lanes.Load(sums + c) + Lanes.Log(sum));
        }
    }
}
