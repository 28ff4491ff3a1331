using System.Globalization;

namespace ProbLang.Results;

/// <summary>
/// The summary as a table for programs: a line for each element, with every digit; what has no meaning is empty. One without Monte Carlo error has no columns for it,
/// and a column <c>p[value]</c> for each value that discrete variables have, unless there are too many.
/// </summary>
internal static class SummaryCsv
{
    private const int MostValues = 100;

    public static void Write(TextWriter text, Summary summary)
    {
        string[] values = summary.IsMonteCarlo ? [] : Values(summary);
        text.Write(summary.IsMonteCarlo ? "variable,mean,mcse,sd,5%,50%,95%,ess_bulk,ess_tail,rhat" : "variable,mean,sd,5%,50%,95%");
        foreach (var value in values) text.Write("," + LabelText.InCsv($"p[{LabelText.InBrackets(value)}]"));
        text.Write('\n');
        foreach (var row in summary.Rows)
        {
            text.Write(LabelText.InCsv(row.Name));
            foreach (var number in summary.IsMonteCarlo ? (ReadOnlySpan<double>)[row.Mean, row.Mcse, row.Sd, row.Q5, row.Q50, row.Q95, row.EssBulk, row.EssTail, row.RHat] : [row.Mean, row.Sd, row.Q5, row.Q50, row.Q95])
                Write(text, number);
            var probabilities = (IsDiscrete(row) ? row.Probabilities : []).ToDictionary(p => row.LabelOf(p.Value), p => p.Probability);
            foreach (var value in values) Write(text, probabilities.TryGetValue(value, out var probability) ? probability : double.NaN);
            text.Write('\n');
        }
    }

    /// <summary>The labels and numbers that discrete variables have, each once; none where there are too many.</summary>
    private static string[] Values(Summary summary)
    {
        var values = new List<string>();
        var seen = new HashSet<string>();
        foreach (var row in summary.Rows.Where(IsDiscrete))
            foreach (var (value, _) in row.Probabilities)
                if (seen.Add(row.LabelOf(value)) && seen.Count <= MostValues) values.Add(row.LabelOf(value));
        return seen.Count <= MostValues ? [.. values] : [];
    }

    /// <summary>What is computed from discrete variables may be any number.</summary>
    private static bool IsDiscrete(SummaryRow row) => row.Probabilities.All(p => p.Value == Math.Floor(p.Value));

    private static void Write(TextWriter text, double value)
    {
        text.Write(',');
        if (!double.IsNaN(value)) text.Write(value.ToString("R", CultureInfo.InvariantCulture));
    }
}
