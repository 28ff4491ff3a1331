using System.Globalization;

namespace ProbLang.Results;

/// <summary>What was asked of an exact result, as text: the summary, joint distributions, the most probable explanation, an empty line apart.</summary>
internal static class ExactText
{
    public static void WriteTables(TextWriter writer, RunReport report, bool hasRows) => WriteParts(writer, report, hasRows,
        () => SummaryTable.Write(writer, report.Summary), table => Table(writer, table), found => Table(writer, found));

    public static void WriteCsv(TextWriter writer, RunReport report, bool hasRows) => WriteParts(writer, report, hasRows,
        () => SummaryCsv.Write(writer, report.Summary), table => Csv(writer, table), found => Csv(writer, found));

    private static void WriteParts(TextWriter writer, RunReport report, bool hasRows, Action rows, Action<JointTable> joint, Action<MostProbableExplanation> mostProbable)
    {
        List<Action> parts = hasRows ? [rows] : [];
        parts.AddRange(report.Joint.Select(table => (Action)(() => joint(table))));
        if (report.MostProbable is { } found) parts.Add(() => mostProbable(found));
        for (var part = 0; part < parts.Count; part++)
        {
            if (part > 0) writer.Write('\n');
            parts[part]();
        }
    }

    /// <summary>A line for each combination of all variables but the last, whose values are the columns.</summary>
    private static void Table(TextWriter writer, JointTable table)
    {
        var (last, others) = (table.Variables[^1], table.Variables[..^1]);
        List<string[]> lines =
        [
            [.. others.Select(_ => ""), last.Name, .. last.Texts.Skip(1).Select(_ => "")],
            [.. others.Select(v => v.Name), .. last.Texts.Select(LabelText.InBrackets)],
        ];
        for (var at = 0; at < table.Probabilities.Length; at += last.Texts.Length)
            lines.Add([.. Combination(table, at).SkipLast(1).Select(LabelText.InBrackets), .. table.Probabilities.Slice(at, last.Texts.Length).Select(NumberText.Probability)]);
        TextTable.Write(writer, lines, left: others.Length);
    }

    private static void Csv(TextWriter writer, JointTable table)
    {
        writer.Write(string.Join(',', table.Variables.Select(v => LabelText.InCsv(v.Name))) + ",p\n");
        for (var at = 0; at < table.Probabilities.Length; at++)
            writer.Write(string.Join(',', Combination(table, at).Select(LabelText.InCsv)) + "," + table.Probabilities[at].ToString("R", CultureInfo.InvariantCulture) + "\n");
    }

    private static void Table(TextWriter writer, MostProbableExplanation found)
    {
        TextTable.Write(writer, [["most probable together", ""], .. found.Values.Select(v => new[] { v.Name, LabelText.InBrackets(v.Text) })], left: 2);
        // Of many variables even what is most probable has a probability too small for a number.
        var probability = found.Probability > 0 ? $"probability {NumberText.Probability(found.Probability)}, log " : "log probability ";
        writer.Write($"{probability}{NumberText.Fixed(found.LogProbability, 4)}\n");
    }

    private static void Csv(TextWriter writer, MostProbableExplanation found)
    {
        writer.Write("variable,value\n");
        foreach (var value in found.Values) writer.Write($"{LabelText.InCsv(value.Name)},{(double.IsNaN(value.Value) ? "" : LabelText.InCsv(value.Text))}\n");
    }

    /// <summary>The values at a place of a table, as text.</summary>
    private static string[] Combination(JointTable table, int at)
    {
        var texts = new string[table.Variables.Length];
        for (var v = texts.Length - 1; v >= 0; v--)
        {
            texts[v] = table.Variables[v].Texts[at % table.Variables[v].Texts.Length];
            at /= table.Variables[v].Texts.Length;
        }
        return texts;
    }
}
