using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>Takes the joint density of a model apart into factors over few finite cells each.</summary>
internal sealed class TermBuilder(ConditionedModel model, Evaluator evaluator, FiniteCells cells, FiniteScopes scopes, ContinuousPart continuous, CancellationToken cancellation)
{
    private readonly List<FiniteTerm> _terms = [];
    private readonly Dictionary<VariableState, bool> _isKnown = [];
    private readonly Facts _facts = new(model);
    private readonly Dictionary<int, ParameterCheck> _checks = [];
    private readonly Dictionary<Bound, int> _parts = new(ReferenceEqualityComparer.Instance);

    /// <summary>The factors over finite cells, those that say what a cell is in the order of the model.</summary>
    public IReadOnlyList<FiniteTerm> Terms => _terms;

    /// <summary>The logarithms of what does not depend on what is unknown, together.</summary>
    public double Constant { get; private set; }

    /// <summary>Whether an observation has a density rather than a probability, or a factor may be above 1.</summary>
    public bool HasDensities { get; private set; }

    /// <summary>Why there is no such sum; null where there is.</summary>
    public Diagnostic? Objection { get; private set; }

    public void Build()
    {
        foreach (var run in model.Order)
            for (var i = run.First; i < run.First + run.Count && Objection is null; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                if (model.Definitions[run.Definition].Definition.IsRandom) AddDraws(run.Definition, i);
                else AddComputed(run.Definition, i);
            }
        for (var c = 0; c < model.Conditions.Count && Objection is null; c++) AddCondition(c);
        for (var f = 0; f < model.Factors.Count && Objection is null; f++) AddFactor(f);
        _terms.AddRange(continuous.Terms);
    }

    private void AddDraws(int definition, int iteration)
    {
        var state = model.Definitions[definition];
        var own = model[state.Definition.Variable];
        var size = RoleAssignment.EventSize(state, iteration);
        var isDiscrete = state.Definition.Distribution!.Type != ElementType.Real;
        var isConstant = UsesNothingUnknown(state);
        for (var e = 0; e * size < state.SizeOf(iteration) && Objection is null; e++)
        {
            var from = state.Targets[iteration] + e * size;
            if (continuous.Takes(definition, iteration, e)) continue;
            var number = cells.NumberOf(own.Variable, from);
            if (number < 0 && Unknown(own, from, size) is >= 0 and var unknown)
            {
                // What is drawn forward and nothing reads is no part of the sum.
                if (own.Roles.AsSpan(from, size).ContainsAnyExcept(Role.Predicted))
                    Objection = ExactDiagnostics.Continuous(CellText.Element(model, own.Variable, unknown), Locate(state.Definition.Target));
                continue;
            }
            HasDensities |= number < 0 && !isDiscrete;
            if (number < 0 && isConstant) AddConstant(definition, iteration, e);
            else AddDraw(definition, iteration, e, number);
        }
    }

    private void AddDraw(int definition, int iteration, int e, int number)
    {
        var state = model.Definitions[definition];
        var own = model[state.Definition.Variable];
        var scope = scopes.Of(definition, iteration, e);
        var cell = state.Targets[iteration] + e * RoleAssignment.EventSize(state, iteration);
        if (Object(scope, CellText.Element(model, own.Variable, cell), state.Definition.Span)) return;
        _terms.Add(new FiniteTerm
        {
            Cells = scope.Cells,
            Scope = scope,
            Key = new TableKey(definition, number < 0 ? 1 : 0, scope.Notes),
            Evaluate = number < 0 ? () => evaluator.LogDensity(definition, iteration, e, isRandom: false) : Draw(definition, iteration, e, own, cell),
            Place = Locate(state.Definition.Span),
            IsDraw = number >= 0,
            IsForward = own.Roles[cell] == Role.Predicted,
            Fact = number < 0 ? _facts.Of(state, cell) : null,
            Check = CheckOf(definition, iteration, e),
        });
    }

    private Func<bool>? CheckOf(int definition, int iteration, int e)
    {
        if (!_checks.TryGetValue(definition, out var check)) _checks.Add(definition, check = new ParameterCheck(evaluator, model.Definitions[definition].Definition.Distribution!));
        if (check.IsEmpty) return null;
        var state = model.Definitions[definition];
        return () =>
        {
            evaluator.SetIteration(state, iteration);
            return evaluator.Exists(definition, iteration) && check.Run(e);
        };
    }

    /// <summary>A draw that only a branch makes is there where the branch holds, and else not there.</summary>
    private Func<double> Draw(int definition, int iteration, int e, VariableState own, int cell)
    {
        if (cells[cells.NumberOf(own.Variable, cell)].Values is null) return () => evaluator.LogDensity(definition, iteration, e, isRandom: true);
        var storage = evaluator[own.Variable];
        return () => evaluator.Exists(definition, iteration) == double.IsNaN(storage[cell]) ? double.NegativeInfinity
            : double.IsNaN(storage[cell]) ? 0 : evaluator.LogDensity(definition, iteration, e, isRandom: true);
    }

    private void AddConstant(int definition, int iteration, int e)
    {
        var density = evaluator.LogDensity(definition, iteration, e, isRandom: false);
        if (double.IsFinite(density)) Constant += density;
        else AddDraw(definition, iteration, e, -1);
    }

