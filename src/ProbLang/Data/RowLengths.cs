namespace ProbLang.Datasets;

/// <summary>
/// How long the rows of a ragged array are. Such an array lies in memory as the smallest rectangular one that holds it; the cells
/// beyond the end of a row are not elements of it.
/// </summary>
internal sealed class RowLengths
{
    private readonly int[] _shape;

    /// <summary>For each dimension, the length of every row by the row-major number of the indices before it; null where all are as long as the shape says.</summary>
    private readonly int[]?[] _lengths;

    private RowLengths(int[] shape, int[]?[] lengths) => (_shape, _lengths) = (shape, lengths);

    /// <summary>From the lengths in each dimension, null for one that is not ragged; null where no dimension is.</summary>
    public static RowLengths? Of(int[] shape, int[]?[] lengths)
    {
        var rows = new RowLengths(shape, [.. lengths]);
        for (var d = 1; d < shape.Length; d++)
        {
            if (rows._lengths[d] is not { } own) continue;
            var differs = false;
            for (var prefix = 0; prefix < own.Length; prefix++)
                if (rows.ContainsRow(d, prefix)) differs |= own[prefix] != shape[d];
                else own[prefix] = 0;
            if (!differs) rows._lengths[d] = null;
        }
        return Array.TrueForAll(rows._lengths, l => l is null) ? null : rows;
    }

    /// <summary>Rows that end at the last of their cells that there is.</summary>
    public static RowLengths? Of(int[] shape, bool[] exists)
    {
        var lengths = new int[]?[shape.Length];
        var any = exists;
        for (var d = shape.Length - 1; d > 0; d--)
        {
            var size = shape[d];
            var own = new int[size == 0 ? 0 : any.Length / size];
            for (var prefix = 0; prefix < own.Length; prefix++)
                own[prefix] = 1 + any.AsSpan(prefix * size, size).LastIndexOf(true);
            lengths[d] = own.Length == 0 ? null : own;
            any = Array.ConvertAll(own, n => n > 0);
        }
        return Of(shape, lengths);
    }

    /// <summary>The shape of the rectangular array in memory.</summary>
    public int[] Shape => _shape;

    /// <summary>The length of a row: of a dimension, under the indices before it, which are given by their row-major number.</summary>
    public int this[int dimension, int prefix] => _lengths[dimension] is { } lengths ? lengths[prefix] : _shape[dimension];

    /// <summary>Whether rows differ in this dimension.</summary>
    public bool IsRagged(int dimension) => _lengths[dimension] is not null;

    /// <summary>The length of every row of a dimension.</summary>
    public int[] Lengths(int dimension)
    {
        if (_lengths[dimension] is { } lengths) return lengths;
        var same = new int[_shape.AsSpan(0, dimension).ToArray().Aggregate(1, (a, b) => a * b)];
        Array.Fill(same, _shape[dimension]);
        return same;
    }

    /// <summary>Whether a cell of the rectangular array is an element.</summary>
    public bool Contains(int cell)
    {
        for (var d = _shape.Length - 1; d > 0; d--)
        {
            var (prefix, at) = (cell / _shape[d], cell % _shape[d]);
            if (at >= this[d, prefix]) return false;
            cell = prefix;
        }
        return true;
    }

    /// <summary>The elements, as cells of the rectangular array, in order.</summary>
    public IEnumerable<int> Cells()
    {
        var count = _shape.Aggregate(1, (a, b) => a * b);
        for (var cell = 0; cell < count; cell++) if (Contains(cell)) yield return cell;
    }

    /// <summary>The shape of what some first indices select.</summary>
    public int[] ShapeWithin(int dimensions, int prefix)
    {
        var shape = new int[_shape.Length - dimensions];
        List<int> rows = [prefix];
        for (var d = 0; d < shape.Length; d++)
        {
            var next = new List<int>();
            foreach (var row in rows)
            {
                var n = this[d + dimensions, row];
                shape[d] = Math.Max(shape[d], n);
                for (var i = 0; i < n; i++) next.Add(row * _shape[d + dimensions] + i);
            }
            rows = next;
        }
        return shape;
    }

    public bool IsAs(RowLengths? other)
    {
        if (other is null || !_shape.AsSpan().SequenceEqual(other._shape)) return false;
        for (var d = 1; d < _shape.Length; d++)
            if (_lengths[d] is null != other._lengths[d] is null || _lengths[d] is { } own && !own.AsSpan().SequenceEqual(other._lengths[d])) return false;
        return true;
    }

    /// <summary>The lengths within what some first indices select, by their row-major number; null where that is not ragged.</summary>
    public RowLengths? Within(int dimensions, int prefix)
    {
        var shape = ShapeWithin(dimensions, prefix);
        var lengths = new int[]?[shape.Length];
        List<int> rows = [prefix];
        for (var d = 0; d < shape.Length; d++)
        {
            lengths[d] = d == 0 ? null : [.. rows.Select(r => r < 0 ? 0 : this[d + dimensions, r])];
            rows = [.. rows.SelectMany(r => Enumerable.Range(0, shape[d]).Select(i => r >= 0 && i < this[d + dimensions, r] ? r * _shape[d + dimensions] + i : -1))];
        }
        return Of(shape, lengths);
    }

    /// <summary>Whether the indices before a dimension name a row that is there.</summary>
    private bool ContainsRow(int dimension, int prefix)
    {
        for (var d = dimension - 1; d > 0; d--)
        {
            var (before, at) = (prefix / _shape[d], prefix % _shape[d]);
            if (at >= this[d, before]) return false;
            prefix = before;
        }
        return true;
    }
}
