using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Results;

namespace ProbLang.Tests.Inference;

/// <summary>
/// The posterior of a model without continuous unknowns by going through every assignment of the discrete ones, each weighed by the slow evaluator: what an exact
/// engine is tested against. Unknowns get the values of their support under the values before them, or those that the test names.
/// </summary>
internal sealed class BruteForceSolution : ExactSolution
{
    /// <summary>How much of an unbounded distribution is left out above, and how many assignments are too many.</summary>
    private const double Tail = 1e-14;
    private const int MostAssignments = 4_000_000;

    private readonly ConditionedModel _model;
    private readonly IReadOnlyDictionary<string, double[]> _domains;
    private readonly Evaluator _evaluator;
    private readonly ExpressionCode _code;
    private readonly DistributionCode?[] _distributions;
    private readonly (int Definition, int Iteration)[] _steps;
    private readonly List<(Variable Variable, int Cell, int Definition, int Iteration)> _cells = [];
    private readonly Dictionary<(Variable, int), int> _places = [];
    private readonly List<(double[] Values, double LogWeight)> _assignments = [];
    private readonly HashSet<string> _notes = [];

    /// <param name="model">The model.</param>
    /// <param name="domains">The values of the cells of a variable, by its name; of a variable that is not named, those of its support.</param>
    public BruteForceSolution(ConditionedModel model, IReadOnlyDictionary<string, double[]>? domains = null)
    {
        (_model, _domains, _evaluator) = (model, domains ?? ImmutableDictionary<string, double[]>.Empty, new Evaluator(model));
        _code = new ExpressionCode(model.Graph.Source, v => new Tensor(model[v].Shape, _evaluator[v]) { Rows = model[v].Rows });
        _distributions = [.. model.Definitions.Select(d => d.Definition.Distribution is { } distribution ? DistributionCode.Of(distribution, _code) : null)];
        _steps = [.. model.Order.SelectMany(run => Enumerable.Range(run.First, run.Count).Select(i => (run.Definition, i)))];
        foreach (var (definition, iteration) in _steps) AddCells(definition, iteration);
        Enter(0, 0);
        LogEvidence = LogSum(_assignments.Select(a => a.LogWeight));
    }

    public override double LogEvidence { get; }

    public override ImmutableArray<string> Notes => [.. _notes];

    /// <summary>How many assignments have a probability.</summary>
    public int Count => _assignments.Count;

    public override Marginal Of(Variable variable, int cell)
    {
        var weights = Weights([_places[(variable, cell)]]);
        var holds = weights.Where(w => !double.IsNaN(w.Key[0])).ToArray();
        var total = holds.Sum(w => w.Value);
        if (holds.Length == 0) return new DiscreteMarginal([(double.NaN, 1)]) { Holds = 0 };
        return new DiscreteMarginal([.. holds.OrderBy(w => w.Key[0]).Select(w => (w.Key[0], w.Value / total))]) { Holds = holds.Length == weights.Count ? 1 : total };
    }

    public override JointTable Joint(IReadOnlyList<(Variable Variable, int Cell)> cells)
    {
        var weights = Weights([.. cells.Select(c => _places[c])]);
        ImmutableArray<ImmutableArray<double>> values = [.. Enumerable.Range(0, cells.Count).Select(v => weights.Keys.Select(k => k[v]).Distinct().Order().ToImmutableArray())];
        var probabilities = new double[values.Aggregate(1, (count, v) => count * v.Length)];
        foreach (var (key, weight) in weights)
            probabilities[key.Select((value, v) => values[v].IndexOf(value)).Zip(values).Aggregate(0, (at, next) => at * next.Second.Length + next.First)] += weight;
        return new JointTable(values, [.. probabilities]);
    }

    public override MostProbable MostProbable()
    {
        int[] latents = [.. Enumerable.Range(0, _cells.Count).Where(p => IsRandom(p) && _model[_cells[p].Variable].Roles[_cells[p].Cell] == Role.Latent)
            .OrderBy(p => _model.Graph.Variables.IndexOf(_cells[p].Variable)).ThenBy(p => _cells[p].Cell)];
        var (key, weight) = Weights(latents).MaxBy(w => w.Value);
        return new MostProbable([.. latents.Select((p, k) => (_cells[p].Variable, _cells[p].Cell, key[k]))], Math.Log(weight));
    }

    private bool IsRandom(int place) => _model.Definitions[_cells[place].Definition].Definition.IsRandom;

    /// <summary>The posterior probability of each combination of values of some cells; NaN is the value of a cell whose branch does not hold.</summary>
    private Dictionary<double[], double> Weights(int[] places)
    {
        var weights = new Dictionary<double[], double>(SequenceComparer.Instance);
        foreach (var (values, weight) in _assignments)
        {
            var key = Array.ConvertAll(places, p => values[p]);
            weights[key] = weights.GetValueOrDefault(key) + Math.Exp(weight - LogEvidence);
        }
        return weights;
    }

