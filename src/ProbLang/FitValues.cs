using ProbLang.Analysis;
using ProbLang.Datasets;
using ProbLang.Programs;

namespace ProbLang;

/// <summary>Values of unknowns as data.</summary>
internal static class FitValues
{
    /// <summary>Arrays with the values of cells, and those that the data gave.</summary>
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
        return new DataSet(arrays);
    }
}
