using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Programs;

/// <summary>Cells of a variable that are reported, from an offset in the outputs on.</summary>
internal sealed record ReportedCells(Variable Variable, int[] Cells, int Offset)
{
    /// <summary>Every cell that the data do not give and that is not computed from data alone, in the order of the model.</summary>
    public static IReadOnlyList<ReportedCells> Of(ConditionedModel model)
    {
        var reported = new List<ReportedCells>();
        var count = 0;
        foreach (var state in model.Variables)
        {
            if (state.Variable.IsInput || state.Variable.IsAuxiliary) continue;
            var cells = Blockwise.Where(state.Roles, role => role is Role.Latent or Role.Predicted or Role.Computed or Role.ComputedForward);
            if (cells.Length == 0) continue;
            reported.Add(new ReportedCells(state.Variable, cells, count));
            count += cells.Length;
        }
        return reported;
    }

    /// <summary>The outputs that only a branch defines, with the iterations that do.</summary>
    public static IEnumerable<(int Definition, int Iteration, int At)> InBranches(ConditionedModel model, IReadOnlyList<ReportedCells> all)
    {
        for (var d = 0; d < model.Definitions.Count; d++)
        {
            var state = model.Definitions[d];
            if (state.Space.IsOpen is [] || all.FirstOrDefault(r => r.Variable == state.Definition.Variable) is not { } reported) continue;
            for (var i = 0; i < state.Count; i++)
                for (var cell = state.Targets[i]; state.Space.IsOpen[i] && cell < state.Targets[i] + state.SizeOf(i); cell++)
                    if (Array.BinarySearch(reported.Cells, cell) is >= 0 and var at) yield return (d, i, reported.Offset + at);
        }
    }
}
