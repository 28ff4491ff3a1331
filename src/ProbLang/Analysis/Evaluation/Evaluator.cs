using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>
/// Evaluates a conditioned model on doubles, straight from its graph: the log density of an assignment, what is computed
/// from latents, and forward draws. It is slow and plain, so that what is fast can be checked against it. An instance holds
/// one assignment of all cells and serves one thread.
/// </summary>
internal sealed class Evaluator
{
    private readonly ConditionedModel _model;
    private readonly Interventions _interventions;
    private readonly Dictionary<Variable, Tensor> _cells = new(ReferenceEqualityComparer.Instance);
    private readonly ExpressionCode _code;
    private readonly Statement?[] _statements;
    private readonly Lazy<DefinitionRun[]> _density;
    private readonly Lazy<DefinitionRun[]> _computation;
    private readonly Lazy<DefinitionRun[]> _prediction;
    private readonly List<Func<bool>> _conditions = [];

    public Evaluator(ConditionedModel model, Interventions? interventions = null)
    {
        _model = model;
        _interventions = interventions ?? Interventions.None;
        foreach (var variable in model.Variables) _cells[variable.Variable] = new Tensor(variable.Shape, (double[])variable.Values.Clone()) { Rows = variable.Rows };
        _code = new ExpressionCode(model.Graph.Source, v => _cells[v]);
        _statements = new Statement?[model.Definitions.Count];
        _density = new(() => Runs(model, (definition, roles) => definition.IsRandom ? roles.ContainsAnyExcept(Role.Predicted) : roles.Contains(Role.Computed)));
        _computation = new(() => Runs(model, (definition, roles) => !definition.IsRandom && roles.Contains(Role.Computed)));
        _prediction = new(() => ForwardRuns(model));
        foreach (var order in model.Graph.GivenOrders) _conditions.Add(Condition(order));
    }

    public ConditionedModel Model => _model;

    /// <summary>The cells of a variable, row-major: known and observed ones have their values, the others are for the caller to set.</summary>
    public double[] this[Variable variable] => _cells[variable].Values;

    /// <summary>The value of an expression outside plates, under the present assignment.</summary>
    public Tensor Evaluate(Bound e) => _code.Evaluate(e);

    /// <summary>The shape of an array under the present values of the loops.</summary>
    public int[] ShapeOf(Bound e) => new Shapes(_code, v => _model[v].Shape, v => _model[v].Rows).Of(e)!;

    /// <summary>Sets the indices of plates, for <see cref="Evaluate"/>.</summary>
    public void SetLoop(Loop loop, int value) => _code[loop].Value = value;

    /// <summary>Sets the indices of a statement's plates to those of an iteration.</summary>
    public void SetIteration(DefinitionState definition, int iteration) => Iterations.Set(_code, definition, iteration);

    /// <summary>The cells of some variables that a statement reads where it evaluates these expressions.</summary>
    public Reads ReadsOf(Definition definition, IEnumerable<Bound> values, Func<Variable, bool> isOfInterest) =>
        new(_code, v => isOfInterest(v) ? _model[v] : null, definition.Plates, values);

    /// <summary>
    /// The log density of the latents and observed cells, on their own scale: the sum over all draws that are not merely
    /// predicted. Computes what is computed on the way. -infinity where a condition of the model does not hold.
    /// </summary>
    public double LogDensity()
    {
        var sum = 0.0;
        foreach (var run in _density.Value) sum += LogDensity(run);
        return _conditions.TrueForAll(holds => holds()) ? sum : double.NegativeInfinity;
    }

    /// <summary>The log density with these values for the latents; variables that are not named keep their cells.</summary>
    public double LogDensity(IReadOnlyDictionary<Variable, double[]> values)
    {
        foreach (var (variable, cells) in values)
        {
            var roles = _model[variable].Roles;
            for (var i = 0; i < cells.Length; i++)
                if (roles[i] == Role.Latent) this[variable][i] = cells[i];
        }
        return LogDensity();
    }

    /// <summary>
    /// The log density of each draw that is observed, at least in part, under the present latents: the variable, the first
    /// cell of the draw, the value. What is computed must be up to date, as it is after <see cref="LogDensity()"/> or <see cref="Compute"/>.
    /// </summary>
    public void LogLikelihood(Action<Variable, int, double> each)
    {
        foreach (var run in _density.Value)
        {
            var statement = StatementOf(run.Definition);
            if (statement.Distribution is not { } distribution) continue;
            var (state, cells, roles) = (statement.State, statement.Cells, statement.Roles);
            for (var i = run.First; i < run.First + run.Count; i++)
            {
                if (!roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(Role.Observed)) continue;
                Iterations.Set(_code, state, i);
                distribution.Prepare();
                var size = RoleAssignment.EventSize(state, i);
                for (var e = 0; e * size < state.SizeOf(i); e++)
                {
                    var from = state.Targets[i] + e * size;
                    if (roles.AsSpan(from, size).Contains(Role.Observed)) each(state.Definition.Variable, from, distribution.LogDensity(e, cells.AsSpan(from, size)));
                }
            }
        }
    }

    /// <summary>Whether anything is drawn or computed forward.</summary>
    public bool HasPredictions => _prediction.Value.Length > 0;

    /// <summary>Computes what is a function of the latents.</summary>
    public void Compute()
    {
        var unused = new Philox(0, 0, 0);
        foreach (var run in _computation.Value) Forward(run, ref unused, onlyPredicted: true);
    }

    /// <summary>
    /// From the latents, a forward draw of what nothing observed depends on, and what is computed from it. Of what is computed
    /// from the latents alone, only what the draw needs is brought up to date: <see cref="Compute"/> does the rest.
    /// </summary>
    public void Predict(ref Philox random)
    {
        foreach (var run in _prediction.Value) Forward(run, ref random, onlyPredicted: true);
    }

