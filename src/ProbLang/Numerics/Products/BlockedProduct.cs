using System.Runtime.CompilerServices;
using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>
/// A matrix product in blocks that stay in a cache: panels of the right factor in the first level, a block of rows of the left one in the
/// second. A factor is packed where it does not lie as the tiles read it.
/// </summary>
internal static unsafe class BlockedProduct<V, T> where V : unmanaged where T : unmanaged
{
    private const MethodImplOptions Hot = MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization;

    private const int TileRows = 6;

    // Panels of the right factor of 16 KiB, and blocks of the left one of some hundreds.
    private const int MostDepth = 256, MostRows = 144, MostColumns = 768;

    // Up to so many columns copying a transposed left factor first takes longer than it gains.
    private const int MostUnpacked = 64;

    private static int TileColumns => 2 * Wide<V, T>.Count;

    /// <summary>How many elements the work area holds.</summary>
    public static int Work(int rows, int depth, int columns) =>
        WorkOfLeft(rows, depth) + Round(Step(columns, MostColumns, TileColumns), TileColumns) * Step(depth, MostDepth, 4) + Packing.Slack;

    /// <summary>c (+)= a b, c row-major with any distance between its rows.</summary>
    [SkipLocalsInit]
    [MethodImpl(Hot)]
    public static void Add<TA, TB, TC>(MatrixView<TA> a, MatrixView<TB> b, TC* c, nint cRow, int rows, int depth, int columns, bool adds, T* work)
        where TA : unmanaged where TB : unmanaged where TC : unmanaged
    {
        var tile = stackalloc T[2 * TileRows * TileColumns];
        var (rowStep, depthStep, columnStep) = (Step(rows, MostRows, 2 * TileRows), Step(depth, MostDepth, 4), Step(columns, MostColumns, TileColumns));
        var panels = work + WorkOfLeft(rows, depth);
        var isLong = rows > rowStep || depth > depthStep || columns > columnStep;
        for (var j = 0; j < columns; j += columnStep)
        {
            var across = Math.Min(columnStep, columns - j);
            for (var k = 0; k < depth; k += depthStep)
            {
                var pass = new Pass<TC>(tile, cRow, Math.Min(depthStep, depth - k), across, adds || k > 0);
                // Where few rows use the right factor, copying it first would not pay.
                pass.SetRight(b.From(k, j), typeof(TB) != typeof(T) || b.ColumnStride != 1 || rows > 2 * TileRows, panels);
                for (var i = 0; i < rows; i += rowStep)
                {
                    if (isLong) Budget.Current.Check();
                    // Rows that lie together are read where they are, and others where few columns use them.
                    pass.SetLeft(a.From(i, k), Math.Min(rowStep, rows - i), typeof(TA) != typeof(T) || a.ColumnStride != 1 && across > MostUnpacked, work);
                    pass.Run(c + (i * cRow + j));
                }
            }
        }
    }

    private static int WorkOfLeft(int rows, int depth) => (Round(Step(rows, MostRows, 2 * TileRows), TileRows) * Step(depth, MostDepth, 4) + Packing.Slack + 15) & ~15;

    /// <summary>Steps of at most a size, as even as they come.</summary>
    private static int Step(int size, int most, int unit)
    {
        if (size <= most) return Math.Max(1, size);
        var count = (size + most - 1) / most;
        return Round((size + count - 1) / count, unit);
    }

    private static int Round(int size, int unit) => (size + unit - 1) / unit * unit;

    /// <summary>The product of a block of rows of the left factor with a block of the right one, tile by tile.</summary>
    private struct Pass<TC>(T* tile, nint cRow, int depth, int columns, bool adds) where TC : unmanaged
    {
        private MatrixView<T> _left, _right, _lastRows, _lastColumns;
        private nint _nextRows, _nextColumns;
        private int _rows, _wholeRows, _wholeColumns;

