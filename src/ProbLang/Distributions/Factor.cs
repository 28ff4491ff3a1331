using System.Buffers;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>The lower Cholesky factor of a matrix while a draw needs it, from the pool, because a draw allocates nothing. Not-a-number throughout where the matrix is not positive definite.</summary>
internal readonly ref struct Factor
{
    private readonly double[] _elements;
    private readonly int _n;

    public unsafe Factor(Arr<Real> matrix, int n)
    {
        var copy = ArrayPool<double>.Shared.Rent(n * n);
        _elements = ArrayPool<double>.Shared.Rent(n * n);
        _n = n;
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++) copy[i * n + j] = matrix[i, j];
        fixed (double* a = copy, l = _elements)
            if (!Kernels.Cholesky(a, n, l)) _elements.AsSpan(0, n * n).Fill(double.NaN);
        ArrayPool<double>.Shared.Return(copy);
    }

    /// <summary>A row of it, up to the diagonal.</summary>
    public ReadOnlySpan<double> Row(int i) => _elements.AsSpan(i * _n, i + 1);

    /// <summary>z ← L z, from the last row up, so that no row needs what an earlier one has replaced.</summary>
    public void Multiply(Span<double> z)
    {
        for (var i = _n - 1; i >= 0; i--)
        {
            var sum = 0.0;
            var row = Row(i);
            for (var j = 0; j <= i; j++) sum += row[j] * z[j];
            z[i] = sum;
        }
    }

    public void Dispose() => ArrayPool<double>.Shared.Return(_elements);
}
