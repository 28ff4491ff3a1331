namespace ProbLang.Numerics;

/// <summary>A matrix in memory with any strides, counted in elements: its transpose is the same memory with the strides exchanged.</summary>
internal readonly unsafe struct MatrixView<T>(T* elements, nint rowStride, nint columnStride) where T : unmanaged
{
    public T* Elements => elements;

    /// <summary>From a row to the next.</summary>
    public nint RowStride => rowStride;

    /// <summary>From a column to the next.</summary>
    public nint ColumnStride => columnStride;

    public MatrixView<T> Transposed => new(elements, columnStride, rowStride);

    public T* At(int row, int column) => elements + row * rowStride + column * columnStride;

    /// <summary>What is left without the first rows and columns.</summary>
    public MatrixView<T> From(int row, int column) => new(At(row, column), rowStride, columnStride);
}
