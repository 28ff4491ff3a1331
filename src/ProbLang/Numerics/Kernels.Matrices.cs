using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using ProbLang.Limits;

namespace ProbLang.Numerics;

internal static unsafe partial class Kernels
{
    // A tile of results is 4 rows of 8 columns: eight accumulators keep both multiply-add units busy and leave registers for the factors.
    private const int TileRows = 4, TileColumns = 8, TileSize = TileRows * TileColumns;

    // How many rows of the right factor are packed at a time: 16 KiB, half of a first-level cache.
    private const int PanelRows = 256;

    /// <summary>Between rows of tiles of matrices of this size the computation may end.</summary>
    private const int Large = 128;

    /// <summary>As well as between the columns of matrices that are as long.</summary>
    private const int Long = 1 << 14;

    /// <summary>y = A x.</summary>
    public static void MatVec(double* a, int rows, int cols, double* x, double* y)
    {
        for (int from = 0, block; from < rows; from += block)
        {
            if (from > 0) Budget.Current.Check();
            block = Math.Min(Long, rows - from);
            MatVecBlock(a + (nint)from * cols, block, cols, x, y + from);
        }
    }

    [MethodImpl(Hot)]
    private static void MatVecBlock(double* a, int rows, int cols, double* x, double* y)
    {
        var r = 0;
        var inLanes = cols & ~3;
        for (; r <= rows - 4; r += 4, a += 4 * (nint)cols)
        {
            double* a1 = a + cols, a2 = a1 + cols, a3 = a2 + cols;
            Lane s0 = Lane.Zero, s1 = Lane.Zero, s2 = Lane.Zero, s3 = Lane.Zero;
            var c = 0;
            for (; c < inLanes; c += 4)
            {
                var v = Simd.Load(x + c);
                s0 = Lanes.MultiplyAdd(Simd.Load(a + c), v, s0);
                s1 = Lanes.MultiplyAdd(Simd.Load(a1 + c), v, s1);
                s2 = Lanes.MultiplyAdd(Simd.Load(a2 + c), v, s2);
                s3 = Lanes.MultiplyAdd(Simd.Load(a3 + c), v, s3);
            }
            var sums = SumEach(s0, s1, s2, s3);
            for (; c < cols; c++) sums = Lanes.MultiplyAdd(Simd.Create(a[c], a1[c], a2[c], a3[c]), Simd.Create(x[c]), sums);
            Lanes.Store(y + r, sums);
        }
        for (; r < rows; r++, a += cols) y[r] = Dot(a, x, cols);
    }

    /// <summary>gx += Aᵀ g, the adjoint of <see cref="MatVec"/> in x.</summary>
    [MethodImpl(Hot)]
    public static void MatVecTransposedAdd(double* a, int rows, int cols, double* g, double* gx)
    {
        var c = 0;
        for (; c <= cols - 16; c += 16)
        {
            if (rows >= Long) Budget.Current.Check();
            AddColumns16(a + c, rows, cols, g, gx + c);
        }
        for (; c <= cols - 4; c += 4) AddColumns4(a + c, rows, cols, g, gx + c);
        for (; c < cols; c++) gx[c] += DotStrided(a + c, cols, g, rows);
    }

    /// <summary>gA += g xᵀ, the adjoint of <see cref="MatVec"/> in A.</summary>
    [MethodImpl(Hot)]
    public static void OuterAdd(double* g, int rows, double* x, int cols, double* ga)
    {
        for (var r = 0; r < rows; r++, ga += cols)
        {
            if ((r & (Long - 1)) == Long - 1) Budget.Current.Check();
            AddScaled(g[r], x, ga, cols);
        }
    }

    /// <summary>C = A B, with A m×k, B k×n.</summary>
    public static void MatMul(double* a, int m, int k, double* b, int n, double* c)
    {
        new Span<double>(c, m * n).Clear();
        MatMulAdd(a, k, 1, b, n, 1, m, k, n, c);
    }

    /// <summary>gA += gC Bᵀ, the adjoint of <see cref="MatMul"/> in A.</summary>
    public static void MatMulAdjointLeft(double* gc, int m, int k, double* b, int n, double* ga) =>
        MatMulAdd(gc, n, 1, b, 1, n, m, n, k, ga);

    /// <summary>gB += Aᵀ gC, the adjoint of <see cref="MatMul"/> in B.</summary>
    public static void MatMulAdjointRight(double* a, int m, int k, double* gc, int n, double* gb) =>
        MatMulAdd(a, 1, k, gc, n, 1, k, m, n, gb);

