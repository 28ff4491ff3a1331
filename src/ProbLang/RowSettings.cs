using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>All values that some missing elements of a row may have together.</summary>
internal sealed class RowSettings
{
    /// <summary>More than these are not summed over.</summary>
    public const int Most = 4096;

    private readonly int _width;
    private readonly int[] _cells;
    private readonly int[] _first;
    private readonly int[] _extents;

    private RowSettings(int width, int[] cells, int[] first, int[] extents) => (_width, _cells, _first, _extents, Count) = (width, cells, first, extents, extents.Aggregate(1, (a, b) => a * b));

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The places in the row of the elements that they are of.</summary>
    public ReadOnlySpan<int> Cells => _cells;

    /// <summary>The settings of some variables of a row; null where there are too many, or without end.</summary>
    public static RowSettings? Of(RowDensities densities, RowTemplate template, ImmutableArray<RowVariable> variables, ReadOnlySpan<double> row, CancellationToken cancellation, int most = Most)
    {
        var bounds = new double[2 * template.Width];
        densities.Bounds(row, bounds, cancellation);
        var (cells, first, extents, count) = (new List<int>(), new List<int>(), new List<int>(), 1.0);
        foreach (var variable in variables)
            for (var cell = variable.Offset; cell < variable.Offset + variable.Size; cell++)
            {
                // In some draws the bounds of a variable may be others: its declared type is the only one that holds for all of them.
                var isFixed = densities.HasFixedBounds(variable);
                var lower = Math.Max(variable.Lower, isFixed ? bounds[cell] : double.NegativeInfinity);
                var upper = Math.Min(variable.Upper, isFixed ? bounds[template.Width + cell] : double.PositiveInfinity);
                var extent = upper - lower + 1;
                if (!(extent >= 1) || !double.IsFinite(count *= extent) || count > most) return null;
                cells.Add(cell);
                first.Add((int)lower);
                extents.Add((int)extent);
            }
        return new RowSettings(template.Width, [.. cells], [.. first], [.. extents]);
    }

    /// <summary>The value of an element, by its place among <see cref="Cells"/>, in a setting.</summary>
    public int ValueOf(int element, int setting)
    {
        for (var e = _cells.Length - 1; e > element; e--) setting /= _extents[e];
        return _first[element] + setting % _extents[element];
    }

    /// <summary>The least value of an element, and how many it may have.</summary>
    public (int First, int Count) RangeOf(int element) => (_first[element], _extents[element]);

    /// <summary>A copy of the row for each setting, one after the other.</summary>
    public void Write(ReadOnlySpan<double> row, Span<double> rows)
    {
        for (var setting = 0; setting < Count; setting++)
        {
            var copy = rows.Slice(setting * _width, _width);
            row.CopyTo(copy);
            for (var e = 0; e < _cells.Length; e++) copy[_cells[e]] = ValueOf(e, setting);
        }
    }
}
