using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang;

/// <summary>Elements of parameters that nothing observed depends on, where something depends on others of the same array: nothing can be learned of them, and they keep their starts.</summary>
/// <param name="Values">The arrays with these elements at their starts, and the others missing.</param>
/// <param name="Warning">What is said of them.</param>
internal sealed record UnusedElements(DataSet Values, string Warning)
{
    /// <summary>Null where there are none.</summary>
    public static UnusedElements? Of(ConditionedModel model)
    {
        var (arrays, names) = (new Dictionary<string, DataArray>(), new List<string>());
        foreach (var state in model.OpenParameters.Where(s => s.Variable is { IsAuxiliary: false, Structure: Structure.None } && s.Any(Role.Latent) && s.Any(Role.Predicted)))
        {
            var start = StartOf(model, state);
            var missing = Array.ConvertAll(state.Roles, role => role != Role.Predicted);
            double[] values = [.. state.Roles.Select((role, cell) => role == Role.Predicted ? start(cell) : 0)];
            arrays[state.Variable.Name] = new DataArray(state.Variable.Name, state.Shape, values, missing, _ => null) { Rows = state.Rows };
            for (var cell = 0; cell < missing.Length; cell++)
                if (!missing[cell]) names.Add(ShapeText.Element(state.Variable.Name, state.Shape, cell));
        }
        if (names.Count == 0) return null;
        var more = names.Count == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $" and {names.Count - 1} more such {(names.Count == 2 ? "element" : "elements")}");
        return new UnusedElements(new DataSet(arrays), $"nothing observed depends on `{names[0]}`{more}: what was there at the start is left as it was");
    }

    private static Func<int, double> StartOf(ConditionedModel model, VariableState state)
    {
        if (ParameterStart.Of(model, state.Variable) is { } values) return cell => values[cell];
        var evaluator = new Evaluator(model);
        double? Bound(Bound? bound) => bound is null ? null : evaluator.Evaluate(bound).Values[0];
        var middle = ParameterStart.Between(Bound(state.Variable.Lower), Bound(state.Variable.Upper), 0);
        return _ => middle;
    }
}
