using System.Globalization;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The summary as a table for programs: a line for each element, with every digit; what has no meaning is empty.</summary>
internal static class SummaryCsv
{
    public static void Write(TextWriter text, Summary summary)
    {
        text.Write("variable,mean,mcse,sd,5%,50%,95%,ess_bulk,ess_tail,rhat\n");
        foreach (var row in summary.Rows)
        {
            text.Write(LabelText.InCsv(row.Name));
            foreach (var value in (ReadOnlySpan<double>)[row.Mean, row.Mcse, row.Sd, row.Q5, row.Q50, row.Q95, row.EssBulk, row.EssTail, row.RHat])
            {
                text.Write(',');
                if (!double.IsNaN(value)) text.Write(value.ToString("R", CultureInfo.InvariantCulture));
            }
            text.Write('\n');
        }
    }
}
