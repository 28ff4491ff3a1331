using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProbLang.Results;

/// <summary>The summary as JSON. A number without meaning (NaN, infinite) is null.</summary>
public static class SummaryJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the whole report.</summary>
    public static void Write(Stream stream, RunReport report)
    {
        using var json = new Utf8JsonWriter(stream, s_options);
        json.WriteStartObject();
        json.WriteString("model", report.Model);
        json.WriteString("engine", report.Engine);
        if (report.Seed is { } seed) json.WriteNumber("seed", seed);
        else json.WriteNull("seed");
        json.WriteString("class", report.Class);
        json.WriteStartObject("variables");
        foreach (var row in report.Summary.Rows) Variable(json, row, report.Summary.IsMonteCarlo);
        json.WriteEndObject();
        Levels(json, report);
        Number(json, "log_evidence", report.LogEvidence ?? double.NaN);
        Diagnostics(json, report.Diagnostics);
        json.WriteStartObject("seconds");
        Number(json, "compile", report.Seconds.Compile);
        Number(json, "warmup", report.Seconds.Warmup);
        Number(json, "sampling", report.Seconds.Sampling);
        Number(json, "total", report.Seconds.Total);
        json.WriteEndObject();
        json.WriteNumber("gradients", report.Gradients);
        json.WriteEndObject();
    }

    private static void Variable(Utf8JsonWriter json, SummaryRow row, bool isMonteCarlo)
    {
        json.WriteStartObject(row.Name);
        Number(json, "mean", row.Mean);
        if (isMonteCarlo) Number(json, "mcse", row.Mcse);
        Number(json, "sd", row.Sd);
        Number(json, "q5", row.Q5);
        Number(json, "q50", row.Q50);
        Number(json, "q95", row.Q95);
        if (isMonteCarlo)
        {
            Number(json, "ess_bulk", row.EssBulk);
            Number(json, "ess_tail", row.EssTail);
            Number(json, "rhat", row.RHat);
        }
        if (row.Holds is var (there, of))
        {
            json.WriteNumber("holds_in", there);
            json.WriteNumber("of", of);
        }
        if (!row.Probabilities.IsEmpty)
        {
            json.WriteStartObject("p");
            foreach (var (value, probability) in row.Probabilities) Number(json, row.LabelOf(value), probability);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Levels(Utf8JsonWriter json, RunReport report)
    {
        if (report.Levels.IsEmpty) return;
        json.WriteStartObject("levels");
        foreach (var (category, labels) in report.Levels)
        {
            json.WriteStartArray(category);
            foreach (var label in labels) json.WriteStringValue(label);
            json.WriteEndArray();
        }
        json.WriteEndObject();
    }

    private static void Diagnostics(Utf8JsonWriter json, Diagnostics diagnostics)
    {
        json.WriteStartObject("diagnostics");
        json.WriteNumber("divergences", diagnostics.Divergences);
        json.WriteNumber("max_depth_hits", diagnostics.MaxDepthHits);
        json.WriteStartArray("ebfmi");
        foreach (var fraction in diagnostics.EnergyFractions)
        {
            if (double.IsFinite(fraction)) json.WriteNumberValue(fraction);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
        json.WriteString("verdict", diagnostics.Verdict.Trusted ? "trust" : "do not trust");
        json.WriteStartArray("reasons");
        foreach (var reason in diagnostics.Verdict.Reasons) json.WriteStringValue(reason.Text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
