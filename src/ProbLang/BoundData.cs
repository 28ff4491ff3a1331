using ProbLang.Analysis;
using ProbLang.Datasets;

namespace ProbLang;

/// <summary>The data as a model took them: every value that is known or observed, in the shape of its variable.</summary>
internal static class BoundData
{
    public static IEnumerable<DataArray> Of(ConditionedModel model) =>
        from state in model.Variables
        where state.Variable is { LevelsOf: null, IsAuxiliary: false }
        where state.Any(Role.Known) || state.Any(Role.Observed)
        let missing = Array.ConvertAll(state.Roles, role => role is not (Role.Known or Role.Observed))
        select new DataArray(state.Variable.Name, state.Shape, state.Values, missing.Contains(true) ? missing : null, _ => null) { Texts = Labels(model, state), Rows = state.Rows };

    private static Func<string?[]>? Labels(ConditionedModel model, VariableState state) => model.LevelsOf(state.Variable) is { IsDefault: false } levels
        ? () => Array.ConvertAll(state.Values, code => double.IsNaN(code) ? null : levels[(int)code - 1])
        : null;
}