    /// <summary>C += A B for factors with any strides, A m×k, B k×n, C row-major: transposes cost nothing.</summary>
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    public static void MatMulAdd(
        double* a, int aRowStride, int aColumnStride, double* b, int bRowStride, int bColumnStride, int m, int k, int n, double* c)
    {
        var panel = stackalloc double[PanelRows * TileColumns];
        var tile = stackalloc double[TileSize];
        for (var p = 0; p < k; p += PanelRows)
        {
            var depth = Math.Min(PanelRows, k - p);
            for (var j = 0; j < n; j += TileColumns)
            {
                if (m >= Large) Budget.Current.Check();
                var width = Math.Min(TileColumns, n - j);
                Pack(b + (nint)p * bRowStride + (nint)j * bColumnStride, bRowStride, bColumnStride, depth, width, panel);
                var left = a + (nint)p * aColumnStride;
                for (var i = 0; i < m; i += TileRows)
                {
                    var rows = Math.Min(TileRows, m - i);
                    Tile(left + (nint)i * aRowStride, aColumnStride, aRowStride, rows, panel, TileColumns, depth, tile);
                    AddTile(tile, rows, width, c + (nint)i * n + j, n);
                }
            }
        }
    }

    /// <summary>tile[r, c] = Σₖ p[k, r] q[k, c] for up to 4 rows and 8 columns; rows that are not there repeat the last.</summary>
    [MethodImpl(Hot)]
    private static void Tile(double* p, nint pStride, nint pRow, int rows, double* q, nint qStride, int count, double* tile)
    {
        Lane s00 = Lane.Zero, s01 = Lane.Zero, s10 = Lane.Zero, s11 = Lane.Zero;
        Lane s20 = Lane.Zero, s21 = Lane.Zero, s30 = Lane.Zero, s31 = Lane.Zero;
        var row1 = Math.Min(1, rows - 1) * pRow;
        var row2 = Math.Min(2, rows - 1) * pRow;
        var row3 = (rows - 1) * pRow;
        for (var k = 0; k < count; k++, p += pStride, q += qStride)
        {
            var q0 = Simd.Load(q);
            var q1 = Simd.Load(q + 4);
            var factor = Simd.Create(*p);
            s00 = Lanes.MultiplyAdd(factor, q0, s00);
            s01 = Lanes.MultiplyAdd(factor, q1, s01);
            factor = Simd.Create(p[row1]);
            s10 = Lanes.MultiplyAdd(factor, q0, s10);
            s11 = Lanes.MultiplyAdd(factor, q1, s11);
            factor = Simd.Create(p[row2]);
            s20 = Lanes.MultiplyAdd(factor, q0, s20);
            s21 = Lanes.MultiplyAdd(factor, q1, s21);
            factor = Simd.Create(p[row3]);
            s30 = Lanes.MultiplyAdd(factor, q0, s30);
            s31 = Lanes.MultiplyAdd(factor, q1, s31);
        }
        Lanes.Store(tile, s00);
        Lanes.Store(tile + 4, s01);
        Lanes.Store(tile + 8, s10);
        Lanes.Store(tile + 12, s11);
        Lanes.Store(tile + 16, s20);
        Lanes.Store(tile + 20, s21);
        Lanes.Store(tile + 24, s30);
        Lanes.Store(tile + 28, s31);
    }

    [MethodImpl(Hot)]
    private static void Pack(double* b, nint rowStride, nint columnStride, int rows, int columns, double* panel)
    {
        for (var k = 0; k < rows; k++, b += rowStride, panel += TileColumns)
        {
            if (columns == TileColumns && columnStride == 1)
            {
                Lanes.Store(panel, Simd.Load(b));
                Lanes.Store(panel + 4, Simd.Load(b + 4));
                continue;
            }
            for (var j = 0; j < columns; j++) panel[j] = b[j * columnStride];
            for (var j = columns; j < TileColumns; j++) panel[j] = 0;
        }
    }

    [MethodImpl(Hot)]
    private static void AddTile(double* tile, int rows, int columns, double* c, int stride)
    {
        for (var r = 0; r < rows; r++, tile += TileColumns, c += stride)
        {
            if (columns == TileColumns)
            {
                Lanes.Store(c, Simd.Load(c) + Simd.Load(tile));
                Lanes.Store(c + 4, Simd.Load(c + 4) + Simd.Load(tile + 4));
                continue;
            }
            for (var j = 0; j < columns; j++) c[j] += tile[j];
        }
    }

