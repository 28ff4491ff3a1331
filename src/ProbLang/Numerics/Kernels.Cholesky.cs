using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ProbLang.Limits;

namespace ProbLang.Numerics;

// Factors are computed as the upper U = Lᵀ, row-major, four rows at a time: then every inner loop runs along a row, and a
// tile of 4×8 results stays in registers. A tile at the edge computes lanes that nobody reads, so an area that holds a
// factor has a tile's width to spare.
//
// A gradient with respect to a symmetric matrix is one with respect to its lower triangle, the only one that is read:
// off-diagonal elements count twice, and the upper triangle of the gradient is left alone.
internal static unsafe partial class Kernels
{
    /// <summary>The lower Cholesky factor of a symmetric matrix, reading its lower triangle; zeros above the diagonal. False if it is not positive definite.</summary>
    [MethodImpl(Hot)]
    public static bool Cholesky(double* a, int n, double* l)
    {
        // The work is done above the diagonal of the result, which only a small matrix leaves too little room for.
        if (n < TileColumns) return CholeskySmall(a, n, l);
        if (!FactorUpper(a, n, l)) return false;
        for (var i = 0; i < n; i++)
        {
            for (var j = i + 1; j < n; j++)
            {
                l[j * n + i] = l[i * n + j];
                l[i * n + j] = 0;
            }
        }
        return true;
    }

    /// <summary>How many numbers the work area of <see cref="CholeskyAdjoint"/> holds.</summary>
    public static int CholeskyAdjointWork(int n) => 3 * n * n + 2 * TileColumns;

