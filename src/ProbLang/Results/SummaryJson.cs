using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProbLang.Results;

/// <summary>The summary as JSON. A number without meaning (NaN, infinite) is null.</summary>
internal static class SummaryJson
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
        if (report.EvidenceKind is { } kind) json.WriteString("log_evidence_is", NameOf(kind));
        Joint(json, report.Joint);
        MostProbable(json, report.MostProbable);
        Notes(json, report.Notes);
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

    internal static string NameOf(EvidenceKind kind) => kind switch { EvidenceKind.Exact => "exact", EvidenceKind.LowerBound => "a lower bound", _ => "an approximation" };

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
        if (row.HoldsWith is { } holds) json.WriteNumber("holds", holds);
        if (row.Distribution is { } distribution)
        {
            json.WriteStartObject("distribution");
            json.WriteString("name", distribution);
            foreach (var (name, value) in row.Parameters) Number(json, name, value);
            if (row.Truncation is var (lower, upper))
            {
                json.WriteStartArray("truncated");
                Number(json, lower);
                Number(json, upper);
                json.WriteEndArray();
            }
            json.WriteEndObject();
        }
        if (!row.Probabilities.IsEmpty)
        {
            json.WriteStartObject("p");
            foreach (var (value, probability) in row.Probabilities) Number(json, row.LabelOf(value), probability);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    /// <summary>Nested arrays of probabilities, the first variable outermost.</summary>
    private static void Joint(Utf8JsonWriter json, ImmutableArray<JointTable> tables)
    {
        if (tables.IsEmpty) return;
        json.WriteStartArray("joint");
        foreach (var table in tables)
        {
            json.WriteStartObject();
            json.WriteStartArray("variables");
            foreach (var variable in table.Variables) json.WriteStringValue(variable.Name);
            json.WriteEndArray();
            json.WriteStartArray("values");
            for (var v = 0; v < table.Values.Length; v++)
            {
                json.WriteStartArray();
                for (var k = 0; k < table.Values[v].Length; k++) Value(json, table.Values[v][k], table.Variables[v].Texts[k], table.Variables[v].IsCategory);
                json.WriteEndArray();
            }
            json.WriteEndArray();
            json.WritePropertyName("p");
            Nested(json, table, 0, 0);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Nested(Utf8JsonWriter json, JointTable table, int depth, int at)
    {
        if (depth == table.Values.Length)
        {
            json.WriteNumberValue(table.Probabilities[at]);
            return;
        }
        json.WriteStartArray();
        for (var k = 0; k < table.Values[depth].Length; k++) Nested(json, table, depth + 1, at * table.Values[depth].Length + k);
        json.WriteEndArray();
    }

    /// <summary>Its values are written as data files write them.</summary>
    private static void MostProbable(Utf8JsonWriter json, MostProbableExplanation? found)
    {
        if (found is null) return;
        json.WriteStartObject("most_probable");
        json.WriteStartObject("values");
        foreach (var value in found.Values)
        {
            json.WritePropertyName(value.Name);
            Value(json, value.Value, value.Text, value.IsCategory);
        }
        json.WriteEndObject();
        Number(json, "p", found.Probability);
        Number(json, "log_p", found.LogProbability);
        json.WriteEndObject();
    }

    private static void Notes(Utf8JsonWriter json, ImmutableArray<string> notes)
    {
        if (notes.IsEmpty) return;
        json.WriteStartArray("notes");
        foreach (var note in notes) json.WriteStringValue(note);
        json.WriteEndArray();
    }

    private static void Value(Utf8JsonWriter json, double value, string text, bool isCategory)
    {
        if (double.IsNaN(value)) json.WriteNullValue();
        else if (isCategory) json.WriteStringValue(text);
        else if (text is "true" or "false") json.WriteBooleanValue(value != 0);
        else json.WriteNumberValue(value);
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
        foreach (var fraction in diagnostics.EnergyFractions) Number(json, fraction);
        json.WriteEndArray();
        if (diagnostics.Iterations is { } iterations)
        {
            json.WriteNumber("iterations", iterations.Count);
            Number(json, "change", iterations.Change);
            json.WriteBoolean("converged", iterations.HasConverged);
        }
        json.WriteString("verdict", diagnostics.Verdict.Trusted ? "trust" : "do not trust");
        json.WriteStartArray("reasons");
        foreach (var reason in diagnostics.Verdict.Reasons) json.WriteStringValue(reason.Text);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Number(Utf8JsonWriter json, double value)
    {
        if (double.IsFinite(value)) json.WriteNumberValue(value);
        else json.WriteNullValue();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