    [MethodImpl(Hot)]
    private static void AddColumns16(double* a, int rows, nint stride, double* g, double* gx)
    {
        Lane s0 = Lane.Zero, s1 = Lane.Zero, s2 = Lane.Zero, s3 = Lane.Zero;
        Lane t0 = Lane.Zero, t1 = Lane.Zero, t2 = Lane.Zero, t3 = Lane.Zero;
        var r = 0;
        for (; r <= rows - 2; r += 2, a += 2 * stride)
        {
            var factor = Simd.Create(g[r]);
            s0 = Lanes.MultiplyAdd(factor, Simd.Load(a), s0);
            s1 = Lanes.MultiplyAdd(factor, Simd.Load(a + 4), s1);
            s2 = Lanes.MultiplyAdd(factor, Simd.Load(a + 8), s2);
            s3 = Lanes.MultiplyAdd(factor, Simd.Load(a + 12), s3);
            var next = a + stride;
            factor = Simd.Create(g[r + 1]);
            t0 = Lanes.MultiplyAdd(factor, Simd.Load(next), t0);
            t1 = Lanes.MultiplyAdd(factor, Simd.Load(next + 4), t1);
            t2 = Lanes.MultiplyAdd(factor, Simd.Load(next + 8), t2);
            t3 = Lanes.MultiplyAdd(factor, Simd.Load(next + 12), t3);
        }
        if (r < rows)
        {
            var factor = Simd.Create(g[r]);
            s0 = Lanes.MultiplyAdd(factor, Simd.Load(a), s0);
            s1 = Lanes.MultiplyAdd(factor, Simd.Load(a + 4), s1);
            s2 = Lanes.MultiplyAdd(factor, Simd.Load(a + 8), s2);
            s3 = Lanes.MultiplyAdd(factor, Simd.Load(a + 12), s3);
        }
        Lanes.Store(gx, Simd.Load(gx) + (s0 + t0));
        Lanes.Store(gx + 4, Simd.Load(gx + 4) + (s1 + t1));
        Lanes.Store(gx + 8, Simd.Load(gx + 8) + (s2 + t2));
        Lanes.Store(gx + 12, Simd.Load(gx + 12) + (s3 + t3));
    }

    [MethodImpl(Hot)]
    private static void AddColumns4(double* a, int rows, nint stride, double* g, double* gx)
    {
        Lane s0 = Lane.Zero, s1 = Lane.Zero, s2 = Lane.Zero, s3 = Lane.Zero;
        var r = 0;
        for (; r <= rows - 4; r += 4, a += 4 * stride)
        {
            s0 = Lanes.MultiplyAdd(Simd.Create(g[r]), Simd.Load(a), s0);
            s1 = Lanes.MultiplyAdd(Simd.Create(g[r + 1]), Simd.Load(a + stride), s1);
            s2 = Lanes.MultiplyAdd(Simd.Create(g[r + 2]), Simd.Load(a + 2 * stride), s2);
            s3 = Lanes.MultiplyAdd(Simd.Create(g[r + 3]), Simd.Load(a + 3 * stride), s3);
        }
        for (; r < rows; r++, a += stride) s0 = Lanes.MultiplyAdd(Simd.Create(g[r]), Simd.Load(a), s0);
        Lanes.Store(gx, Simd.Load(gx) + ((s0 + s1) + (s2 + s3)));
    }

    [MethodImpl(Hot)]
    private static double DotStrided(double* a, nint stride, double* g, int n)
    {
        double s0 = 0, s1 = 0, s2 = 0, s3 = 0;
        var i = 0;
        for (; i <= n - 4; i += 4, a += 4 * stride)
        {
            s0 = Math.FusedMultiplyAdd(a[0], g[i], s0);
            s1 = Math.FusedMultiplyAdd(a[stride], g[i + 1], s1);
            s2 = Math.FusedMultiplyAdd(a[2 * stride], g[i + 2], s2);
            s3 = Math.FusedMultiplyAdd(a[3 * stride], g[i + 3], s3);
        }
        for (; i < n; i++, a += stride) s0 = Math.FusedMultiplyAdd(*a, g[i], s0);
        return (s0 + s1) + (s2 + s3);
    }

    /// <summary>The sums of the lanes of four, each added in the order of <see cref="Lanes.SumLanes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lane SumEach(Lane a, Lane b, Lane c, Lane d)
    {
        if (!Avx.IsSupported) return Simd.Create(Lanes.SumLanes(a), Lanes.SumLanes(b), Lanes.SumLanes(c), Lanes.SumLanes(d));
        var first = Avx.Permute2x128(a, c, 0x20) + Avx.Permute2x128(a, c, 0x31);
        var second = Avx.Permute2x128(b, d, 0x20) + Avx.Permute2x128(b, d, 0x31);
        return Avx.HorizontalAdd(first, second);
    }
}
