using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// The rows of the data: the elements of the one outermost plate around what is observed; where there is no such plate, each observed draw is a row by itself.
/// </summary>
internal sealed class LikelihoodRows
{
    private readonly ConditionedModel _model;
    private readonly Dictionary<(Variable Variable, int Cell), int> _rowOf = [];
    private readonly List<string> _names = [];

    public LikelihoodRows(ConditionedModel model)
    {
        _model = model;
        Plate = OutermostPlate(model);
        var rows = new Dictionary<int, int>();
        if (Plate is not null)
            foreach (var value in Observed(model).Select(o => o.State.LoopValues[0][o.Iteration]).Distinct().Order())
            {
                rows.Add(value, _names.Count);
                _names.Add(value.ToString(CultureInfo.InvariantCulture));
            }
        foreach (var state in model.Definitions.Where(d => d.Definition.IsRandom)) Add(state, rows);
    }

    /// <summary>The index of the plate that the rows are of; null where there is none.</summary>
    public Loop? Plate { get; }

    /// <summary>What the rows are called: the plate's index, or the observed element with its indices after points.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The row of an observed draw, by its variable and its first cell.</summary>
    public IReadOnlyDictionary<(Variable Variable, int Cell), int> RowOf => _rowOf;

    private void Add(DefinitionState state, Dictionary<int, int> rows)
    {
        var variable = state.Definition.Variable;
        var roles = _model[variable].Roles;
        var layout = new OutputVariable(variable.Name, [.. _model[variable].Shape], 0);
        for (var i = 0; i < state.Count; i++)
        {
            var size = RoleAssignment.EventSize(state, i);
            for (var cell = state.Targets[i]; cell < state.Targets[i] + state.SizeOf(i); cell += size)
            {
                if (!roles.AsSpan(cell, size).Contains(Role.Observed)) continue;
                _rowOf.Add((variable, cell), Plate is null ? _names.Count : rows[state.LoopValues[0][i]]);
                if (Plate is null) _names.Add(layout.CmdStanName(cell));
            }
        }
    }

    /// <summary>Where every observed draw stands in plates of the same outermost loop, that loop.</summary>
    private static Loop? OutermostPlate(ConditionedModel model)
    {
        var outermost = Observed(model).Select(o => o.State.Definition.Plates.FirstOrDefault()?.Loop).Distinct().ToArray();
        return outermost.Length == 1 ? outermost[0] : null;
    }

    /// <summary>The iterations in which something is observed.</summary>
    private static IEnumerable<(DefinitionState State, int Iteration)> Observed(ConditionedModel model) =>
        from state in model.Definitions
        where state.Definition.IsRandom
        let roles = model[state.Definition.Variable].Roles
        from i in Enumerable.Range(0, state.Count)
        where roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)
        select (state, i);
}
