using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Inference;
using ProbLang.Results;
using ProbLang.Text;
using JsonArray = System.Text.Json.Nodes.JsonArray;

namespace ProbLang;

/// <content>Fits as files: in the safetensors layout, a tensor for each variable, so that other programs can read what was learned; with the model in the header.</content>
public sealed partial class Fit
{
    private const string Format = "problang fit 1";

    /// <summary>Names that no variable can have.</summary>
    private const string CovarianceName = "@covariance", ScalesName = "@scales", HistoryName = "@history";

    private Fit(
        SourceText source, string graph, DataSet values, WeightTensors weights, OutputLayout layout, double[] estimates, double[] covariance, ImmutableArray<IntervalScale> scales, FitSummary summary)
    {
        _weights = weights;
        (Source, Graph, Values, Layout) = (source, graph, values, layout);
        (_values, _covariance, _scales, _summary) = (estimates, covariance, scales, summary);
    }

    /// <summary>Writes the fit to a file, which holds the old or the new content whatever happens.</summary>
    /// <param name="path">The file.</param>
    /// <param name="version">The version of the program that learned it.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Save(string path, string version = "")
    {
        ArgumentNullException.ThrowIfNull(path);
        var tensors = ImmutableArray.CreateBuilder<NamedTensor>();
        foreach (var variable in Layout.Variables.Where(v => !Values.Arrays.ContainsKey(v.Name))) tensors.Add(new NamedTensor(variable.Name, variable.Shape, Spread(variable)));
        foreach (var (name, array) in Values.Arrays)
        {
            if (_weights.Nets.ContainsKey(name)) tensors.AddRange(_weights.Split(name, array.Values));
            else tensors.Add(new NamedTensor(name, [.. array.Shape], array.Values));
        }
        if (!History.IsEmpty) tensors.Add(TrainingEpochs.ToTensor(HistoryName, History));
        if (_covariance.Length > 0) tensors.Add(new NamedTensor(CovarianceName, [_values.Length, _values.Length], _covariance));
        tensors.Add(new NamedTensor(ScalesName, [_scales.Length, 3], [.. _scales.SelectMany(s => (double[])[(int)s.Kind, s.Lower, s.Upper])]));
        new SafetensorsFile(tensors.ToImmutable(), Header(version)).Write(path);
    }

