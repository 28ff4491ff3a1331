using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Limits;
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
    private readonly Once<DefinitionRun[]> _density;
    private readonly Once<DefinitionRun[]> _computation;
    private readonly Once<DefinitionRun[]> _prediction;
    private readonly List<(Func<bool> Holds, Text.Span Span)> _conditions = [];
    private readonly List<Func<double>> _factors = [];

    public Evaluator(ConditionedModel model, Interventions? interventions = null)
    {
        _model = model;
        _interventions = interventions ?? Interventions.None;
        foreach (var variable in model.Variables) _cells[variable.Variable] = new Tensor(variable.Shape, (double[])variable.Values.Clone()) { Rows = variable.Rows };
        _code = new ExpressionCode(model.Graph.Source, v => _cells[v]) { Plans = net => model.Nets[net] };
        _statements = new Statement?[model.Definitions.Count];
        _density = new(() => Runs(model, (definition, roles) => definition.IsRandom ? roles.ContainsAnyExcept(Role.Predicted) : roles.Contains(Role.Computed)));
        _computation = new(() => Runs(model, (definition, roles) => !definition.IsRandom && roles.Contains(Role.Computed)));
        _prediction = new(() => ForwardRuns(model));
        foreach (var condition in model.Conditions) _conditions.Add((Condition(condition), condition.Span));
        foreach (var factor in model.Factors) _factors.Add(Sum(factor));
    }

    public ConditionedModel Model => _model;

    /// <summary>The cells of a variable, row-major: known and observed ones have their values, the others are for the caller to set.</summary>
    public double[] this[Variable variable] => _cells[variable].Values;

    /// <summary>Compiles expressions over the present assignment.</summary>
    public ExpressionCode Code => _code;

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
    /// predicted, observed ones where the branch holds that defines them, and over all factors. Computes what is computed on the way. -infinity where a condition of the model does not hold.
    /// </summary>
    public double LogDensity()
    {
        var sum = 0.0;
        foreach (var run in _density.Value) sum += LogDensity(run);
        foreach (var factor in _factors) sum += factor();
        return _conditions.TrueForAll(c => c.Holds()) ? sum : double.NegativeInfinity;
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
    /// cell of the draw, the value. What is computed must be up to date, as it is after <see cref="LogDensity()"/> or <see cref="Compute()"/>.
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
                // What only a branch defines says nothing where that branch does not hold.
                var holds = statement.Holds();
                if (holds) distribution.Prepare();
                var size = RoleAssignment.EventSize(state, i);
                for (var e = 0; e * size < state.SizeOf(i); e++)
                {
                    var from = state.Targets[i] + e * size;
                    if (roles.AsSpan(from, size).Contains(Role.Observed)) each(state.Definition.Variable, from, holds ? distribution.LogDensity(e, cells.AsSpan(from, size)) : 0);
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
    /// from the latents alone, only what the draw needs is brought up to date: <see cref="Compute()"/> does the rest.
    /// </summary>
    public void Predict(ref Philox random)
    {
        foreach (var run in _prediction.Value) Forward(run, ref random, onlyPredicted: true);
    }

    /// <summary>Draws and computes the cells of a run, observed ones included.</summary>
    public void Draw(DefinitionRun run, ref Philox random) => Forward(run, ref random, onlyPredicted: false);

    /// <summary>Where a condition of the model stands that does not hold for the present assignment; null where all do.</summary>
    public Text.Span? Violated()
    {
        foreach (var (holds, span) in _conditions)
            if (!holds()) return span;
        return null;
    }

    /// <summary>Whether the branch holds, for the present assignment, in which an iteration defines its cells.</summary>
    public bool Exists(int definition, int iteration)
    {
        var state = _model.Definitions[definition];
        if (state.Space.IsOpen is [] || !state.Space.IsOpen[iteration]) return true;
        Iterations.Set(_code, state, iteration);
        return StatementOf(definition).Holds();
    }

    /// <summary>The name of a distribution in a statement that cannot be drawn from, or null.</summary>
    public string? CannotSample(int definition) => StatementOf(definition).Distribution?.CannotSample;

    /// <summary>
    /// The log density of one draw, under the present assignment, or 0 where it counts for nothing because its branch does not hold. What is computed must be up to date.
    /// </summary>
    /// <param name="definition">The statement.</param>
    /// <param name="iteration">The iteration of its plates.</param>
    /// <param name="e">Which of the iteration's draws.</param>
    /// <param name="isRandom">Whether it is drawn rather than observed: then it has its distribution whether or not its branch holds.</param>
    public double LogDensity(int definition, int iteration, int e, bool isRandom)
    {
        var statement = StatementOf(definition);
        Iterations.Set(_code, statement.State, iteration);
        var holds = statement.Holds();
        if (!holds && !isRandom) return 0;
        var size = RoleAssignment.EventSize(statement.State, iteration);
        statement.Distribution!.Prepare();
        var density = statement.Distribution.LogDensity(e, statement.Cells.AsSpan(statement.State.Targets[iteration] + e * size, size));
        return holds || double.IsFinite(density) ? density : 0;
    }

    /// <summary>The distribution of the draws of an iteration, under the present assignment.</summary>
    public DistributionCode DistributionOf(int definition, int iteration)
    {
        var statement = StatementOf(definition);
        Iterations.Set(_code, statement.State, iteration);
        statement.Distribution!.Prepare();
        return statement.Distribution;
    }

    /// <summary>Brings what an iteration of a deterministic statement defines up to date.</summary>
    public void Compute(int definition, int iteration)
    {
        var unused = new Philox(0, 0, 0);
        Forward(new DefinitionRun(definition, iteration, 1), ref unused, onlyPredicted: true);
    }

    private double LogDensity(DefinitionRun run)
    {
        var statement = StatementOf(run.Definition);
        var (state, cells, roles) = (statement.State, statement.Cells, statement.Roles);
        var sum = 0.0;
        if (statement.Write is { } write)
        {
            write(run.First, run.Count);
            return 0;
        }
        var distribution = statement.Distribution!;
        for (var i = run.First; i < run.First + run.Count; i++)
        {
            Iterations.Set(_code, state, i);
            var (from, size) = (state.Targets[i], RoleAssignment.EventSize(state, i));
            var block = roles.AsSpan(from, state.SizeOf(i));
            // What only a branch defines: an observation or a discrete latent counts where the branch holds, a continuous one has its prior in either case.
            var holds = statement.Holds();
            if (!holds && (!block.Contains(Role.Latent) || state.Definition.Variable.Type != ElementType.Real || !CanPrepare(distribution))) continue;
            if (holds) distribution.Prepare();
            for (var e = 0; e * size < state.SizeOf(i); e++)
            {
                if (roles[from + e * size] is Role.Predicted || !holds && roles[from + e * size] != Role.Latent) continue;
                var density = distribution.LogDensity(e, cells.AsSpan(from + e * size, size));
                // Where the branch does not hold, parameters need not make sense.
                if (holds || double.IsFinite(density)) sum += density;
            }
        }
        return sum;
    }

    /// <summary>Outside of its branch a statement may read what is not there.</summary>
    private static bool CanPrepare(DistributionCode distribution)
    {
        try
        {
            distribution.Prepare();
            return true;
        }
        catch (DiagnosticException)
        {
            return false;
        }
    }

    private void Forward(DefinitionRun run, ref Philox random, bool onlyPredicted)
    {
        var statement = StatementOf(run.Definition);
        var (state, cells, roles) = (statement.State, statement.Cells, statement.Roles);
        if (statement.Write is { } write && state.Space.OpenGates is [])
        {
            write(run.First, run.Count);
            return;
        }
        for (var i = run.First; i < run.First + run.Count; i++)
        {
            Iterations.Set(_code, state, i);
            var (from, block, size) = (state.Targets[i], state.SizeOf(i), RoleAssignment.EventSize(state, i));
            if (!statement.Holds())
            {
                Skip(statement, from, block, onlyPredicted);
                continue;
            }
            if (statement.Distribution is not { } distribution)
            {
                statement.Write!(i, 1);
                continue;
            }
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

    /// <summary>What only a branch defines is not there where that branch does not hold.</summary>
    private static void Skip(Statement statement, int from, int block, bool onlyPredicted)
    {
        for (var cell = from; cell < from + block; cell++)
            if (!onlyPredicted || statement.Roles[cell] is not (Role.Latent or Role.Observed)) statement.Cells[cell] = double.NaN;
    }

    private Statement StatementOf(int d)
    {
        if (_statements[d] is { } statement) return statement;
        var state = _model.Definitions[d];
        var variable = state.Definition.Variable;
        return _statements[d] = new Statement(state, this[variable], _model[variable].Roles,
            state.Definition.Distribution is { } distribution ? DistributionCode.Of(distribution, _code) : null,
            state.Definition.IsRandom ? null : BlockCode.RunWriter(_code, state, this[variable]),
            _interventions.Of(variable), Holds(state.Space.OpenGates));
    }

    /// <summary>Whether all of some gates hold, under the present values of the loops.</summary>
    public Func<bool> Holds(IReadOnlyList<Gate> gates)
    {
        if (gates.Count == 0) return () => true;
        var conditions = gates.Select(g => (Value: _code.Scalar(g.Condition), Wanted: g.Side == GateSide.Then)).ToArray();
        return () => Array.TrueForAll(conditions, c => c.Value() is var value && !double.IsNaN(value) && value != 0 == c.Wanted);
    }

    private Func<double> Sum(FactorState factor)
    {
        var each = IterationOf(factor);
        return () =>
        {
            var sum = 0.0;
            for (var i = 0; i < factor.Space.Count; i++) sum += each(i);
            return sum;
        };
    }

    private Func<bool> Condition(ConditionState condition)
    {
        var holds = IterationOf(condition);
        return () =>
        {
            for (var i = 0; i < condition.Space.Count; i++)
                if (!holds(i)) return false;
            return true;
        };
    }

    /// <summary>Whether a condition holds in an iteration, under the present assignment; where its branch does not, it asks for nothing.</summary>
    public Func<int, bool> IterationOf(ConditionState condition)
    {
        var (value, isAsked) = (_code.Array(condition.Condition), Holds(condition.Space.OpenGates));
        return i =>
        {
            Iterations.Set(_code, condition.Space, i);
            return !isAsked() || Array.TrueForAll(value().Values, v => v != 0);
        };
    }

    /// <summary>What a factor adds to the log density in an iteration, under the present assignment.</summary>
    public Func<int, double> IterationOf(FactorState factor)
    {
        var (value, counts) = (_code.Scalar(factor.Factor.Value), Holds(factor.Space.OpenGates));
        return i =>
        {
            Iterations.Set(_code, factor.Space, i);
            return counts() ? value() : 0;
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

    private sealed record Statement(DefinitionState State, double[] Cells, Role[] Roles, DistributionCode? Distribution, Action<int, int>? Write, double[]? Fixed, Func<bool> Holds);
}
