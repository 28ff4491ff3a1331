using System.Runtime.Intrinsics;

namespace ProbLang.Numerics;

/// <summary>
/// Products of matrices with any strides, so that transposes cost nothing, of single or double precision, with the widest vectors of the machine.
/// Factors and result may be of another precision than the one that the product is computed in; they are converted as they are packed.
/// Nothing is allocated: the work area is passed in.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>How many elements the work area of a product holds: of the type that it is computed in.</summary>
    public static int Work<T>(int rows, int depth, int columns) where T : unmanaged => Vector512.IsHardwareAccelerated
        ? Work<Vector512<T>, T>(rows, depth, columns)
        : Work<Vector256<T>, T>(rows, depth, columns);

    /// <summary>C = A B, or with <paramref name="adds"/> C += A B: A of so many rows and so deep, B as deep and of so many columns.</summary>
    /// <typeparam name="TA">The elements of A: float or double.</typeparam>
    /// <typeparam name="TB">Those of B.</typeparam>
    /// <typeparam name="TC">Those of C.</typeparam>
    /// <typeparam name="T">What the product is computed in.</typeparam>
    public static void Run<TA, TB, TC, T>(MatrixView<TA> a, MatrixView<TB> b, MatrixView<TC> c, int rows, int depth, int columns, bool adds, T* work)
        where TA : unmanaged where TB : unmanaged where TC : unmanaged where T : unmanaged
    {
        if (Vector512.IsHardwareAccelerated) Run<Vector512<T>, TA, TB, TC, T>(a, b, c, rows, depth, columns, adds, work);
        else Run<Vector256<T>, TA, TB, TC, T>(a, b, c, rows, depth, columns, adds, work);
    }

    /// <summary>The work area with vectors of a given width.</summary>
    public static int Work<V, T>(int rows, int depth, int columns) where V : unmanaged where T : unmanaged =>
        Math.Max(ThinProduct<V, T>.Work(depth), BlockedProduct<V, T>.Work(rows, depth, columns));

    /// <summary>The product with vectors of a given width.</summary>
    public static void Run<V, TA, TB, TC, T>(MatrixView<TA> a, MatrixView<TB> b, MatrixView<TC> c, int rows, int depth, int columns, bool adds, T* work)
        where V : unmanaged where TA : unmanaged where TB : unmanaged where TC : unmanaged where T : unmanaged
    {
        if (depth == 0)
        {
            if (!adds) Clear(c, rows, columns);
        }
        else if (rows <= ThinProduct<V, T>.Rows && typeof(TB) == typeof(T) && (b.RowStride == 1 || b.ColumnStride == 1))
            ThinProduct<V, T>.Add(a, As<TB, T>(b), c, rows, depth, columns, adds, work);
        else if (columns <= ThinProduct<V, T>.Rows && typeof(TA) == typeof(T) && (a.RowStride == 1 || a.ColumnStride == 1))
            ThinProduct<V, T>.Add(b.Transposed, As<TA, T>(a).Transposed, c.Transposed, columns, depth, rows, adds, work);
        else BlockedProduct<V, T>.Add(a, b, c.Elements, c.RowStride, rows, depth, columns, adds, work);
    }

    private static MatrixView<TTo> As<TFrom, TTo>(MatrixView<TFrom> matrix) where TFrom : unmanaged where TTo : unmanaged =>
        new((TTo*)matrix.Elements, matrix.RowStride, matrix.ColumnStride);

    private static void Clear<T>(MatrixView<T> matrix, int rows, int columns) where T : unmanaged
    {
        for (var i = 0; i < rows; i++) new Span<T>(matrix.At(i, 0), columns).Clear();
    }
}
