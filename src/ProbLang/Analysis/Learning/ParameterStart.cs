using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Where the model says that the learning of a parameter starts.</summary>
internal static class ParameterStart
{
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
