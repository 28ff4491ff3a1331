using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>The lengths of the parts of an array within an array, in the order in which they end at each depth, and so its shape.</summary>
internal sealed class NestedCells
{
    /// <summary>The most cells of the rectangular array that holds a ragged one.</summary>
    private const int Most = 50_000_000;

    private readonly List<List<int>> _lengths = [];

    /// <summary>Notes the length of the next part at a depth; 0 is the whole array.</summary>
    public void Add(int depth, int length)
    {
        while (_lengths.Count <= depth) _lengths.Add([]);
        _lengths[depth].Add(length);
    }

    /// <summary>Gives an array without cells the dimensions that it does not show.</summary>
    /// <param name="sizes">By depth.</param>
    public void Deepen(ReadOnlySpan<int> sizes)
    {
        for (var depth = _lengths.Count; depth < sizes.Length; depth++) _lengths.Add([sizes[depth]]);
    }

    /// <summary>The sizes; of a ragged array the greatest.</summary>
    public int[] Shape => [.. _lengths.Select(l => l.Count == 0 ? 0 : l.Max())];

    /// <summary>The array, rows that are shorter than others filled up with missing cells; null where it would be too large.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="cells">The cells that are given, in order.</param>
    /// <param name="place">The place of the nth cell that is given.</param>
    /// <param name="rowPlace">The place of the nth part at a depth.</param>
    /// <param name="texts">The texts of the cells that are given, in order; null where there are only numbers.</param>
    public DataArray? ToArray(string name, CellList cells, Func<int, Location?> place, Func<int, int, Location?> rowPlace, Func<string?[]>? texts)
    {
        var shape = Shape;
        if (_lengths.TrueForAll(l => l.TrueForAll(n => n == l[0])))
            return new DataArray(name, shape, cells.Values, cells.Missing, place) { RowPlace = rowPlace, Texts = texts };
        if (shape.Aggregate(1.0, (a, b) => a * b) > Most) return null;
        var count = shape.Aggregate(1, (a, b) => a * b);
        var (values, missing, ordinals) = (new double[count], new bool[count], new int[count]);
        Array.Fill(missing, true);
        Array.Fill(ordinals, -1);
        var lengths = new int[]?[shape.Length];
        var rows = new int[shape.Length][];
        for (int d = 0, before = 1; d < shape.Length; before *= shape[d++]) (lengths[d], rows[d]) = (d == 0 ? null : new int[before], new int[before]);
        var next = new int[shape.Length];
        var looks = new Ticker();
        var given = 0;
        Place(0, 0);
        return new DataArray(name, shape, values, missing, cell => place(Math.Max(0, ordinals[cell])))
        {
            Rows = RowLengths.Of(shape, lengths),
            Texts = texts is null ? null : () => texts() is var own ? Array.ConvertAll(ordinals, o => o < 0 ? null : own[o]) : [],
            RowPlace = (d, prefix) => rowPlace(d, rows[d][prefix]),
        };

        void Place(int d, int at)
        {
            if (d == shape.Length)
            {
                looks.Tick();
                (values[at], missing[at], ordinals[at]) = (cells[given], cells.IsMissing(given), given);
                given++;
                return;
            }
            rows[d][at] = next[d];
            var length = _lengths[d][next[d]++];
            if (lengths[d] is { } own) own[at] = length;
            for (var i = 0; i < length; i++) Place(d + 1, at * shape[d] + i);
        }
    }
}
