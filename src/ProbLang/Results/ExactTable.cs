using System.Globalization;

namespace ProbLang.Results;

/// <summary>
/// A summary of distributions as text: what has few values by their probabilities, the rest by mean, deviation and quantiles. Variables with the same values
/// share a table.
/// </summary>
internal static class ExactTable
{
    /// <summary>Of more values, or wider ones, there is a line and no table.</summary>
    private const int MostColumns = 12;
    private const int MostWidth = 100;

    /// <summary>How many labels of a category are listed, the most probable first.</summary>
    private const int MostLabels = 10;

    public static void Write(TextWriter writer, IReadOnlyList<SummaryRow> rows)
    {
        var written = false;
        foreach (var section in rows.GroupBy(r => r.Variable).GroupBy(Heading, g => g.AsEnumerable(), (heading, groups) => (Heading: heading, Rows: groups.SelectMany(g => g).ToArray()), HeadingComparer.Instance))
        {
            if (written) writer.Write('\n');
            written = true;
            if (section.Heading.IsList) WriteLists(writer, section.Rows);
            else if (section.Heading.Values.Length > 0) TextTable.Write(writer, [["probability of", .. section.Heading.Texts], .. section.Rows.Select(r => Probabilities(r, section.Heading.Values))]);
            else WriteNumbers(writer, section.Rows);
        }
        foreach (var row in rows)
            if (row.HoldsWith is { } holds) writer.Write($"{row.Name}: given that its branch holds, which has probability {NumberText.Probability(holds)}\n");
    }

    /// <summary>What the columns of a variable are: values with what they are called, or none.</summary>
    private sealed record Columns(double[] Values, string[] Texts, bool IsList);

    private static Columns Heading(IEnumerable<SummaryRow> variable)
    {
        var rows = variable.ToArray();
        if (rows[0].IsBoolean) return new Columns([1], ["true"], false);
        double[] values = rows[0].Levels.IsDefaultOrEmpty
            ? [.. rows.SelectMany(r => r.Probabilities).Select(p => p.Value).Distinct().Order()] : [.. Enumerable.Range(1, rows[0].Levels.Length).Select(k => (double)k)];
        var isNumber = rows[0].Levels.IsDefaultOrEmpty && (Array.Exists(rows, r => r.Probabilities.IsEmpty) || Array.Exists(values, v => v != Math.Floor(v)));
        string[] texts = [.. values.Select(v => LabelText.InBrackets(rows[0].TextOf(v)))];
        var fits = values.Length <= MostColumns && texts.Sum(t => 2 + Math.Max(6, t.Length)) <= MostWidth;
        return !isNumber && fits ? new Columns(values, texts, false) : new Columns([], [], !rows[0].Levels.IsDefaultOrEmpty);
    }

    private static string[] Probabilities(SummaryRow row, double[] values)
    {
        var found = row.Probabilities.ToDictionary(p => p.Value, p => p.Probability);
        return [row.Name, .. values.Select(v => NumberText.Probability(found.GetValueOrDefault(v)))];
    }

    private static void WriteNumbers(TextWriter writer, SummaryRow[] rows)
    {
        List<string[]> lines = [["", "mean", "sd", "5%", "50%", "95%", ""]];
        foreach (var row in rows)
        {
            var digits = NumberText.Decimals(row.Sd, row.Mean);
            lines.Add([row.Name, .. new[] { row.Mean, row.Sd, row.Q5, row.Q50, row.Q95 }.Select(v => NumberText.Fixed(v, digits)), DistributionOf(row)]);
        }
        TextTable.Write(writer, lines, left: 1, leftAgain: 6);
    }

    /// <summary>As a model would write it, parameters by name.</summary>
    private static string DistributionOf(SummaryRow row) =>
        row.Distribution is { } name ? $"{name}({string.Join(", ", row.Parameters.Select(p => $"{p.Name}: {NumberText.Short(p.Value)}"))}){TruncationOf(row)}" : "";

    private static string TruncationOf(SummaryRow row) => row.Truncation is var (lower, upper)
        ? $" truncated ({(double.IsInfinity(lower) ? "" : NumberText.Short(lower))}, {(double.IsInfinity(upper) ? "" : NumberText.Short(upper))})" : "";

    private static void WriteLists(TextWriter writer, SummaryRow[] rows)
    {
        foreach (var row in rows)
        {
            var listed = row.Probabilities.Where(p => p.Probability > 0).OrderByDescending(p => p.Probability).ToArray();
            var labels = string.Join(", ", listed.Take(MostLabels).Select(p => $"{LabelText.InBrackets(row.LabelOf(p.Value))} {NumberText.Probability(p.Probability)}"));
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"{row.Name}: {labels}{(listed.Length > MostLabels ? $", and {listed.Length - MostLabels} more" : "")}\n"));
        }
    }

    private sealed class HeadingComparer : IEqualityComparer<Columns>
    {
        public static HeadingComparer Instance { get; } = new();

        public bool Equals(Columns? x, Columns? y) => x!.IsList == y!.IsList && x.Values.SequenceEqual(y.Values) && x.Texts.SequenceEqual(y.Texts);

        public int GetHashCode(Columns obj) => HashCode.Combine(obj.IsList, obj.Values.Length, obj.Texts.FirstOrDefault());
    }
}
