using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>Values of unknowns as data.</summary>
internal static class FitValues
{
    /// <summary>Arrays with the values of cells, and those that the data gave; with what else of the data decides what they mean: levels, sizes, and what nets take and give.</summary>
    public static DataSet Of(ConditionedModel model, IEnumerable<ReportedCells> reported, double[] values)
    {
        var arrays = new Dictionary<string, DataArray>();
        foreach (var cells in reported)
        {
            var state = model[cells.Variable];
            double[] all = [.. state.Values];
            for (var i = 0; i < cells.Cells.Length; i++) all[cells.Cells[i]] = values[cells.Offset + i];
            var missing = Array.ConvertAll(all, double.IsNaN);
            arrays[cells.Variable.Name] = new DataArray(cells.Variable.Name, state.Shape, all, missing.Contains(true) ? missing : null, _ => null) { Rows = state.Rows };
        }
        foreach (var (net, plan) in model.Nets)
            arrays[WeightOpening.ShapeNameOf(net)] = new DataArray(WeightOpening.ShapeNameOf(net), [3], [plan.Shape.Inputs, plan.Shape.Outputs, plan.Shape.Context], null, _ => null);
        return new DataSet(arrays)
        {
            Levels = model.Levels.ToDictionary(l => l.Key.Name, l => l.Value),
            DefaultSizes = model.Variables.Where(IsSize).ToDictionary(v => v.Variable.Name, v => (int)v.Values[0]),
        };
    }

    private static bool IsSize(VariableState state) =>
        state is { Variable: { IsInput: true, LevelsOf: null, Rank: 0, Type: ElementType.Integer, Category: null, IsParameter: false }, Values: [>= 0 and <= int.MaxValue] };
}