        public void SetRight<TB>(MatrixView<TB> b, bool packs, T* panels) where TB : unmanaged
        {
            var direct = packs ? 0 : columns / TileColumns * TileColumns;
            if (direct < columns) Packing.Panels(b.From(0, direct), depth, columns - direct, TileColumns, panels);
            _wholeColumns = packs ? columns : direct;
            _lastColumns = new MatrixView<T>(panels, TileColumns, 1);
            _right = packs ? _lastColumns : new MatrixView<T>((T*)b.Elements, b.RowStride, 1);
            _nextColumns = packs ? (nint)TileColumns * depth : TileColumns;
        }

        public void SetLeft<TA>(MatrixView<TA> a, int rows, bool packs, T* panels) where TA : unmanaged
        {
            var direct = packs ? 0 : rows / TileRows * TileRows;
            if (direct < rows) Packing.Panels(a.From(direct, 0).Transposed, depth, rows - direct, TileRows, panels);
            _rows = rows;
            _wholeRows = packs ? Round(rows, TileRows) : direct;
            _lastRows = new MatrixView<T>(panels, 1, TileRows);
            _left = packs ? _lastRows : new MatrixView<T>((T*)a.Elements, a.RowStride, a.ColumnStride);
            _nextRows = packs ? (nint)TileRows * depth : TileRows * a.RowStride;
        }

        public readonly void Run(TC* c)
        {
            for (var j = 0; j < columns; j += TileColumns)
            {
                var right = j < _wholeColumns ? new MatrixView<T>(_right.Elements + j / TileColumns * _nextColumns, _right.RowStride, 1) : _lastColumns;
                var across = Math.Min(TileColumns, columns - j);
                if (2 * across <= TileColumns) RunNarrow(right, c + j, across);
                else RunBroad(right, c + j, across);
            }
        }

        private readonly void RunBroad(MatrixView<T> right, TC* c, int across)
        {
            for (var i = 0; i < _rows; i += TileRows)
            {
                var to = c + i * cRow;
                var down = Math.Min(TileRows, _rows - i);
                if (typeof(TC) == typeof(T) && down == TileRows && across == TileColumns)
                {
                    Tile<V, T>.Broad(Left(i), right.Elements, right.RowStride, depth, (T*)to, cRow, adds);
                    continue;
                }
                Tile<V, T>.Broad(Left(i), right.Elements, right.RowStride, depth, tile, TileColumns, false);
                Move(to, down, across);
            }
        }

        private readonly void RunNarrow(MatrixView<T> right, TC* c, int across)
        {
            for (var i = 0; i < _rows;)
            {
                var to = c + i * cRow;
                var isPair = i + 2 * TileRows <= _wholeRows;
                var left = Left(i);
                var next = isPair ? left.Elements + _nextRows : left.Elements;
                var down = Math.Min(isPair ? 2 * TileRows : TileRows, _rows - i);
                i += isPair ? 2 * TileRows : TileRows;
                if (typeof(TC) == typeof(T) && down == 2 * TileRows && 2 * across == TileColumns)
                {
                    Tile<V, T>.Narrow(left, next, right.Elements, right.RowStride, depth, (T*)to, cRow, adds);
                    continue;
                }
                Tile<V, T>.Narrow(left, next, right.Elements, right.RowStride, depth, tile, TileColumns, false);
                Move(to, down, across);
            }
        }

        private readonly MatrixView<T> Left(int row) => row < _wholeRows ? new MatrixView<T>(_left.Elements + row / TileRows * _nextRows, _left.RowStride, _left.ColumnStride) : _lastRows;

        /// <summary>From the tile to where the result is.</summary>
        [MethodImpl(Hot)]
        private readonly void Move(TC* to, int down, int across)
        {
            var from = tile;
            for (var r = 0; r < down; r++, from += TileColumns, to += cRow)
            {
                if (adds) Conversion.Add(from, to, across);
                else Conversion.Copy(from, to, across);
            }
        }
    }
}
