using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Where the model says that the learning of a parameter starts.</summary>
internal static class ParameterStart
{
    /// <summary>Values that the types of all open parameters allow; null where the type of one does not say them.</summary>
    public static DataSet? Plain(ConditionedModel model)
    {
        var values = new Dictionary<string, DataArray>();
        foreach (var state in model.OpenParameters)
        {
            if ((Of(model, state.Variable) ?? Plain(state)) is not { } found) return null;
            values[state.Variable.Name] = new DataArray(state.Variable.Name, state.Shape, found, null, _ => null);
        }
        return new DataSet(values);
    }

    /// <summary>A number between bounds, either of which may be missing: their middle, one away from a single one, or what is said of none.</summary>
    public static double Between(double? lower, double? upper, double none) => (lower, upper) switch
    {
        ({ } l, { } u) => (l + u) / 2,
        ({ } l, null) => l + 1,
        (null, { } u) => u - 1,
        _ => none,
    };

    private static double[]? Plain(VariableState state)
    {
        double? value = (state.Variable.Structure, state.Variable.Lower, state.Variable.Upper) switch
        {
            (Structure.Simplex, _, _) => 1.0 / state.Shape[^1],
            (Structure.None, null or ConstantValue, null or ConstantValue) => Between((state.Variable.Lower as ConstantValue)?.Value, (state.Variable.Upper as ConstantValue)?.Value, 0.5),
            _ => null,
        };
        return value is { } each && state.Rows is null ? [.. Enumerable.Repeat(each, state.Count)] : null;
    }

    /// <summary>The values of all cells; null where the model says nothing, or what it says is not known.</summary>
    public static double[]? Of(ConditionedModel model, Variable parameter)
    {
        if (parameter.Start is not { } start) return null;
        var code = new ExpressionCode(model.Graph.Source, v => new Tensor(model[v].Shape, model[v].Values) { Rows = model[v].Rows });
        var found = code.Evaluate(start);
        var values = found.Rank == 0 ? [.. Enumerable.Repeat(found.Values[0], model[parameter].Count)] : found.Values;
        return Array.Exists(values, double.IsNaN) ? null : values;
    }
}
