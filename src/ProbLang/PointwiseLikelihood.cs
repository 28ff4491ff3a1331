using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Results;

namespace ProbLang;

/// <summary>
/// The log density of each row of the data in each draw, for leave-one-out comparison. A row is an element of the one
/// outermost plate around what is observed; where there is no such plate, each observed draw is a row by itself. Discrete unknowns that belong to
/// one row alone are summed out of it.
/// </summary>
internal sealed class PointwiseLikelihood
{
    /// <summary>Beyond this many numbers the file would be larger, and take longer, than everything else in the folder.</summary>
    private const long Most = 4_000_000;

    private readonly SampledPosterior _posterior;
    private readonly ConditionedModel _model;
    private readonly Loop? _plate;
    private readonly Dictionary<(Variable Variable, int Cell), int> _columns = [];
    private readonly List<string> _names = [];
    private readonly List<(FactorState Factor, int[] Columns)> _factors = [];

    private PointwiseLikelihood(SampledPosterior posterior)
    {
        (_posterior, _model) = (posterior, posterior.Problem.Conditioned);
        _plate = OutermostPlate(_model);
        var rows = new Dictionary<int, int>();
        if (_plate is not null)
            foreach (var value in Observed(_model).Select(o => o.State.LoopValues[0][o.Iteration]).Concat(Solved(_model).SelectMany(f => f.Space.LoopValues[0])).Distinct().Order())
            {
                rows.Add(value, _names.Count);
                _names.Add(string.Create(CultureInfo.InvariantCulture, $"log_lik.{value}"));
            }
        foreach (var state in _model.Definitions.Where(d => d.Definition.IsRandom)) AddColumns(state, rows);
        foreach (var factor in Solved(_model)) _factors.Add((factor, Array.ConvertAll(_plate is null ? [] : factor.Space.LoopValues[0], v => rows[v])));
    }

    /// <summary>Null where nothing is observed, where the density of what is computed and given has no rows, or where there are too many numbers to write.</summary>
    public static PointwiseLikelihood? Of(SampledPosterior posterior)
    {
        var likelihood = new PointwiseLikelihood(posterior);
        var draws = posterior.Draws.Chains.Sum(c => (long)c.Count);
        return likelihood._names.Count > 0 && (likelihood._factors.Count == 0 || likelihood._plate is not null) && likelihood._names.Count * draws <= Most ? likelihood : null;
    }

    /// <summary>A line for each draw, chain after chain, a column for each row of the data.</summary>
    public void Write(TextWriter text)
    {
        text.Write(string.Join(',', _names));
        text.Write('\n');
        var chains = _posterior.Draws.Chains;
        var values = new double[chains.Length][];
        Parallel.For(0, chains.Length, chain => values[chain] = Evaluate(chains[chain]));
        foreach (var chain in values)
            for (var at = 0; at < chain.Length; at++)
            {
                text.Write(chain[at].ToString(CultureInfo.InvariantCulture));
                text.Write((at + 1) % _names.Count == 0 ? '\n' : ',');
            }
    }

    private double[] Evaluate(ChainDraws draws)
    {
        var evaluator = new Evaluator(_model);
        var sums = _posterior.Problem.Sums is { } plan ? new SummedRows(_model, evaluator, plan, _columns) : null;
        var cells = _posterior.Draws.Layout.Variables.Select(v => (Variable: v, Cells: evaluator[_model.Graph.Find(v.Name)!])).ToArray();
        var values = new double[draws.Count * _names.Count];
        var factors = _factors.ConvertAll(f => (At: evaluator.IterationOf(f.Factor), f.Columns));
        for (var draw = 0; draw < draws.Count; draw++)
        {
            var outputs = draws.Draw(draw);
            foreach (var (variable, into) in cells)
                for (var element = 0; element < variable.Count; element++)
                    into[variable.Cells.IsDefault ? element : variable.Cells[element]] = outputs[variable.Offset + element];
            var row = values.AsMemory(draw * _names.Count, _names.Count);
            evaluator.LogLikelihood((variable, cell, density) =>
            {
                if (sums?.Covers(variable, cell) != true) row.Span[_columns[(variable, cell)]] += density;
            });
            sums?.Add(row.Span);
            foreach (var (at, columns) in factors)
                for (var i = 0; i < columns.Length; i++) row.Span[columns[i]] += at(i);
        }
        return values;
    }

    /// <summary>Where every observed draw stands in plates of the same outermost loop, that loop.</summary>
    private static Loop? OutermostPlate(ConditionedModel model)
    {
        var outermost = Observed(model).Select(o => o.State.Definition.Plates.FirstOrDefault()?.Loop)
            .Concat(Solved(model).Select(f => f.Factor.Plates.FirstOrDefault()?.Loop)).Distinct().ToArray();
        return outermost.Length == 1 ? outermost[0] : null;
    }

    private void AddColumns(DefinitionState state, Dictionary<int, int> rows)
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
                _columns.Add((variable, cell), _plate is null ? _names.Count : rows[state.LoopValues[0][i]]);
                if (_plate is null) _names.Add("log_lik." + layout.CmdStanName(cell));
            }
        }
    }

    /// <summary>What stands for the density of something that is computed and given.</summary>
    private static IEnumerable<FactorState> Solved(ConditionedModel model) => model.Factors.Where(f => f.Factor.Observed is not null);

    /// <summary>The iterations in which something is observed.</summary>
    private static IEnumerable<(DefinitionState State, int Iteration)> Observed(ConditionedModel model) =>
        from state in model.Definitions
        where state.Definition.IsRandom
        let roles = model[state.Definition.Variable].Roles
        from i in Enumerable.Range(0, state.Count)
        where roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)
        select (state, i);
}
