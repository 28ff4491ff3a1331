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
            foreach (var value in Observed(model).Select(o => o.State.LoopValues[0][o.Iteration]).Concat(Solved(model).SelectMany(f => f.Space.LoopValues[0])).Distinct().Order())
            {
                rows.Add(value, _names.Count);
                _names.Add(value.ToString(CultureInfo.InvariantCulture));
            }
        foreach (var state in model.Definitions.Where(d => d.Definition.IsRandom)) Add(state, rows);
        Factors = [.. Plate is null ? Solved(model).GroupBy(f => f.Factor.Observed!).SelectMany(AddRow) : Solved(model).Select(f => (f, Array.ConvertAll(f.Space.LoopValues[0], v => rows[v])))];
    }

    /// <summary>The index of the plate that the rows are of; null where there is none.</summary>
    public Loop? Plate { get; }

    /// <summary>What the rows are called: the plate's index, or the observed element with its indices after points.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>The row of an observed draw, by its variable and its first cell.</summary>
    public IReadOnlyDictionary<(Variable Variable, int Cell), int> RowOf => _rowOf;

    /// <summary>What stands for the density of something that is computed and given, with the row of each of its iterations.</summary>
    public IReadOnlyList<(FactorState Factor, int[] Rows)> Factors { get; }

    /// <summary>Adds what these say of each row.</summary>
    /// <param name="evaluator">In which all that is computed is up to date.</param>
    /// <param name="add">Takes a row and a density.</param>
    public void AddFactors(Evaluator evaluator, Action<int, double> add)
    {
        foreach (var (factor, rows) in Factors)
        {
            var at = evaluator.IterationOf(factor);
            for (var i = 0; i < rows.Length; i++) add(rows[i], at(i));
        }
    }

    /// <summary>A row for all that is said of one variable.</summary>
    private (FactorState, int[])[] AddRow(IGrouping<Variable, FactorState> factors)
    {
        _names.Add(factors.Key.Name);
        return [.. factors.Select(f => (f, Enumerable.Repeat(_names.Count - 1, f.Space.Count).ToArray()))];
    }

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

    /// <summary>Where everything that is observed stands in plates of the same outermost loop, that loop; what is solved for may stand in another one over the same range.</summary>
    private static Loop? OutermostPlate(ConditionedModel model)
    {
        var drawn = Observed(model).Select(o => o.State.Definition.Plates.FirstOrDefault()).Distinct().ToArray();
        if (drawn.DistinctBy(p => p?.Loop).Count() > 1) return null;
        Plate?[] outermost = [.. drawn.Take(1), .. Solved(model).Select(f => f.Space.Plates.FirstOrDefault())];
        return outermost is [{ } first, ..] && Array.TrueForAll(outermost, p => p?.HasRangeOf(first) == true) ? first.Loop : null;
    }

    private static IEnumerable<FactorState> Solved(ConditionedModel model) => model.Factors.Where(f => f.Factor.Observed is not null && f.Space.Count > 0);

    /// <summary>The iterations in which something is observed.</summary>
    private static IEnumerable<(DefinitionState State, int Iteration)> Observed(ConditionedModel model) =>
        from state in model.Definitions
        where state.Definition.IsRandom
        let roles = model[state.Definition.Variable].Roles
        from i in Enumerable.Range(0, state.Count)
        where roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)
        select (state, i);
}
