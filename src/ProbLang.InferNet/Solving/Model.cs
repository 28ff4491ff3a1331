using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.ML.Probabilistic.Models;
using ProbLang.FactorGraphs;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.InferNet;

/// <summary>A factor graph as a model of Infer.NET, of which nothing but data stays open.</summary>
internal sealed class Model
{
    private readonly FactorGraph _graph;
    private readonly Usage _usage;
    private readonly ModelNames _names;
    private readonly Dictionary<FactorRange, Range> _ranges = [];
    // A variable of an iteration is made in its plates, without the dimensions that these are.
    private readonly Dictionary<FactorVariable, ModelVariable> _variables = [];
    private readonly Dictionary<FactorVariable, int> _plates = [];
    private readonly Dictionary<DefineStatement, (ModelVariable? Place, int Plates)> _priors = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, Variable<int>> _positions = [];
    private readonly ILookup<Block, FactorVariable> _madeIn;
    private readonly ILookup<Block, DefineStatement> _priorsMadeIn;

    /// <param name="graph">The factor graph.</param>
    /// <param name="withEvidence">Whether the model is to be one of two, so that the odds tell the evidence.</param>
    public Model(FactorGraph graph, bool withEvidence)
    {
        (_graph, _usage, _names) = (graph, new Usage(graph), new ModelNames(graph));
        _madeIn = graph.Variables.ToLookup(_usage.HomeOf);
        _priorsMadeIn = _usage.Definitions.ToLookup(_usage.PriorHomeOf);
        foreach (var variable in graph.Variables.Where(v => v.Data is not null && !_usage.IsDefined(v))) Declare(variable);
        // A constant belongs to the gate that it is made in, and so does what it is an index of.
        foreach (var position in _usage.Positions) _positions.Add(position, Variable.Constant(position));
        Evidence = withEvidence ? Variable.Bernoulli(0.5).Named(ModelNames.Evidence) : null;
        using (Evidence is null ? null : Variable.If(Evidence))
        {
            Write(graph.Statements, _usage.All);
            foreach (var variable in graph.Variables.Where(v => RandomStarts.Has(v, _usage))) _variables[variable].StartAt(_names.StartOf(variable));
        }
    }

    /// <summary>Whether it is this model, of two; null where there is no other.</summary>
    public Variable<bool>? Evidence { get; }

    /// <summary>What is to be inferred.</summary>
    public IEnumerable<IVariable> Queries
    {
        get
        {
            foreach (var query in _graph.Queries) yield return (IVariable)_variables[query].Whole;
            if (Evidence is not null) yield return Evidence;
        }
    }

    private ModelVariable Declare(FactorVariable variable, int plates = 0)
    {
        if (_variables.TryGetValue(variable, out var known)) return known;
        if (variable.IsConstant)
        {
            _plates.Add(variable, 0);
            return _variables[variable] = ModelVariableOf.Constant(variable.Data!.Numbers.Span[0]);
        }
        var declared = Elements.Dispatch(variable, _usage.IsPlainMatrix(variable), new ModelVariableOf(_names[variable], [.. variable.Ranges.Skip(plates).Select(RangeOf)]));
        _variables.Add(variable, declared);
        _plates.Add(variable, plates);
        if (variable.Values is { } values && _usage.IsDefined(variable)) declared.SetValueRange(RangeOf(values));
        if (variable.Data is not null) declared.Observe(ObservedValue.Of(variable, _usage.IsPlainMatrix(variable)));
        else if (_usage.DefinitionsOf(variable).All(d => d.Operation == FactorOperation.Copy)) declared.SetFamily(variable.Domain);
        return declared;
    }

    private void DeclarePrior(DefineStatement definition, int plates)
    {
        var variable = definition.Target.Variable;
        _priors.Add(definition, (PriorPlace.Of(definition.Operation, _names.PriorOf(variable), [.. variable.Ranges.Skip(plates).Select(RangeOf)]), plates));
    }

    private Range RangeOf(FactorRange range)
    {
        if (_ranges.TryGetValue(range, out var known)) return known;
        Declare(range.Size.Variable);
        return _ranges[range] = new Range((Variable<int>)At(range.Size)).Named(_names[range]);
    }

    private void Write(FactorStatement statement)
    {
        switch (statement)
        {
            case RepeatStatement repeat:
                using (Variable.ForEach(RangeOf(repeat.Range))) Write(repeat.Body, _usage.BlockOf(repeat));
                break;
            case GateStatement gate:
                using (Open(gate)) Write(gate.Body, _usage.BlockOf(gate));
                break;
            case DefineStatement define:
                Define(define);
                break;
            case ConstrainStatement constrain:
                Operations.Constrain(constrain.Constraint, [.. constrain.Arguments.Select(At)]);
                break;
            default:
                throw new UnreachableException(statement.GetType().Name);
        }
    }

    private void Write(ImmutableArray<FactorStatement> statements, Block block)
    {
        foreach (var variable in _madeIn[block]) Declare(variable, block.Plates.Length);
        foreach (var definition in _priorsMadeIn[block]) DeclarePrior(definition, block.Plates.Length);
        foreach (var statement in statements) Write(statement);
    }

    private ConditionBlock Open(GateStatement gate) => (gate.Kind, At(gate.Selector)) switch
    {
        (GateKind.If, Variable<bool> selector) => Variable.If(selector),
        (GateKind.IfNot, Variable<bool> selector) => Variable.IfNot(selector),
        (GateKind.Case, Variable<int> selector) => Variable.Case(selector, gate.Value),
        (GateKind.Switch, Variable<int> selector) => Variable.Switch(selector),
        _ => throw new UnreachableException($"{gate.Kind} by {gate.Selector}"),
    };

    private void Define(DefineStatement define)
    {
        var target = define.Target.Variable;
        var values = target.Values is null ? null : RangeOf(target.Values);
        var (place, plates) = _priors[define];
        var prior = place?.At([.. define.Target.Indices.Skip(plates).Select(Index)]);
        Assignment.Assign(At(define.Target), new Operations([.. define.Arguments.Select(At)], target, values, prior).Of(define.Operation));
    }

    private Variable At(FactorReference reference) => _variables[reference.Variable].At([.. reference.Indices.Skip(_plates[reference.Variable]).Select(Index)]);

    private IModelExpression Index(FactorIndex index) => index switch
    {
        RangeIndex i => RangeOf(i.Range),
        ValueIndex i => At(i.Value),
        FixedIndex i => _positions.TryGetValue(i.Position, out var known) ? known : _positions[i.Position] = Variable.Constant(i.Position),
        _ => throw new UnreachableException(index.GetType().Name),
    };
}