    private void AddComputed(int definition, int iteration)
    {
        var state = model.Definitions[definition];
        var own = model[state.Definition.Variable];
        for (var cell = state.Targets[iteration]; cell < state.Targets[iteration] + state.SizeOf(iteration); cell++)
        {
            var number = cells.NumberOf(own.Variable, cell);
            if (number < 0) continue;
            var value = state.Definition.Value!;
            var scope = scopes.Of(value, state.Space, iteration, value.Rank == 0 ? [] : FiniteScopes.Index(cell - state.Targets[iteration], state.ShapeOf(iteration)));
            var (at, storage) = (cell, evaluator[own.Variable]);
            _terms.Add(new FiniteTerm
            {
                Cells = [number, .. scope.Cells],
                Scope = scope with { Computed = [.. scope.Computed, (definition, iteration)] },
                Key = new TableKey(definition, 2, [.. scope.Notes, cells[number].Values!.Id]),
                Evaluate = () => evaluator.Exists(definition, iteration) ? storage[at] : double.NaN,
                Place = Locate(state.Definition.Span),
                IsComputed = true,
                IsForward = own.Roles[cell] == Role.ComputedForward,
            });
        }
    }

    private void AddCondition(int number)
    {
        var condition = model.Conditions[number];
        var isAsked = evaluator.Holds(condition.Space.OpenGates);
        var parts = Conjuncts(condition.Condition).Select(part => (Bound: part, Value: evaluator.Code.Array(part))).ToArray();
        for (var i = 0; i < condition.Space.Count && Objection is null; i++)
        {
            var (iteration, fact) = (i, _facts.Of(condition, i));
            foreach (var (bound, value) in parts)
            {
                Iterations.Set(evaluator.Code, condition.Space, i);
                var shape = bound.Rank == 0 ? [] : value().Shape;
                for (var element = 0; element < Tensor.CountOf(shape) && Objection is null; element++)
                {
                    var (e, space) = (element, condition.Space);
                    var scope = scopes.Of(bound, space, i, FiniteScopes.Index(e, shape));
                    if (Object(scope, fact.Text, condition.Span)) break;
                    Add(-1 - number, scope, fact.Place, fact, () =>
                    {
                        Iterations.Set(evaluator.Code, space, iteration);
                        return !isAsked() || value().Values[e] != 0 ? 0 : double.NegativeInfinity;
                    }, bound);
                }
            }
        }
    }

    private void AddFactor(int number)
    {
        var factor = model.Factors[number];
        HasDensities = true;
        var counts = evaluator.Holds(factor.Space.OpenGates);
        var addends = new Addends(evaluator.Code);
        var place = Locate(factor.Factor.Span);
        for (var i = 0; i < factor.Space.Count && Objection is null; i++)
        {
            var (iteration, space) = (i, factor.Space);
            Iterations.Set(evaluator.Code, space, i);
            foreach (var piece in addends.Of(factor.Factor.Value))
            {
                Iterations.Set(evaluator.Code, space, i);
                piece.SetLoops();
                var scope = scopes.Of(piece.Value, space, i, piece.Element);
                if (Object(scope, "a `factor`", factor.Factor.Span)) return;
                Add(-1 - model.Conditions.Count - number, scope with { Notes = [.. scope.Notes, piece.Coefficient] }, place, null, () =>
                {
                    Iterations.Set(evaluator.Code, space, iteration);
                    piece.SetLoops();
                    return counts() ? piece.Evaluate() : 0;
                }, piece.Value);
            }
        }
    }

    private void Add(int statement, FiniteScope scope, Location place, Fact? fact, Func<double> evaluate, Bound part)
    {
        if (!_parts.TryGetValue(part, out var number)) _parts.Add(part, number = _parts.Count);
        _terms.Add(new FiniteTerm { Cells = scope.Cells, Scope = scope, Key = new TableKey(statement, number, scope.Notes), Evaluate = evaluate, Place = place, Fact = fact });
    }

    /// <summary>Whether something cannot be summed over because it depends on continuous unknowns.</summary>
    private bool Object(FiniteScope scope, string what, Span span)
    {
        if (scope.ReadsContinuous) Objection = ExactDiagnostics.OnContinuous(what, Locate(span));
        return Objection is not null;
    }

    private bool UsesNothingUnknown(DefinitionState state)
    {
        foreach (var variable in Uses.Of(state.Definition))
            if (!variable.IsInput && !IsKnown(model[variable])) return false;
        return true;
    }

    private bool IsKnown(VariableState state)
    {
        if (!_isKnown.TryGetValue(state, out var isKnown)) _isKnown.Add(state, isKnown = !state.Values.AsSpan().Contains(double.NaN));
        return isKnown;
    }

    private static int Unknown(VariableState state, int from, int size)
    {
        for (var cell = from; cell < from + size; cell++)
            if (double.IsNaN(state.Values[cell])) return cell;
        return -1;
    }

    /// <summary>What holds together holds one by one.</summary>
    private static IEnumerable<Bound> Conjuncts(Bound condition) =>
        condition is ElementwiseValue { Function: OpFunction { Op: Numerics.Op.And } } and ? and.Arguments.SelectMany(a => a.Rank == and.Rank ? Conjuncts(a) : [a]) : [condition];

    private Location Locate(Span span) => model.Graph.Source.Locate(span);
}
