using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ProbLang.Numerics;

namespace ProbLang.Bench;

/// <summary>
/// Matrix products beside the peak of one core: independent multiply-adds in registers, measured in turn with each product, so that
/// both see the same machine; of each the best, as what else runs only takes away.
/// </summary>
internal static unsafe class Products
{
    private const int Rounds = 60;

    public static int Measure()
    {
        Console.WriteLine($"vectors of {(Vector512.IsHardwareAccelerated ? 512 : 256)} bits; GFLOP/s, the best of {Rounds}");
        Console.WriteLine("rows x depth x columns              float   peak  ratio     double   peak  ratio");
        foreach (var n in new[] { 16, 32, 64, 128, 256, 512 }) Row(n, n, n, false, false);
        Row(256, 784, 128, false, false);
        Row(784, 256, 128, true, false);
        Row(256, 128, 784, false, true);
        Row(256, 128, 10, false, false);
        Row(128, 256, 10, true, false);
        Row(256, 10, 128, false, true);
        Row(256, 2, 64, false, false);
        Row(256, 64, 2, false, false);
        Row(64, 256, 2, true, false);
        return 0;
    }

    private static void Row(int rows, int depth, int columns, bool isLeftTransposed, bool isRightTransposed)
    {
        var (single, singlePeak) = Time<float>(rows, depth, columns, isLeftTransposed, isRightTransposed);
        var (both, doublePeak) = Time<double>(rows, depth, columns, isLeftTransposed, isRightTransposed);
        var what = $"{rows}x{depth}{(isLeftTransposed ? " transposed" : "")} by {depth}x{columns}{(isRightTransposed ? " transposed" : "")}";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{what,-34} {single,6:0.0} {singlePeak,6:0.0} {single / singlePeak,6:0.00}     {both,6:0.0} {doublePeak,6:0.0} {both / doublePeak,6:0.00}"));
    }

    /// <returns>GFLOP/s of the product, and of the peak.</returns>
    private static (double Product, double Peak) Time<T>(int rows, int depth, int columns, bool isLeftTransposed, bool isRightTransposed) where T : unmanaged
    {
        T* a = Random<T>(rows * depth), b = Random<T>(depth * columns), c = Random<T>(rows * columns), work = Random<T>(MatrixProduct.Work<T>(rows, depth, columns));
        var left = isLeftTransposed ? new MatrixView<T>(a, 1, rows) : new MatrixView<T>(a, depth, 1);
        var right = isRightTransposed ? new MatrixView<T>(b, 1, depth) : new MatrixView<T>(b, columns, 1);
        var result = new MatrixView<T>(c, columns, 1);
        var operations = 2.0 * rows * depth * columns;
        var repeats = (int)Math.Max(1, 4e6 / operations);
        var width = (Vector512.IsHardwareAccelerated ? 64 : 32) / sizeof(T);
        const int Steps = 10_000;
        var products = new double[Rounds];
        var peaks = new double[Rounds];
        for (var round = -5; round < Rounds; round++)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < repeats; i++) MatrixProduct.Run<T, T, T, T>(left, right, result, rows, depth, columns, false, work);
            var product = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            if (Vector512.IsHardwareAccelerated) MultiplyAdds<Vector512<T>, T>(Steps);
            else MultiplyAdds<Vector256<T>, T>(Steps);
            var peak = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (round < 0) continue;
            products[round] = repeats * operations / product / 1e9;
            peaks[round] = 2.0 * Steps * Chains * width / peak / 1e9;
        }
        foreach (var memory in new nint[] { (nint)a, (nint)b, (nint)c, (nint)work }) NativeMemory.AlignedFree((void*)memory);
        return (products.Max(), peaks.Max());
    }

    private const int Chains = 10;

    /// <summary>Ten chains of multiply-adds that do not wait for each other.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static V MultiplyAdds<V, T>(int steps) where V : unmanaged where T : unmanaged
    {
        V a = default, b = default, c = default, d = default, e = default, f = default, g = default, h = default, i = default, j = default, x = default, y = default;
        for (; steps > 0; steps--)
        {
            a = Wide<V, T>.MultiplyAdd(x, y, a);
            b = Wide<V, T>.MultiplyAdd(x, y, b);
            c = Wide<V, T>.MultiplyAdd(x, y, c);
            d = Wide<V, T>.MultiplyAdd(x, y, d);
            e = Wide<V, T>.MultiplyAdd(x, y, e);
            f = Wide<V, T>.MultiplyAdd(x, y, f);
            g = Wide<V, T>.MultiplyAdd(x, y, g);
            h = Wide<V, T>.MultiplyAdd(x, y, h);
            i = Wide<V, T>.MultiplyAdd(x, y, i);
            j = Wide<V, T>.MultiplyAdd(x, y, j);
        }
        V Sum(V p, V q) => Wide<V, T>.Add(p, q);
        return Sum(Sum(Sum(a, b), Sum(c, d)), Sum(Sum(e, f), Sum(Sum(g, h), Sum(i, j))));
    }

    private static T* Random<T>(int count) where T : unmanaged
    {
        var random = new Philox(1, 0, 0);
        var memory = (T*)NativeMemory.AlignedAlloc((nuint)(count * sizeof(T)), 64);
        for (var i = 0; i < count; i++) Conversion.Set(memory + i, random.NextDouble() - 0.5);
        return memory;
    }
}
