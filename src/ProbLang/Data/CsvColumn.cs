using System.Globalization;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>A column of a table: <c>y</c>, or <c>x[3]</c> with its indices.</summary>
internal sealed class CsvColumn(string header, string name, int[] indices, Location place)
{
    public string Header => header;

    public string Name => name;

    /// <summary>Counted from 1; empty for a column that is a variable by itself.</summary>
    public int[] Indices => indices;

    public Location Place => place;

    public CellList Cells { get; } = new();

    /// <summary>Why the column cannot be read; the cells after the mistake are not.</summary>
    public Diagnostic? Fault { get; set; }

    /// <summary>Why its cells are not all numbers.</summary>
    public Diagnostic? NotNumbers { get; set; }

    public static CsvColumn Of(string header, Location place)
    {
        header = Nfkc.Normalize(header);
        var bracket = header.IndexOf('[', StringComparison.Ordinal);
        if (bracket < 0 || !header.EndsWith(']')) return new CsvColumn(header, header, [], place);
        var name = header[..bracket].Trim();
        var parts = header[(bracket + 1)..^1].Split(',');
        var indices = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out indices[i]) || indices[i] < 1)
                return new CsvColumn(header, name, indices, place) { Fault = DataFileDiagnostics.BadColumnIndex(header, place) };
        return new CsvColumn(header, name, indices, place);
    }
}
