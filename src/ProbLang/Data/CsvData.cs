using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>Data as a table: a column for each variable, or for each column of a matrix where headers have brackets, as <c>x[3]</c>.</summary>
internal static class CsvData
{
    public static DataReading Read(DataBytes bytes, string delimiter)
    {
        using var rows = new CsvRows(bytes, delimiter);
        if (rows.ReadHeaders() is not { } headers) return DataReading.Failed(DataFileDiagnostics.NoRows(bytes.Path));
        var columns = new CsvColumn[headers.Length];
        for (var c = 0; c < headers.Length; c++) columns[c] = CsvColumn.Of(headers[c], rows.Place(c));
        var count = 0;
        var cells = new Ticker();
        for (; rows.Read(); count++)
        {
            if (rows.Count != columns.Length) return DataReading.Failed(DataFileDiagnostics.RowLength(rows.Count, columns.Length, rows.Place(int.MaxValue), headers is [var alone] ? alone : null));
            for (var c = 0; c < columns.Length; c++)
            {
                cells.Tick();
                ReadCell(rows, c, columns[c]);
            }
        }
        if (count == 0) return DataReading.Failed(DataFileDiagnostics.NoRows(bytes.Path));
        return Collect(columns, (row, column) => Place(bytes, delimiter, row, column), wanted => Texts(bytes, delimiter, wanted), count);
    }

    private static void ReadCell(CsvRows rows, int c, CsvColumn column)
    {
        if (column.Fault is not null) return;
        var text = rows[c];
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)) column.Cells.Add(value);
        else if (SpecialNumbers.IsMissing(text)) column.Cells.AddMissing();
        else if ((SpecialNumbers.Infinity(text) ?? SpecialNumbers.Boolean(text)) is { } special) column.Cells.Add(special);
        else if (SpecialNumbers.IsNaN(text)) column.Fault = DataFileDiagnostics.NaN(column.Header, rows.Place(c));
        else
        {
            column.Cells.Add(0);
            column.NotNumbers ??= double.IsInfinity(value) ? DataFileDiagnostics.OutOfRange(column.Header, text.ToString(), rows.Place(c))
                : DataFileDiagnostics.NotANumberInColumn(column.Header, text.ToString(), rows.Place(c));
        }
    }

    private static DataReading Collect(CsvColumn[] columns, Func<int, int, Location> place, Func<int[], string?[]> texts, int rows)
    {
        var arrays = new Dictionary<string, DataArray>();
        var faults = ImmutableDictionary.CreateBuilder<string, Diagnostic>();
        // A column without a name holds row numbers, as R and pandas write them.
        foreach (var group in columns.Select((Column, Position) => (Column, Position)).Where(c => c.Column.Name.Length > 0).GroupBy(c => c.Column.Name))
        {
            var parts = group.ToArray();
            if (parts.Select(p => p.Column.Fault).FirstOrDefault(f => f is not null) is { } fault) faults[group.Key] = fault;
            else if (CsvLayout.Of([.. parts.Select(p => p.Column)], out var mistake) is { } layout)
                arrays[group.Key] = layout.Gather(group.Key, rows, (row, part) => place(row, parts[part].Position), order => texts([.. order.Select(part => parts[part].Position)]));
            else faults[group.Key] = mistake!;
        }
        return new DataReading(new DataSet(arrays), faults.ToImmutable(), []);
    }

    /// <summary>Reads the table again for the text of some of its columns, row by row. Most tables are numbers, whose text nobody asks for.</summary>
    private static string?[] Texts(DataBytes bytes, string delimiter, int[] columns)
    {
        using var rows = new CsvRows(bytes, delimiter);
        rows.ReadHeaders();
        var texts = new List<string?>();
        var cells = new Ticker();
        while (rows.Read())
            foreach (var column in columns)
            {
                cells.Tick();
                texts.Add(SpecialNumbers.IsMissing(rows[column]) ? null : rows[column].ToString());
            }
        return [.. texts];
    }

    private static Location Place(DataBytes bytes, string delimiter, int row, int column)
    {
        using var rows = new CsvRows(bytes, delimiter);
        rows.ReadHeaders();
        var before = new Ticker();
        for (var r = 0; r <= row; r++)
        {
            before.Tick();
            rows.Read();
        }
        return rows.Place(column);
    }
}
