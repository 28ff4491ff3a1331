using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ProbLang.Results;

namespace ProbLang;

/// <content>Fits as text.</content>
public sealed partial class Fit
{
    private static readonly string[] s_header = ["", "estimate", "se", "lower", "upper"];

    private static readonly JsonWriterOptions s_json = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the estimates, of the named variables and elements only where there are any, and what the fit comes to.</summary>
    /// <param name="text">Where to.</param>
    /// <param name="form">A table to read, JSON, or CSV with the estimates alone.</param>
    /// <param name="level">The level of the confidence intervals.</param>
    /// <param name="variables">What is written; null for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">The level is not between 0 and 1.</exception>
    public void Write(TextWriter text, SummaryForm form, double level = 0.95, IReadOnlyCollection<string>? variables = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        FitEstimate[] estimates = [.. Estimates(level).Where((e, i) => variables is null || variables.Contains(e.Name) || variables.Contains(VariableAt(i)))];
        if (form == SummaryForm.Json) WriteJson(text, estimates, level);
        else if (form == SummaryForm.Csv) WriteCsv(text, estimates);
        else WriteTable(text, estimates, level);
    }

    private string VariableAt(int element) => Layout.Variables.First(v => element < v.Offset + v.Count).Name;

    private void WriteTable(TextWriter text, FitEstimate[] estimates, double level)
    {
        if (estimates.Length > 0)
        {
            TextTable.Write(text, [s_header, .. estimates.Select(Cells)]);
            text.Write(IsTrained ? "\n" : string.Create(CultureInfo.InvariantCulture, $"intervals at level {level}\n\n"));
        }
        if (Integral is { } integral) text.Write($"likelihood: {integral}\n");
        text.Write(string.Create(CultureInfo.InvariantCulture, $"log {(Engine == "map" ? "density" : "likelihood")}: {(double.IsNaN(LogLikelihood) ? "not computed" : LogLikelihood.ToString("0.######", CultureInfo.InvariantCulture))}, of {Observations} {(Observations == 1 ? "observation" : "observations")} by {Parameters} {(Parameters == 1 ? "parameter" : "parameters")}\n"));
        if (HasCriteria) text.Write(string.Create(CultureInfo.InvariantCulture, $"AIC: {Aic:0.######}, BIC: {Bic:0.######}\n"));
        if (HeldOutLoss is { } loss) text.Write(string.Create(CultureInfo.InvariantCulture, $"held-out loss: {loss:0.######} a row\n"));
    }

    private static string[] Cells(FitEstimate estimate)
    {
        var digits = NumberText.Decimals(double.IsNaN(estimate.StandardError) ? 0 : estimate.StandardError, estimate.Value);
        return [estimate.Name, .. ((double[])[estimate.Value, estimate.StandardError, estimate.Lower, estimate.Upper]).Select(v => NumberText.Fixed(v, digits))];
    }

    private static void WriteCsv(TextWriter text, FitEstimate[] estimates)
    {
        text.Write("variable,estimate,se,lower,upper\n");
        foreach (var estimate in estimates)
            text.Write(LabelText.InCsv(estimate.Name) + string.Concat(((double[])[estimate.Value, estimate.StandardError, estimate.Lower, estimate.Upper]).Select(v => double.IsNaN(v) ? "," : "," + v.ToString("R", CultureInfo.InvariantCulture))) + "\n");
    }

    private void WriteJson(TextWriter text, FitEstimate[] estimates, double level)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, s_json))
        {
            json.WriteStartObject();
            json.WriteString("model", Path.GetFileName(Source.Path));
            json.WriteString("engine", Engine);
            json.WriteString("objective", Objective);
            json.WriteString("integral", Integral);
            json.WriteNumber("level", level);
            json.WriteStartObject("estimates");
            foreach (var estimate in estimates)
            {
                json.WriteStartObject(estimate.Name);
                Number(json, "estimate", estimate.Value);
                Number(json, "se", estimate.StandardError);
                Number(json, "lower", estimate.Lower);
                Number(json, "upper", estimate.Upper);
                json.WriteEndObject();
            }
            json.WriteEndObject();
            Number(json, Engine == "map" ? "log_density" : "log_likelihood", LogLikelihood);
            json.WriteNumber("parameters", Parameters);
            json.WriteNumber("observations", Observations);
            if (HasCriteria)
            {
                Number(json, "aic", Aic);
                Number(json, "bic", Bic);
            }
            if (HeldOutLoss is { } loss) Number(json, "held_out_loss", loss);
            if (IsTrained) WriteHistory(json);
            json.WriteBoolean("converged", Converged);
            json.WriteString("ended", Ended);
            json.WriteStartArray("warnings");
            foreach (var warning in Warnings) json.WriteStringValue(warning);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        text.Write(Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n");
    }

    /// <summary>What training by mini-batches came to has no intervals.</summary>
    private bool IsTrained => _covariance.Length == 0;

    /// <summary>Criteria are of a maximum of the likelihood of all data, and of parameters that count.</summary>
    private bool HasCriteria => Engine != "map" && !IsTrained;

    private void WriteHistory(Utf8JsonWriter json)
    {
        json.WriteStartArray("epochs");
        foreach (var epoch in History)
        {
            json.WriteStartObject();
            json.WriteNumber("epoch", epoch.Epoch);
            json.WriteNumber("step", epoch.Step);
            Number(json, "learning_rate", epoch.LearningRate);
            Number(json, "loss", epoch.Loss);
            if (epoch.HeldOutLoss is { } loss) Number(json, "held_out_loss", loss);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value)) json.WriteNumber(name, value);
        else json.WriteNull(name);
    }
}
