using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What a posterior reports of a problem, whatever engine computes it: every cell that the data do not give.</summary>
internal static class ReportedLayout
{
    public static OutputLayout Of(ConditionedModel model)
    {
        var reported = ReportedCells.Of(model);
        var branched = ReportedCells.InBranches(model, reported).Select(b => b.At).ToHashSet();
        var variables = ImmutableArray.CreateBuilder<OutputVariable>(reported.Count);
        foreach (var (variable, cells, offset) in reported)
        {
            var state = model[variable];
            variables.Add(new OutputVariable(variable.Name, [.. state.Shape], offset)
            {
                Cells = cells.Length == state.Count ? default : [.. cells],
                InBranch = branched.Count == 0 ? default : [.. Enumerable.Range(offset, cells.Length).Select(branched.Contains)],
                Labels = model.LabelsOf(variable),
                Levels = model.LevelsOf(variable),
                IsDiscrete = variable.Type != ElementType.Real,
                IsBoolean = variable.Type == ElementType.Boolean,
            });
        }
        return new OutputLayout(variables.ToImmutable());
    }
}