    /// <summary>
    /// gA += the gradient with respect to the lower triangle of A, where L = <see cref="Cholesky"/>(A), zeros above its diagonal, and gL, of which the lower
    /// triangle is read, is the gradient with respect to L: L⁻ᵀ Φ(Lᵀ gL) L⁻¹, symmetric (Murray, arXiv:1602.07527, equation 10).
    /// </summary>
    [MethodImpl(Hot)]
    public static void CholeskyAdjoint(double* l, double* gl, int n, double* ga, double* work)
    {
        double* inverse = work, h = inverse + n * n + TileColumns, t = h + n * n;
        InvertLower(l, 1, n, n, inverse);

        // h = Lᵀ gL below the diagonal, copied to above it.
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++) t[i * n + j] = j <= i ? gl[i * n + j] : 0;
        }
        new Span<double>(h, n * n).Clear();
        MatMulAdd(l, 1, n, t, n, 1, n, n, n, h);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) h[j * n + i] = h[i * n + j];
        }
        MatMul(h, n, n, inverse, n, t);
        new Span<double>(h, n * n).Clear();
        MatMulAdd(inverse, 1, n, t, n, 1, n, n, n, h);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++) ga[i * n + j] += h[i * n + j];
            ga[i * n + i] += 0.5 * h[i * n + i];
        }
    }

    /// <summary>x with L x = b, L lower. x may be b.</summary>
    [MethodImpl(Hot)]
    public static void SolveLower(double* l, int n, double* b, double* x)
    {
        for (var i = 0; i < n; i++) x[i] = (b[i] - Dot(l + i * n, x, i)) / l[i * n + i];
    }

    /// <summary>x with Lᵀ x = b, L lower. x may be b.</summary>
    [MethodImpl(Hot)]
    public static void SolveLowerTransposed(double* l, int n, double* b, double* x)
    {
        if (x != b) new Span<double>(b, n).CopyTo(new Span<double>(x, n));
        for (var i = n - 1; i >= 0; i--)
        {
            x[i] /= l[i * n + i];
            AddScaled(-x[i], l + i * n, x, i);
        }
    }

    /// <summary>The adjoint of <see cref="SolveLower"/>: gb += L⁻ᵀ gx, gL -= its outer product with x, below the diagonal. Either may be null; the work area holds n numbers.</summary>
    [MethodImpl(Hot)]
    public static void SolveLowerAdjoint(double* l, int n, double* x, double* gx, double* gb, double* gl, double* work)
    {
        SolveLowerTransposed(l, n, gx, work);
        if (gb != null) AddScaled(1, work, gb, n);
        if (gl == null) return;
        for (var i = 0; i < n; i++) AddScaled(-work[i], x, gl + i * n, i + 1);
    }

    /// <summary>The adjoint of <see cref="SolveLowerTransposed"/>: gb += L⁻¹ gx, gL -= the outer product of x with it, below the diagonal. Either may be null; the work area holds n numbers.</summary>
    [MethodImpl(Hot)]
    public static void SolveLowerTransposedAdjoint(double* l, int n, double* x, double* gx, double* gb, double* gl, double* work)
    {
        SolveLower(l, n, gx, work);
        if (gb != null) AddScaled(1, work, gb, n);
        if (gl == null) return;
        for (var i = 0; i < n; i++) AddScaled(-x[i], work, gl + i * n, i + 1);
    }

    /// <summary>How many numbers the work area of <see cref="InverseFromCholesky"/> holds.</summary>
    public static int InverseFromCholeskyWork(int n) => n * n + TileColumns;

    /// <summary>The inverse of L Lᵀ, both triangles.</summary>
    [MethodImpl(Hot)]
    public static void InverseFromCholesky(double* l, int n, double* inverse, double* work)
    {
        InvertLower(l, 1, n, n, work);
        new Span<double>(inverse, n * n).Clear();
        MatMulAdd(work, 1, n, work, n, 1, n, n, n, inverse);
    }

    /// <summary>U with Uᵀ U = A above and on the diagonal, reading the lower triangle of A; what is below is left alone. False if A is not positive definite.</summary>
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    private static bool FactorUpper(double* a, int n, double* u)
    {
        var tile = stackalloc double[TileSize];
        var within = stackalloc double[TileRows * TileRows];
        var inverses = stackalloc double[TileRows];
        for (var i = 0; i < n; i += TileRows)
        {
            if (n >= Large) Budget.Current.Check();
            var rows = Math.Min(TileRows, n - i);
            for (var j = i; j < n; j += TileColumns)
            {
                var columns = Math.Min(TileColumns, n - j);
                Tile(u + i, n, 1, rows, u + j, n, i, tile);
                for (var c = 0; c < columns; c++)
                {
                    var source = a + (nint)(j + c) * n + i;
                    for (var r = 0; r < rows && i + r <= j + c; r++) tile[r * TileColumns + c] = source[r] - tile[r * TileColumns + c];
                }
                for (var r = 0; r < rows; r++)
                {
                    var row = tile + r * TileColumns;
                    for (var q = 0; q < r; q++)
                    {
                        if (j == i) within[q * TileRows + r] = tile[q * TileColumns + r];
                        AddScaledTileRow(-within[q * TileRows + r], tile + q * TileColumns, row);
                    }
                    if (j == i)
                    {
                        if (!(row[r] > 0 && row[r] < double.PositiveInfinity)) return false;
                        inverses[r] = 1 / Math.Sqrt(row[r]);
                    }
                    var inverse = Simd.Create(inverses[r]);
                    Lanes.Store(row, Simd.Load(row) * inverse);
                    Lanes.Store(row + 4, Simd.Load(row + 4) * inverse);
                    var target = u + (nint)(i + r) * n + j;
                    for (var c = j == i ? r : 0; c < columns; c++) target[c] = row[c];
                }
            }
        }
        return true;
    }

    /// <summary>W = L⁻¹, zeros above the diagonal, for L[i, k] at l[i rowStride + k columnStride].</summary>
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    private static void InvertLower(double* l, nint columnStride, nint rowStride, int n, double* w)
    {
        var tile = stackalloc double[TileSize];
        for (var i = 0; i < n; i += TileRows)
        {
            if (n >= Large) Budget.Current.Check();
            var rows = Math.Min(TileRows, n - i);
            for (var j = 0; j < n; j += TileColumns)
            {
                var columns = Math.Min(TileColumns, n - j);
                if (j >= i + rows)
                {
                    for (var r = 0; r < rows; r++) new Span<double>(w + (nint)(i + r) * n + j, columns).Clear();
                    continue;
                }
                // Rows of W above j are zero in these columns.
                var above = i - j;
                Tile(l + i * rowStride + j * columnStride, columnStride, rowStride, rows, w + (nint)j * n + j, n, above, tile);
                for (var r = 0; r < rows; r++)
                {
                    var row = tile + r * TileColumns;
                    var source = l + (i + r) * rowStride;
                    for (var q = 0; q < r; q++) AddScaledTileRow(source[(i + q) * columnStride], tile + q * TileColumns, row);
                    var inverse = Simd.Create(-1 / source[(i + r) * columnStride]);
                    var diagonal = i + r - j;
                    if (diagonal < TileColumns) row[diagonal] -= 1;
                    Lanes.Store(row, Simd.Load(row) * inverse);
                    Lanes.Store(row + 4, Simd.Load(row + 4) * inverse);
                    var target = w + (nint)(i + r) * n + j;
                    for (var c = 0; c < columns; c++) target[c] = c <= diagonal ? row[c] : 0;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddScaledTileRow(double factor, double* source, double* row)
    {
        var lane = Simd.Create(factor);
        Lanes.Store(row, Lanes.MultiplyAdd(lane, Simd.Load(source), Simd.Load(row)));
        Lanes.Store(row + 4, Lanes.MultiplyAdd(lane, Simd.Load(source + 4), Simd.Load(row + 4)));
    }

    private static bool CholeskySmall(double* a, int n, double* l)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = a[i * n + j];
                for (var k = 0; k < j; k++) sum -= l[i * n + k] * l[j * n + k];
                if (j < i)
                {
                    l[i * n + j] = sum / l[j * n + j];
                    continue;
                }
                if (!(sum > 0 && sum < double.PositiveInfinity)) return false;
                l[i * n + i] = Math.Sqrt(sum);
            }
            for (var j = i + 1; j < n; j++) l[i * n + j] = 0;
        }
        return true;
    }
}