    private void AddCells(int definition, int iteration)
    {
        var state = _model.Definitions[definition];
        for (var cell = state.Targets[iteration]; cell < state.Targets[iteration] + state.SizeOf(iteration); cell++)
        {
            if (_model[state.Definition.Variable].Roles[cell] is Role.Known or Role.Observed or Role.Undefined) continue;
            if (state.Definition.IsRandom && state.Definition.Variable.Type == ElementType.Real) throw new NotSupportedException($"`{state.Definition.Variable}` is continuous and not given");
            _places.Add((state.Definition.Variable, cell), _cells.Count);
            _cells.Add((state.Definition.Variable, cell, definition, iteration));
        }
    }

    /// <summary>Takes the statements from a place of the order on, with the log probability of what is predicted so far.</summary>
    private void Enter(int step, double predicted)
    {
        if (step == _steps.Length)
        {
            Weigh(predicted);
            return;
        }
        var (definition, iteration) = _steps[step];
        var unused = new Philox(0, 0, 0);
        if (_model.Definitions[definition].Definition.IsRandom) Draw(step, 0, predicted);
        else
        {
            _evaluator.Draw(new DefinitionRun(definition, iteration, 1), ref unused);
            Enter(step + 1, predicted);
        }
    }

    /// <summary>Takes the draws of a statement from one on.</summary>
    private void Draw(int step, int draw, double predicted)
    {
        var (definition, iteration) = _steps[step];
        var state = _model.Definitions[definition];
        var size = RoleAssignment.EventSize(state, iteration);
        if (draw * size >= state.SizeOf(iteration))
        {
            Enter(step + 1, predicted);
            return;
        }
        var cells = _evaluator[state.Definition.Variable].AsMemory(state.Targets[iteration] + draw * size, size);
        var roles = _model[state.Definition.Variable].Roles.AsSpan(state.Targets[iteration] + draw * size, size);
        int[] unknown = [.. Enumerable.Range(0, size).Where(c => _model[state.Definition.Variable].Roles[state.Targets[iteration] + draw * size + c] is Role.Latent or Role.Predicted)];
        if (unknown.Length == 0)
        {
            Draw(step, draw + 1, predicted);
            return;
        }
        var (exists, isPredicted) = (_evaluator.Exists(definition, iteration), roles.Contains(Role.Predicted));
        // Where its branch does not hold, it is not there, and the evaluator leaves it out.
        if (!exists)
        {
            foreach (var cell in unknown) cells.Span[cell] = double.NaN;
            Draw(step, draw + 1, predicted);
            return;
        }
        foreach (var values in Combinations(state, step, draw, unknown.Length))
        {
            for (var k = 0; k < unknown.Length; k++) cells.Span[unknown[k]] = values[k];
            var density = LogDensity(step, draw, cells.Span);
            if (double.IsNegativeInfinity(density)) continue;
            Draw(step, draw + 1, predicted + (isPredicted ? density : 0));
        }
    }

    private double LogDensity(int step, int draw, ReadOnlySpan<double> x)
    {
        var (definition, iteration) = _steps[step];
        Iterations.Set(_code, _model.Definitions[definition], iteration);
        _distributions[definition]!.Prepare();
        return _distributions[definition]!.LogDensity(draw, x);
    }

    private IEnumerable<double[]> Combinations(DefinitionState state, int step, int draw, int count)
    {
        var values = _domains.TryGetValue(state.Definition.Variable.Name, out var named) ? named : Support(step, draw);
        IEnumerable<double[]> combinations = [[]];
        for (var k = 0; k < count; k++) combinations = combinations.SelectMany(before => values.Select(v => (double[])[.. before, v]));
        return combinations.ToArray();
    }

    private double[] Support(int step, int draw)
    {
        var (definition, iteration) = _steps[step];
        var (distribution, variable) = (_distributions[definition]!, _model.Definitions[definition].Definition.Variable);
        Iterations.Set(_code, _model.Definitions[definition], iteration);
        distribution.Prepare();
        var (lower, upper) = distribution.Support(draw);
        if (double.IsNaN(lower) || double.IsNaN(upper)) return [0];
        if (double.IsInfinity(upper))
        {
            upper = distribution.Quantile(draw, 1 - Tail);
            _notes.Add($"`{variable}` is cut off where less than {Tail} is left");
        }
        if (double.IsInfinity(lower)) lower = distribution.Quantile(draw, Tail);
        return [.. Enumerable.Range(0, (int)Math.Max(0, upper - lower + 1)).Select(k => lower + k)];
    }

    private void Weigh(double predicted)
    {
        var weight = _evaluator.LogDensity() + predicted;
        if (double.IsNegativeInfinity(weight)) return;
        if (_assignments.Count == MostAssignments) throw new NotSupportedException("there are too many assignments to go through");
        _assignments.Add(([.. _cells.Select(c => _evaluator.Exists(c.Definition, c.Iteration) ? _evaluator[c.Variable][c.Cell] : double.NaN)], weight));
    }

    private static double LogSum(IEnumerable<double> logs)
    {
        var terms = logs.ToArray();
        var most = terms.Length == 0 ? double.NegativeInfinity : terms.Max();
        return double.IsInfinity(most) ? most : most + Math.Log(terms.Sum(t => Math.Exp(t - most)));
    }

    private sealed class SequenceComparer : IEqualityComparer<double[]>
    {
        public static SequenceComparer Instance { get; } = new();

        public bool Equals(double[]? x, double[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(double[] obj) => obj.Aggregate(17, HashCode.Combine);
    }
}
