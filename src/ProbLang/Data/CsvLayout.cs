using System.Globalization;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>How the columns of one variable make an array: the row is the first dimension, the headers' indices are the others.</summary>
internal sealed class CsvLayout
{
    private readonly CsvColumn[] _columns;
    private readonly int[] _dims;

    /// <summary>By the offset within a row, which column.</summary>
    private readonly int[] _order;

    private CsvLayout(CsvColumn[] columns, int[] dims, int[] order) => (_columns, _dims, _order) = (columns, dims, order);

    /// <summary>Null with a mistake where a column stands twice or one is not there.</summary>
    public static CsvLayout? Of(CsvColumn[] columns, out Diagnostic? mistake)
    {
        mistake = null;
        var first = columns[0];
        var dims = new int[first.Indices.Length];
        foreach (var column in columns)
        {
            if (column.Indices.Length != dims.Length) mistake ??= DataFileDiagnostics.Duplicate(column.Name, column.Place, first.Place);
            else for (var d = 0; d < dims.Length; d++) dims[d] = Math.Max(dims[d], column.Indices[d]);
        }
        if (mistake is not null) return null;

        // Counting in long: indices are whatever a header says.
        var size = dims.Aggregate(1L, (a, b) => Math.Min(a * b, int.MaxValue));
        var at = new Dictionary<long, int>();
        for (var c = 0; c < columns.Length; c++)
        {
            var offset = columns[c].Indices.Select((index, d) => (index, d)).Aggregate(0L, (sum, i) => sum * dims[i.d] + i.index - 1);
            if (at.TryAdd(offset, c)) continue;
            mistake = DataFileDiagnostics.Duplicate(columns[c].Header, columns[c].Place, columns[at[offset]].Place);
            return null;
        }
        for (var offset = 0L; offset < size; offset++)
            if (!at.ContainsKey(offset))
            {
                mistake = DataFileDiagnostics.MissingColumn(first.Name, Element(first.Name, dims, offset), first.Place);
                return null;
            }
        return new CsvLayout(columns, dims, [.. Enumerable.Range(0, (int)size).Select(o => at[o])]);
    }

    /// <param name="name">The variable.</param>
    /// <param name="rows">How many rows there are.</param>
    /// <param name="place">Of a row of one of the columns.</param>
    /// <param name="texts">The cells of columns as text, row by row.</param>
    public DataArray Gather(string name, int rows, Func<int, int, Location> place, Func<int[], string?[]> texts)
    {
        var width = _order.Length;
        var values = new double[rows * width];
        var missing = _columns.Any(c => c.Cells.Missing is not null) ? new bool[values.Length] : null;
        for (var o = 0; o < width; o++)
        {
            var cells = _columns[_order[o]].Cells;
            var looks = new Ticker();
            for (var r = 0; r < rows; r++)
            {
                looks.Tick();
                values[r * width + o] = cells[r];
                if (missing is not null) missing[r * width + o] = cells.IsMissing(r);
            }
        }
        return new DataArray(name, [rows, .. _dims], values, missing, cell => place(cell / width, _order[cell % width]))
        {
            NamePlace = _columns[0].Place,
            Texts = () => texts(_order),
            NotNumbers = _columns.Select(c => c.NotNumbers).OfType<Diagnostic>().MinBy(n => (n.Location!.Line, n.Location.Column)),
        };
    }

    private static string Element(string name, int[] dims, long offset)
    {
        var indices = new string[dims.Length];
        for (var d = dims.Length - 1; d >= 0; offset /= dims[d], d--) indices[d] = (offset % dims[d] + 1).ToString(CultureInfo.InvariantCulture);
        return $"{name}[{string.Join(",", indices)}]";
    }
}
