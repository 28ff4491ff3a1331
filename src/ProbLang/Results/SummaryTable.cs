using System.Globalization;

namespace ProbLang.Results;

/// <summary>The summary as text, for a terminal.</summary>
internal static class SummaryTable
{
    private static readonly string[] s_header = ["", "mean", "mcse", "sd", "5%", "50%", "95%", "ess_bulk", "ess_tail", "rhat"];

    /// <summary>Writes a header and a line for each row, or for the first <paramref name="maxRows"/> and a line that says how many are left out.</summary>
    public static void Write(TextWriter writer, Summary summary, int maxRows = int.MaxValue)
    {
        var rows = Math.Min(maxRows, summary.Rows.Length);
        if (summary.IsMonteCarlo) WriteDraws(writer, summary, rows);
        else ExactTable.Write(writer, summary.Rows[..rows]);
        if (rows < summary.Rows.Length) writer.Write($"… and {summary.Rows.Length - rows} more\n");
    }

    private static void WriteDraws(TextWriter writer, Summary summary, int rows)
    {
        TextTable.Write(writer, [s_header, .. summary.Rows.Take(rows).Select(Cells)]);
        for (var i = 0; i < rows; i++)
            if (summary.Rows[i] is { Holds: var (there, of), Name: var name })
                writer.Write(string.Create(CultureInfo.InvariantCulture, $"{name}: given that its branch holds, as it does in {there} of {of} draws\n"));
        foreach (var row in summary.Rows.Take(rows))
            if (!row.Levels.IsDefaultOrEmpty)
                writer.Write($"{row.Name}: {string.Join(", ", row.Probabilities.OrderByDescending(p => p.Probability).Select(p => $"{LabelText.InBrackets(row.LabelOf(p.Value))} {p.Probability.ToString("0.000", CultureInfo.InvariantCulture)}"))}\n");
    }

    private static string[] Cells(SummaryRow row)
    {
        string[] convergence = [NumberText.Whole(row.EssBulk), NumberText.Whole(row.EssTail), double.IsNaN(row.RHat) ? "–" : row.RHat.ToString("0.000", CultureInfo.InvariantCulture)];
        // The mean of labels has no meaning: what is known of them stands below the table.
        if (!row.Levels.IsDefaultOrEmpty) return [row.Name, "–", "–", "–", "–", "–", "–", .. convergence];
        var digits = NumberText.Decimals(row.Sd, row.Mean);
        string Number(double value) => NumberText.Fixed(value, digits);
        return [row.Name, Number(row.Mean), NumberText.Fixed(row.Mcse, NumberText.Decimals(row.Mcse, row.Mcse) - 1), Number(row.Sd), Number(row.Q5), Number(row.Q50), Number(row.Q95), .. convergence];
    }
}
