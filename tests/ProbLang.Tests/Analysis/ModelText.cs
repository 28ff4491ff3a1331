using ProbLang.Analysis;
using ProbLang.Binding;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Analysis;

/// <summary>Models as text and data as arrays, for the tests of this folder.</summary>
internal static class ModelText
{
    public static ModelGraph Bind(string text)
    {
        var source = new SourceText("model.gm", text);
        var parsed = Parser.Parse(source);
        Assert.True(parsed.Success, string.Join('\n', parsed.Diagnostics));
        var bound = Binder.Bind(parsed.File, source);
        Assert.True(bound.Graph is not null, string.Join('\n', bound.Diagnostics));
        return bound.Graph!;
    }

    public static ConditioningResult TryCondition(string text, params DataArray[] data) =>
        Conditioner.Condition(Bind(text), new DataSet(data.ToDictionary(a => a.Name)));

    public static ConditionedModel Condition(string text, params DataArray[] data)
    {
        var result = TryCondition(text, data);
        Assert.True(result.Model is not null, string.Join('\n', result.Diagnostics));
        return result.Model!;
    }

    /// <summary>The one message about a model and its data.</summary>
    public static string MessageOf(string text, params DataArray[] data)
    {
        var result = TryCondition(text, data);
        return Assert.Single(result.Diagnostics).ToString();
    }

    /// <summary>The messages about a model and its data, without the lines they show.</summary>
    public static string[] MessagesOf(string text, params DataArray[] data) =>
        [.. TryCondition(text, data).Diagnostics.Select(d => $"{d.Id} {d.Message}")];

    /// <summary>A scalar.</summary>
    public static DataArray Given(string name, double value) => Given(name, [], value);

    /// <summary>A vector; null is missing.</summary>
    public static DataArray Given(string name, params double?[] values) => Given(name, [values.Length], values);

    /// <summary>An array in data.json, each cell at the line of its row and the column of its number.</summary>
    public static DataArray Given(string name, int[] shape, params double?[] values)
    {
        var width = shape.Length == 2 ? shape[1] : Math.Max(1, values.Length);
        return new DataArray(name, shape, [.. values.Select(v => v ?? 0)], [.. values.Select(v => v is null)],
            cell => new Location("data.json", cell / width + 1, cell % width + 1, 1, null));
    }

    /// <summary>A vector of labels in data.csv, each in a line of its own; null is missing.</summary>
    public static DataArray Labels(string name, params string?[] labels) => new(name, [labels.Length], new double[labels.Length], Array.ConvertAll(labels, l => l is null),
        cell => new Location("data.csv", cell + 2, 1, 1, null))
    { Texts = () => (string?[])labels.Clone() };

    public static VariableState State(this ConditionedModel model, string name) => model[model.Graph.Find(name)!];

    /// <summary>A letter a cell: Undefined, Known, Observed, Latent, Predicted, Computed, computed Forward.</summary>
    public static string Roles(this ConditionedModel model, string name) => string.Concat(model.State(name).Roles.Select(r => r switch
    {
        Role.ComputedForward => 'F',
        _ => r.ToString()[0],
    }));
}