    /// <summary>Reads a file that <see cref="Save"/> wrote.</summary>
    /// <exception cref="DataException">It is no such file, is cut off, or is of a later version.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Fit Load(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            return Read(SafetensorsFile.Read(path), path);
        }
        catch (Exception mistake) when (mistake is FormatException or JsonException or InvalidOperationException or KeyNotFoundException or ArgumentException or IndexOutOfRangeException or ArithmeticException)
        {
            throw new DataException([FitDiagnostics.NoFit(path, mistake is SafetensorsException ? mistake.Message : "it was not written by `fit`")]);
        }
    }

    /// <summary>Why the fit is not of a model; null where it is, up to comments and layout.</summary>
    public Diagnostic? Objection(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var (own, other) = (Graph.Split('\n'), model.PrintGraph().Split('\n'));
        var at = 0;
        while (at < own.Length && at < other.Length && own[at] == other[at]) at++;
        if (at == own.Length && at == other.Length) return null;
        return FitDiagnostics.OtherModel(Source.Path, model.Source.Path, LineOf(own, at), LineOf(other, at));

        static string? LineOf(string[] lines, int line) => line < lines.Length && lines[line].Trim() is { Length: > 0 } text ? text : null;
    }

    // --- writing ---

    private ImmutableSortedDictionary<string, string> Header(string version)
    {
        var header = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        header["format"] = Format;
        header["version"] = version;
        header["model"] = Source.Content;
        header["path"] = Source.Path;
        header["graph"] = Graph;
        header["engine"] = Engine;
        header["objective"] = Objective;
        if (Integral is { } integral) header["integral"] = integral;
        header["log_likelihood"] = LogLikelihood.ToString("R", CultureInfo.InvariantCulture);
        header["parameters"] = Parameters.ToString(CultureInfo.InvariantCulture);
        header["observations"] = Observations.ToString(CultureInfo.InvariantCulture);
        header["ended"] = Ended;
        header["converged"] = Converged ? "true" : "false";
        if (HeldOutLoss is { } loss) header["held_out_loss"] = loss.ToString("R", CultureInfo.InvariantCulture);
        header["weights"] = _weights.ToJson().ToJsonString();
        header["warnings"] = Texts(Warnings).ToJsonString();
        header["known"] = Texts(Values.Arrays.Keys).ToJsonString();
        header["levels"] = new JsonObject(Values.Levels.Select(l => KeyValuePair.Create<string, JsonNode?>(l.Key, Texts(l.Value)))).ToJsonString();
        header["sizes"] = new JsonObject(Values.DefaultSizes.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, s.Value))).ToJsonString();
        header["estimates"] = new JsonArray([.. Layout.Variables.Select(Described)]).ToJsonString();
        return header.ToImmutable();
    }

    private static JsonObject Described(OutputVariable variable) => new()
    {
        ["name"] = variable.Name,
        ["shape"] = new JsonArray([.. variable.Shape.Select(s => JsonValue.Create(s))]),
        ["cells"] = variable.Cells.IsDefault ? null : new JsonArray([.. variable.Cells.Select(c => JsonValue.Create(c))]),
        ["labels"] = variable.Labels.IsDefaultOrEmpty ? null : new JsonArray([.. variable.Labels.Select(l => Texts(l.IsDefault ? [] : l))]),
    };

    private static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);

    /// <summary>The estimates in the shape of their variable; what was not estimated is no number.</summary>
    private double[] Spread(OutputVariable variable)
    {
        var values = new double[variable.Shape.Aggregate(1, (a, b) => a * b)];
        Array.Fill(values, double.NaN);
        for (var e = 0; e < variable.Count; e++) values[variable.Cells.IsDefault ? e : variable.Cells[e]] = _values[variable.Offset + e];
        return values;
    }

    // --- reading ---

    private static Fit Read(SafetensorsFile file, string path)
    {
        var format = file.Text("format");
        if (format != Format && format.StartsWith("problang fit ", StringComparison.Ordinal)) throw new DataException([FitDiagnostics.LaterFit(path, file.Text("version"))]);
        if (format != Format) throw new FormatException(format);
        var weights = WeightTensors.Read((JsonNode.Parse(file.Text("weights")) ?? throw new FormatException("weights")).AsObject(), file);
        var known = Texts(file.Text("known")).ToDictionary(name => name, name => ArrayOf(weights.Nets.ContainsKey(name) ? weights.Join(name, file) : file[name]));
        var values = new DataSet(known)
        {
            Levels = Entries(file.Text("levels")).ToDictionary(e => e.Name, e => e.Value.EnumerateArray().Select(l => l.GetString()!).ToImmutableArray()),
            DefaultSizes = Entries(file.Text("sizes")).ToDictionary(e => e.Name, e => e.Value.GetInt32()),
        };
        var layout = LayoutOf(file.Text("estimates"));
        double[] estimates = [.. layout.Variables.SelectMany(v => Enumerable.Range(0, v.Count).Select(e => file[v.Name].Doubles[v.Cells.IsDefault ? e : v.Cells[e]]))];
        var scales = file[ScalesName].Doubles;
        var covariance = file.Find(CovarianceName)?.Doubles ?? [];
        if (scales.Length != 3 * estimates.Length || covariance.Length != 0 && covariance.Length != estimates.Length * estimates.Length) throw new FormatException("sizes");
        return new Fit(new SourceText(file.Text("path"), file.Text("model")), file.Text("graph"), values, weights, layout, estimates, covariance,
            [.. Enumerable.Range(0, estimates.Length).Select(i => new IntervalScale((IntervalScaleKind)(int)scales[3 * i], scales[3 * i + 1], scales[3 * i + 2]))], SummaryOf(file));
    }

    private static FitSummary SummaryOf(SafetensorsFile file) => new()
    {
        Engine = file.Text("engine"),
        Objective = file.Text("objective"),
        Integral = file.Metadata.GetValueOrDefault("integral"),
        LogLikelihood = double.Parse(file.Text("log_likelihood"), CultureInfo.InvariantCulture),
        Parameters = int.Parse(file.Text("parameters"), CultureInfo.InvariantCulture),
        Observations = long.Parse(file.Text("observations"), CultureInfo.InvariantCulture),
        Ended = file.Text("ended"),
        Converged = file.Text("converged") == "true",
        Warnings = [.. Texts(file.Text("warnings"))],
        HeldOutLoss = file.Metadata.GetValueOrDefault("held_out_loss") is { } loss ? double.Parse(loss, CultureInfo.InvariantCulture) : null,
        History = file.Find(HistoryName) is { } history ? [.. TrainingEpochs.Read(history)] : [],
    };

    private static DataArray ArrayOf(NamedTensor tensor)
    {
        var missing = Array.ConvertAll(tensor.Doubles, double.IsNaN);
        int[] shape = [.. tensor.Shape];
        return new DataArray(tensor.Name, shape, tensor.Doubles, missing.Contains(true) ? missing : null, _ => null) { Rows = missing.Contains(true) ? RowsOf(shape, missing) : null };
    }

    /// <summary>How long the rows of a ragged array are, whose last cells are missing.</summary>
    private static RowLengths? RowsOf(int[] shape, bool[] missing)
    {
        if (shape.Length < 2) return null;
        var last = shape[^1];
        var lengths = new int[]?[shape.Length];
        lengths[^1] = [.. Enumerable.Range(0, missing.Length / last).Select(row => missing.AsSpan(row * last, last).Count(false))];
        return RowLengths.Of(shape, lengths);
    }

    private static OutputLayout LayoutOf(string json)
    {
        var variables = ImmutableArray.CreateBuilder<OutputVariable>();
        var offset = 0;
        using var document = JsonDocument.Parse(json);
        foreach (var entry in document.RootElement.EnumerateArray())
        {
            var variable = new OutputVariable(entry.GetProperty("name").GetString()!, [.. entry.GetProperty("shape").EnumerateArray().Select(s => s.GetInt32())], offset)
            {
                Cells = entry.GetProperty("cells") is { ValueKind: JsonValueKind.Array } cells ? [.. cells.EnumerateArray().Select(c => c.GetInt32())] : default,
                Labels = entry.GetProperty("labels") is { ValueKind: JsonValueKind.Array } labels ? [.. labels.EnumerateArray().Select(d => d.EnumerateArray().Select(l => l.GetString()!).ToImmutableArray())] : default,
            };
            variables.Add(variable);
            offset += variable.Count;
        }
        return new OutputLayout(variables.ToImmutable());
    }

    private static string[] Texts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(t => t.GetString()!)];
    }

    private static (string Name, JsonElement Value)[] Entries(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateObject().Select(p => (p.Name, p.Value.Clone()))];
    }
}