    /// <summary>Draws and computes the cells of a run, observed ones included.</summary>
    public void Draw(DefinitionRun run, ref Philox random) => Forward(run, ref random, onlyPredicted: false);

    /// <summary>Whether a condition of the model, by its number, holds for the present assignment.</summary>
    public bool Holds(int condition) => _conditions[condition]();

    /// <summary>The name of a distribution in a statement that cannot be drawn from, or null.</summary>
    public string? CannotSample(int definition) => StatementOf(definition).Distribution?.CannotSample;

    private double LogDensity(DefinitionRun run)
    {
        var statement = StatementOf(run.Definition);
        var (state, cells, roles) = (statement.State, statement.Cells, statement.Roles);
        var sum = 0.0;
        for (var i = run.First; i < run.First + run.Count; i++)
        {
            Iterations.Set(_code, state, i);
            if (statement.Distribution is not { } distribution)
            {
                statement.Write!(i);
                continue;
            }
            distribution.Prepare();
            var (from, size) = (state.Targets[i], RoleAssignment.EventSize(state, i));
            for (var e = 0; e * size < state.SizeOf(i); e++)
                if (roles[from + e * size] != Role.Predicted)
                    sum += distribution.LogDensity(e, cells.AsSpan(from + e * size, size));
        }
        return sum;
    }

    private void Forward(DefinitionRun run, ref Philox random, bool onlyPredicted)
    {
        var statement = StatementOf(run.Definition);
        var (state, cells, roles) = (statement.State, statement.Cells, statement.Roles);
        for (var i = run.First; i < run.First + run.Count; i++)
        {
            Iterations.Set(_code, state, i);
            if (statement.Distribution is not { } distribution)
            {
                statement.Write!(i);
                continue;
            }
            var (from, block, size) = (state.Targets[i], state.SizeOf(i), RoleAssignment.EventSize(state, i));
            // What is wholly fixed need not be something that can be drawn, such as an improper prior.
            if (statement.Fixed is { } values && Interventions.IsWhole(values.AsSpan(from, block)))
            {
                values.AsSpan(from, block).CopyTo(cells.AsSpan(from));
                continue;
            }
            distribution.Prepare();
            for (var e = 0; e * size < block; e++)
                if (!onlyPredicted || roles[from + e * size] == Role.Predicted)
                    distribution.Sample(e, ref random, cells.AsSpan(from + e * size, size));
            if (statement.Fixed is { } some) Interventions.Lay(some.AsSpan(from, block), cells.AsSpan(from));
        }
    }

    private Statement StatementOf(int d)
    {
        if (_statements[d] is { } statement) return statement;
        var state = _model.Definitions[d];
        var variable = state.Definition.Variable;
        return _statements[d] = new Statement(state, this[variable], _model[variable].Roles,
            state.Definition.Distribution is { } distribution ? DistributionCode.Of(distribution, _code) : null,
            state.Definition.IsRandom ? null : BlockCode.Writer(_code, state, this[variable]),
            _interventions.Of(variable));
    }

    private Func<bool> Condition(GivenOrder order)
    {
        var (less, greater) = (_code.Array(order.Less), _code.Array(order.Greater));
        return () =>
        {
            var holds = true;
            Iterations.ForEach(_code, order.Plates, () =>
            {
                if (!holds) return;
                var (a, b) = (less().Values, greater().Values);
                for (var i = 0; i < Math.Max(a.Length, b.Length); i++) holds &= a[a.Length == 1 ? 0 : i] <= b[b.Length == 1 ? 0 : i];
            });
            return holds;
        };
    }

    private static DefinitionRun[] ForwardRuns(ConditionedModel model)
    {
        var used = UsedForward(model);
        return Runs(model, (definition, roles) => definition.IsRandom ? roles.Contains(Role.Predicted)
            : roles.Contains(Role.ComputedForward) || used.Contains(definition.Variable));
    }

    /// <summary>The variables that predictions and what is computed from them need, however far back.</summary>
    private static HashSet<Variable> UsedForward(ConditionedModel model)
    {
        var forward = model.Definitions.Where(d => d.Count > 0 && model[d.Definition.Variable] is var v && (v.Any(Role.Predicted) || v.Any(Role.ComputedForward)));
        var used = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Variable>(forward.SelectMany(d => Uses.Of(d.Definition)));
        while (open.TryPop(out var variable))
            if (used.Add(variable))
                foreach (var definition in model.Graph.DefinitionsOf(variable).Where(d => !d.IsRandom))
                    foreach (var parent in Uses.Of(definition)) open.Push(parent);
        return used;
    }

    private delegate bool Choice(Definition definition, ReadOnlySpan<Role> block);

    /// <summary>The part of the order whose iterations a purpose needs.</summary>
    private static DefinitionRun[] Runs(ConditionedModel model, Choice isNeeded)
    {
        var runs = new List<DefinitionRun>();
        foreach (var run in model.Order)
        {
            var state = model.Definitions[run.Definition];
            var roles = model[state.Definition.Variable].Roles;
            var first = run.First;
            for (var i = run.First; i <= run.First + run.Count; i++)
            {
                if (i < run.First + run.Count && isNeeded(state.Definition, roles.AsSpan(state.Targets[i], state.SizeOf(i)))) continue;
                if (i > first) runs.Add(new DefinitionRun(run.Definition, first, i - first));
                first = i + 1;
            }
        }
        return [.. runs];
    }

    private sealed record Statement(DefinitionState State, double[] Cells, Role[] Roles, DistributionCode? Distribution, Action<int>? Write, double[]? Fixed);
}
