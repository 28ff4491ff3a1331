using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang;

/// <summary>What a posterior reports of a problem, whatever engine computes it: every cell that the data do not give.</summary>
internal static class ReportedLayout
{
    public static OutputLayout Of(ConditionedModel model) => Of(model, (_, _) => true);

    /// <summary>Without the cells that an engine does not answer for.</summary>
    public static OutputLayout Of(ConditionedModel model, Func<Variable, int, bool> isAnswered) => Of(model, ReportedCells.Of(model), isAnswered);

    /// <summary>Of some cells.</summary>
    public static OutputLayout Of(ConditionedModel model, IReadOnlyList<ReportedCells> reported) => Of(model, reported, (_, _) => true);

    private static OutputLayout Of(ConditionedModel model, IReadOnlyList<ReportedCells> reported, Func<Variable, int, bool> isAnswered)
    {
        var branched = ReportedCells.InBranches(model, reported).Select(b => b.At).ToHashSet();
        var variables = ImmutableArray.CreateBuilder<OutputVariable>(reported.Count);
        var count = 0;
        foreach (var (variable, all, offset) in reported)
        {
            var state = model[variable];
            int[] answered = [.. Enumerable.Range(0, all.Length).Where(i => isAnswered(variable, all[i]))];
            if (answered.Length == 0) continue;
            variables.Add(new OutputVariable(variable.Name, [.. state.Shape], count)
            {
                Cells = answered.Length == state.Count ? default : [.. answered.Select(i => all[i])],
                InBranch = branched.Count == 0 ? default : [.. answered.Select(i => branched.Contains(offset + i))],
                Rows = state.Rows,
                Labels = model.LabelsOf(variable),
                Levels = model.LevelsOf(variable),
                IsDiscrete = variable.Type != ElementType.Real,
                IsBoolean = variable.Type == ElementType.Boolean,
            });
            count += answered.Length;
        }
        return new OutputLayout(variables.ToImmutable());
    }
}
