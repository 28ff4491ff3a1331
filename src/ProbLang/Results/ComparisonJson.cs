using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProbLang.Results;

/// <summary>A comparison of engines as JSON. A number without meaning (NaN, infinite) is null.</summary>
internal static class ComparisonJson
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(ComparisonReport report)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_options)) Write(json, report);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    private static void Write(Utf8JsonWriter json, ComparisonReport report)
    {
        json.WriteStartObject();
        json.WriteString("model", report.Model);
        json.WriteString("reference", report.Reference);
        json.WriteStartObject("engines");
        foreach (var engine in report.Engines) Engine(json, engine);
        json.WriteEndObject();
        json.WriteBoolean("agree", report.Agrees);
        json.WriteStartObject("comparisons");
        foreach (var compared in report.Comparisons) Comparison(json, compared);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Engine(Utf8JsonWriter json, EngineReport engine)
    {
        json.WriteStartObject(engine.Name);
        Number(json, "log_evidence", engine.LogEvidence ?? double.NaN);
        if (engine.LogEvidence is not null && engine.EvidenceKind is { } kind) json.WriteString("log_evidence_is", SummaryJson.NameOf(kind));
        Number(json, "seconds", engine.Seconds);
        json.WriteString("verdict", engine.Verdict is { } verdict ? verdict.Trusted ? "trust" : "do not trust" : null);
        Texts(json, "reasons", engine.Verdict?.Reasons.Select(r => r.Text) ?? []);
        Texts(json, "objections", engine.Objections);
        json.WriteEndObject();
    }

    private static void Comparison(Utf8JsonWriter json, EngineComparison compared)
    {
        json.WriteStartObject(compared.Name);
        json.WriteString("verdict", compared.Verdict);
        json.WriteBoolean("agree", compared.Agrees);
        json.WriteStartObject("variables");
        foreach (var element in compared.Elements) Element(json, element);
        json.WriteEndObject();
        Texts(json, "not_reported", compared.Missing);
        json.WriteEndObject();
    }

    private static void Element(Utf8JsonWriter json, ElementComparison element)
    {
        json.WriteStartObject(element.Element);
        Number(json, "mean", element.Other.Mean);
        Number(json, "sd", element.Other.Sd);
        Number(json, "reference_mean", element.Reference.Mean);
        Number(json, "reference_sd", element.Reference.Sd);
        Number(json, "difference", element.Difference);
        Number(json, "difference_error", element.DifferenceError);
        Number(json, "sd_ratio", element.SdRatio);
        Number(json, "sd_ratio_error", element.SdRatioError);
        if (element.TotalVariation is { } variation) Number(json, "total_variation", variation);
        json.WriteString("verdict", element.Verdict);
        json.WriteEndObject();
    }

    private static void Texts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts) json.WriteStringValue(text);
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
