using System.Runtime.InteropServices;
using ProbLang.Numerics;
using Xunit;

namespace ProbLang.Tests.Numerics;

/// <summary>How the elements of a matrix lie.</summary>
public enum MatrixLayout
{
    Rows,
    Columns,
    Spaced,
}

/// <summary>A product of random matrices held against its definition, with guards around everything that is written.</summary>
internal static unsafe class ProductCase
{
    private const int Guard = 16;
    private const double Mark = 1234.5;

    /// <summary>Runs a product with vectors V and compares each element within the bound of its rounding errors.</summary>
    public static void Check<V, TA, TB, TC, T>(int seed, int rows, int depth, int columns, MatrixLayout left, MatrixLayout right, bool adds)
        where V : unmanaged where TA : unmanaged where TB : unmanaged where TC : unmanaged where T : unmanaged
    {
        var random = new Random(seed);
        var (a, sizeA) = Form<TA>(left, rows, depth);
        var (b, sizeB) = Form<TB>(right, depth, columns);
        var cStride = columns + seed % 3;
        var work = MatrixProduct.Work<V, T>(rows, depth, columns);
        using Memory<TA> ofA = new(sizeA, random);
        using Memory<TB> ofB = new(sizeB, random);
        using Memory<TC> ofC = new(rows * cStride, random), before = new(rows * cStride, random);
        using Memory<T> ofWork = new(work, random);
        Buffer.MemoryCopy(ofC.Elements, before.Elements, (long)ofC.Length * sizeof(TC), (long)ofC.Length * sizeof(TC));
        a = new MatrixView<TA>(ofA.Elements, a.RowStride, a.ColumnStride);
        b = new MatrixView<TB>(ofB.Elements, b.RowStride, b.ColumnStride);

        MatrixProduct.Run<V, TA, TB, TC, T>(a, b, new MatrixView<TC>(ofC.Elements, cStride, 1), rows, depth, columns, adds, ofWork.Elements);

        var what = $"{typeof(V).Name} {typeof(TA).Name} {typeof(TB).Name} {typeof(TC).Name} {rows}x{depth}x{columns} {left} {right} {adds} seed {seed}";
        // Each factor that is not of the type of the product is rounded to it, and each of the additions rounds what is there so far.
        var unit = (sizeof(T) == 4 ? 5.97e-8 : 1.12e-16) * (depth + 4);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < cStride; j++)
            {
                var old = Conversion.Get(before.Elements + i * cStride + j);
                var (expected, magnitude) = j < columns && adds || j >= columns ? (old, Math.Abs(old)) : (0.0, 0.0);
                for (var k = 0; k < depth && j < columns; k++)
                {
                    var product = Conversion.Get(a.At(i, k)) * Conversion.Get(b.At(k, j));
                    expected += product;
                    magnitude += Math.Abs(product);
                }
                var actual = Conversion.Get(ofC.Elements + i * cStride + j);
                var bound = j >= columns ? 0 : 2 * unit * magnitude + (sizeof(TC) == 4 ? 1.2e-7 * magnitude : 0);
                Assert.True(Math.Abs(expected - actual) <= bound, $"{what}: element {i}, {j} is {actual:R} instead of {expected:R}");
            }
        }
        ofC.AssertGuards(what);
        ofWork.AssertGuards(what);
    }

    private static (MatrixView<T> Matrix, int Size) Form<T>(MatrixLayout form, int rows, int columns) where T : unmanaged => form switch
    {
        MatrixLayout.Rows => (new MatrixView<T>(null, columns, 1), rows * columns),
        MatrixLayout.Columns => (new MatrixView<T>(null, 1, rows), rows * columns),
        _ => (new MatrixView<T>(null, 2 * columns + 3, 2), rows * (2 * columns + 3)),
    };

    /// <summary>Random numbers between guards.</summary>
    private sealed class Memory<T> : IDisposable where T : unmanaged
    {
        private readonly T* _all;

        public Memory(int length, Random random)
        {
            Length = length;
            _all = (T*)NativeMemory.AlignedAlloc((nuint)((length + 2 * Guard) * sizeof(T)), 64);
            for (var i = 0; i < length + 2 * Guard; i++) Conversion.Set(_all + i, i < Guard || i >= length + Guard ? Mark : 2 * random.NextDouble() - 1);
        }

        public int Length { get; }

        public T* Elements => _all + Guard;

        public void AssertGuards(string what)
        {
            for (var i = 0; i < Guard; i++)
                Assert.True(Conversion.Get(_all + i) == Mark && Conversion.Get(_all + Length + Guard + i) == Mark, $"{what} writes outside of its memory");
        }

        public void Dispose() => NativeMemory.AlignedFree(_all);
    }
}
