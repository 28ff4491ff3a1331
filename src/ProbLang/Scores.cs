using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using ProbLang.Results;

namespace ProbLang;

/// <summary>The log density of data under a model whose parameters are known, in nats.</summary>
/// <param name="Total">Of all data together.</param>
/// <param name="Rows">Of each row; empty where the density is not a product over rows.</param>
/// <param name="RowNames">What the rows are called, as many.</param>
/// <param name="RowName">The index of the plate that the rows are of; null where each observed draw is one.</param>
public sealed record Scores(double Total, ImmutableArray<double> Rows, ImmutableArray<string> RowNames, string? RowName)
{
    /// <summary>How many rows a table shows.</summary>
    private const int MostShown = 20;

    /// <summary>The mean over the rows; the total where there are none.</summary>
    public double Mean => Rows.IsEmpty ? Total : Total / Rows.Length;

    /// <summary>A table for people, with the first rows; JSON with all; or a table of all rows separated by commas.</summary>
    public void Write(TextWriter text, SummaryForm form)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (form == SummaryForm.Json) WriteJson(text);
        else if (form == SummaryForm.Csv) WriteCsv(text);
        else WriteTable(text);
    }

    private void WriteTable(TextWriter text)
    {
        text.Write(string.Create(CultureInfo.InvariantCulture, $"log density  {Total:G10}\n"));
        if (Rows.IsEmpty) return;
        text.Write(string.Create(CultureInfo.InvariantCulture, $"rows         {Rows.Length}\nmean         {Mean:G10}\n\n"));
        var heading = RowName ?? "row";
        var width = Math.Max(heading.Length, RowNames.Take(MostShown).Max(n => n.Length));
        text.Write($"{heading.PadLeft(width)}  log density\n");
        for (var i = 0; i < Math.Min(Rows.Length, MostShown); i++)
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{RowNames[i].PadLeft(width)}  {Rows[i],11:G7}\n"));
        if (Rows.Length > MostShown) text.Write($"{"…".PadLeft(width)}\n");
    }

    private void WriteCsv(TextWriter text)
    {
        text.Write($"{LabelText.InCsv(RowName ?? "row")},log_density\n");
        for (var i = 0; i < Rows.Length; i++) text.Write(string.Create(CultureInfo.InvariantCulture, $"{LabelText.InCsv(RowNames[i])},{Rows[i]:R}\n"));
        if (Rows.IsEmpty) text.Write(string.Create(CultureInfo.InvariantCulture, $"all,{Total:R}\n"));
    }

    private void WriteJson(TextWriter text)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            Number("log_density", Total);
            if (!Rows.IsEmpty)
            {
                json.WriteString("row", RowName ?? "row");
                json.WriteStartObject("rows");
                for (var i = 0; i < Rows.Length; i++) Number(RowNames[i], Rows[i]);
                json.WriteEndObject();
            }
            json.WriteEndObject();

            void Number(string name, double value)
            {
                if (double.IsFinite(value)) json.WriteNumber(name, value);
                else json.WriteString(name, value < 0 ? "-Inf" : value > 0 ? "Inf" : "NaN");
            }
        }
        text.Write(System.Text.Encoding.UTF8.GetString(stream.ToArray()));
        text.Write('\n');
    }
}
