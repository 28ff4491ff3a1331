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

    private static double[]? Plain(VariableState state)
    {
        double? value = (state.Variable.Structure, state.Variable.Lower, state.Variable.Upper) switch
        {
            (Structure.Simplex, _, _) => 1.0 / state.Shape[^1],
            (not Structure.None, _, _) => null,
            (_, null, null) => 0.5,
            (_, ConstantValue lower, null) => lower.Value + 1,
            (_, null, ConstantValue upper) => upper.Value - 1,
            (_, ConstantValue lower, ConstantValue upper) => (lower.Value + upper.Value) / 2,
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
