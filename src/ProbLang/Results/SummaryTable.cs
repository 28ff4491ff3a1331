using System.Globalization;

namespace ProbLang.Results;

/// <summary>The summary as text, for a terminal.</summary>
public static class SummaryTable
{
    private static readonly string[] s_exact = ["mean", "sd", "5%", "50%", "95%"];
    private static readonly string[] s_monteCarlo = ["mean", "mcse", "sd", "5%", "50%", "95%", "ess_bulk", "ess_tail", "rhat"];

    /// <summary>Writes a header and a line for each row, or for the first <paramref name="maxRows"/> and a line that says how many are left out.</summary>
    public static void Write(TextWriter writer, Summary summary, int maxRows = int.MaxValue)
    {
        var header = summary.IsMonteCarlo ? s_monteCarlo : s_exact;
        var rows = Math.Min(maxRows, summary.Rows.Length);
        var cells = new string[rows + 1][];
        cells[0] = ["", .. header];
        for (var i = 0; i < rows; i++) cells[i + 1] = Cells(summary.Rows[i], summary.IsMonteCarlo);
        var widths = new int[header.Length + 1];
        foreach (var line in cells)
        {
            for (var k = 0; k < widths.Length; k++) widths[k] = Math.Max(widths[k], line[k].Length);
        }
        foreach (var line in cells)
        {
            writer.Write(line[0].PadRight(widths[0]));
            for (var k = 1; k < widths.Length; k++)
            {
                writer.Write("  ");
                writer.Write(line[k].PadLeft(widths[k]));
            }
            writer.Write('\n');
        }
        for (var i = 0; i < rows; i++)
            if (summary.Rows[i] is { Holds: var (there, of), Name: var name })
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}: given that its branch holds, as it does in {there} of {of} draws\n"));
        foreach (var row in summary.Rows.Take(rows))
            if (!row.Levels.IsDefaultOrEmpty)
                writer.Write($"{row.Name}: {string.Join(", ", row.Probabilities.OrderByDescending(p => p.Probability).Select(p => $"{LabelText.InBrackets(row.LabelOf(p.Value))} {p.Probability.ToString("0.000", CultureInfo.InvariantCulture)}"))}\n");
        if (rows < summary.Rows.Length) writer.Write($"… and {summary.Rows.Length - rows} more\n");
    }

    private static string[] Cells(SummaryRow row, bool isMonteCarlo)
    {
        // The mean of labels has no meaning: what is known of them stands below the table.
        if (!row.Levels.IsDefaultOrEmpty)
            return isMonteCarlo ? [row.Name, "–", "–", "–", "–", "–", "–", Whole(row.EssBulk), Whole(row.EssTail), double.IsNaN(row.RHat) ? "–" : row.RHat.ToString("0.000", CultureInfo.InvariantCulture)]
                : [row.Name, "–", "–", "–", "–", "–"];
        var digits = Decimals(row.Sd, row.Mean);
        string Number(double value) => Format(value, digits);
        return isMonteCarlo
            ? [row.Name, Number(row.Mean), Format(row.Mcse, Decimals(row.Mcse, row.Mcse) - 1), Number(row.Sd), Number(row.Q5), Number(row.Q50), Number(row.Q95),
                Whole(row.EssBulk), Whole(row.EssTail), double.IsNaN(row.RHat) ? "–" : row.RHat.ToString("0.000", CultureInfo.InvariantCulture)]
            : [row.Name, Number(row.Mean), Number(row.Sd), Number(row.Q5), Number(row.Q50), Number(row.Q95)];
    }

    /// <summary>The decimals that show three digits of the spread; of the value itself where there is no spread.</summary>
    private static int Decimals(double spread, double value)
    {
        var size = spread > 0 ? spread : Math.Abs(value);
        return double.IsFinite(size) && size > 0 ? 2 - (int)Math.Floor(Math.Log10(size)) : 2;
    }

    private static string Format(double value, int decimals)
    {
        if (double.IsNaN(value)) return "–";
        if (decimals > 6 || Math.Abs(value) >= 1e7) return value.ToString("0.##e+0", CultureInfo.InvariantCulture);
        var text = value.ToString("F" + Math.Max(0, decimals).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return IsZero(text) && text[0] == '-' ? text[1..] : text;
    }

    private static bool IsZero(string text) => text.AsSpan().IndexOfAnyInRange('1', '9') < 0;

    private static string Whole(double value) => double.IsNaN(value) ? "–" : value.ToString("0", CultureInfo.InvariantCulture);
}
