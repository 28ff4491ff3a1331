using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A model with statements of its own for the partial results of reductions, so that no statement depends on many finite cells where steps that depend on few will do.</summary>
internal sealed class DecomposedModel
{
    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly Reductions _reductions;
    private readonly bool _withChance;
    private readonly List<Variable> _variables = [];
    private readonly List<VariableState> _states = [];
    private readonly List<DefinitionState> _definitions;
    private readonly List<DefinitionRun> _order = [];
    private readonly List<(Bound Node, Steps Steps)> _shared = [];
    private readonly HashSet<List<DefinitionRun>> _ordered = new(ReferenceEqualityComparer.Instance);

    private DecomposedModel(ConditionedModel model, Evaluator evaluator, Reductions reductions, bool withChance)
    {
        (_model, _evaluator, _reductions, _withChance) = (model, evaluator, reductions, withChance);
        _definitions = [.. model.Definitions];
    }

    /// <summary>Whether some partial results are random: then a sum over all of them is what it was, but not a maximum.</summary>
    public bool HasChance { get; private set; }

    /// <summary>The model with partial results; itself where nothing is gained.</summary>
    public static (ConditionedModel Model, bool HasChance) Of(ConditionedModel model, Evaluator evaluator, FiniteSupports supports, bool withChance)
    {
        var decomposed = new DecomposedModel(model, evaluator, new Reductions(model, evaluator, supports.Cells, supports.Scopes), withChance);
        var result = decomposed.Build();
        return (decomposed._variables.Count == 0 ? model : result, decomposed.HasChance);
    }

    private ConditionedModel Build()
    {
        var partial = new Dictionary<int, List<Steps>>();
        for (var d = 0; d < _model.Definitions.Count; d++)
            if (Decompose(d) is { Count: > 0 } steps) partial.Add(d, steps);
        foreach (var run in _model.Order)
        {
            if (!partial.TryGetValue(run.Definition, out var steps))
            {
                _order.Add(run);
                continue;
            }
            for (var i = run.First; i < run.First + run.Count; i++)
            {
                foreach (var step in steps) Order(step, i);
                _order.Add(new DefinitionRun(run.Definition, i, 1));
            }
        }
        ConditionState[] conditions = [.. _model.Conditions.Select(Decompose)];
        FactorState[] factors = [.. _model.Factors.Select(Decompose)];
        var states = _model.Variables.Concat(_states).ToDictionary(s => s.Variable, s => s);
        var graph = _model.Graph with { Variables = [.. _model.Graph.Variables, .. _variables], Definitions = [.. _definitions.Select(d => d.Definition)] };
        return new ConditionedModel(graph, states, _definitions, _model.OrderBounds)
        {
            Levels = _model.Levels,
            Factors = factors,
            Conditions = conditions,
            Objections = _model.Objections,
            Order = _order,
            Simulated = _model.Simulated,
            Inverted = _model.Inverted,
        };
    }

    /// <summary>Partial results are computed before what first asks for them.</summary>
    private void Order(Steps steps, int iteration)
    {
        if (_ordered.Add(steps.Runs[iteration])) _order.AddRange(steps.Runs[iteration]);
    }

    private List<Steps> Decompose(int d)
    {
        var state = _model.Definitions[d];
        var definition = state.Definition;
        var all = new List<Steps>();
        foreach (var found in _reductions.Of(Roots(definition), definition.Distribution, state.Space, _withChance))
        {
            var forward = _model[definition.Variable];
            var steps = Add(found, _definitions[d].Space, i => forward.Roles[state.Targets[i]] is Role.Predicted or Role.ComputedForward, definition.Distribution as CatalogDistribution);
            var replacement = Rewriting.OfPart(found.Reduction.Node, steps.Last);
            var before = _definitions[d];
            _definitions[d] = new DefinitionState(before.Definition with
            {
                Plates = steps.Space.Plates,
                Distribution = before.Definition.Distribution is { } distribution ? replacement.In(distribution) : null,
                Value = before.Definition.Value is { } value ? replacement.In(value) : null,
            })
            { Space = steps.Space, Targets = state.Targets, BlockShape = state.BlockShape, BlockSize = state.BlockSize, BlockLengths = state.BlockLengths };
            all.Add(steps);
        }
        return all;
    }

    private static IEnumerable<Bound> Roots(Definition definition) => definition.Distribution is { } distribution ? Parts.Of(distribution).Where(p => p.Rank < 2) : [definition.Value!];

    private ConditionState Decompose(ConditionState condition)
    {
        foreach (var found in _reductions.Of([condition.Condition], null, condition.Space, withChance: false))
        {
            var steps = Add(found, condition.Space, _ => false, null);
            for (var i = 0; i < steps.Runs.Length; i++) Order(steps, i);
            condition = condition with { Condition = Rewriting.OfPart(found.Reduction.Node, steps.Last).In(condition.Condition), Space = steps.Space };
        }
        return condition;
    }

    private FactorState Decompose(FactorState factor)
    {
        // The addends of a factor are factors by themselves.
        if (Reduction.Of(factor.Factor.Value) is { Operation.Op: Numerics.Op.Add }) return factor;
        foreach (var found in _reductions.Of([factor.Factor.Value], null, factor.Space, withChance: false))
        {
            var steps = Add(found, factor.Space, _ => false, null);
            for (var i = 0; i < steps.Runs.Length; i++) Order(steps, i);
            factor = new FactorState(factor.Factor with { Value = Rewriting.OfPart(found.Reduction.Node, steps.Last).In(factor.Factor.Value) }, steps.Space);
        }
        return factor;
    }

    /// <summary>The statements that compute the partial results for each iteration of another.</summary>
    /// <param name="space">The iterations of that other, with the place of the last partial result as a further index.</param>
    /// <param name="last">That partial result.</param>
    /// <param name="runs">For each iteration, what computes its partial results.</param>
    private sealed class Steps(IterationSpace space, Bound last, List<DefinitionRun>[] runs)
    {
        public IterationSpace Space => space;

        public Bound Last => last;

        public List<DefinitionRun>[] Runs => runs;
    }

    /// <summary>What is computed once is there for all who ask; chances are drawn for each anew.</summary>
    private Steps Add(Decomposition decomposition, IterationSpace space, Func<int, bool> isForward, CatalogDistribution? bernoulli)
    {
        if (decomposition.IsChance || !space.Plates.IsEmpty || !space.OpenGates.IsEmpty) return Make(decomposition, space, isForward, bernoulli);
        var known = _shared.Find(s => SameMeaning.Holds(s.Node, decomposition.Reduction.Node));
        if (known.Node is not null) return new Steps(space, known.Steps.Last, known.Steps.Runs);
        var steps = Make(decomposition, space, isForward, bernoulli);
        _shared.Add((decomposition.Reduction.Node, steps));
        return steps;
    }

    private Steps Make(Decomposition decomposition, IterationSpace space, Func<int, bool> isForward, CatalogDistribution? bernoulli)
    {
        var reduction = decomposition.Reduction;
        var (node, span) = (reduction.Node, reduction.Node.Span);
        var variable = new Variable(Name(node), isInput: false, span) { Rank = 1, Type = decomposition.IsChance ? ElementType.Boolean : node.Type };
        var (at, end) = (new Loop("at", span), new Loop("end", span));
        var partial = new VariableValue(variable, span);
        var previous = Element(partial, new ElementwiseValue(Operators.Subtract, [new LoopValue(at, span), new ConstantValue(1, ElementType.Integer, span)], 0, ElementType.Integer, span));
        var chains = new List<Chain>();
        foreach (var group in reduction.Terms)
        {
            if (chains.Count == 0) chains.Add(new Chain(group, group.Term));
            chains.Add(new Chain(group, new ElementwiseValue(reduction.Operation, [previous, group.Term], 0, node.Type, span)));
        }
        var (runs, ends, forward, offset) = (new List<DefinitionRun>[space.Count], new int[space.Count], new List<bool>(), _definitions.Count);
        for (var i = 0; i < space.Count; i++)
        {
            runs[i] = [];
            var isFirst = true;
            for (var g = 0; g < reduction.Terms.Length; g++)
            {
                Iterations.Set(_evaluator.Code, space, i);
                var (first, count) = reduction.Terms[g].Loop is null ? (0, 1) : _evaluator.Code.Extent(Scalar(reduction.Terms[g].Lower!), Scalar(reduction.Terms[g].Upper!), span);
                for (var k = first; k < first + count; k++)
                {
                    var chain = isFirst ? 0 : g + 1;
                    runs[i].Add(new DefinitionRun(offset + chain, chains[chain].Cells.Count, 1));
                    chains[chain].Add(i, k, forward.Count);
                    forward.Add(isForward(i));
                    isFirst = false;
                }
            }
            ends[i] = forward.Count;
        }
        var plateOf = (Loop loop) => new Plate(loop, new ConstantValue(1, ElementType.Integer, span), new ConstantValue(forward.Count, ElementType.Integer, span));
        foreach (var chain in chains)
        {
            var plates = space.Plates.Add(plateOf(at));
            if (chain.Group.Loop is { } loop) plates = plates.Add(new Plate(loop, chain.Group.Lower!, chain.Group.Upper!));
            var distribution = decomposition.IsChance ? bernoulli! with { Arguments = [chain.Value, .. bernoulli!.Arguments.Skip(1)], Rank = 0, Span = span } : null;
            _definitions.Add(new DefinitionState(new Definition(variable, plates, [new LoopValue(at, span)], distribution, decomposition.IsChance ? null : chain.Value, span) { Target = span })
            {
                Space = Of(space, plates, chain),
                Targets = [.. chain.Cells],
            });
        }
        HasChance |= decomposition.IsChance;
        _variables.Add(variable);
        _states.Add(new VariableState(variable, [forward.Count])
        {
            Values = [.. forward.Select(_ => double.NaN)],
            Roles = [.. forward.Select(f => (decomposition.IsChance, f) switch { (true, true) => Role.Predicted, (true, false) => Role.Latent, _ => Role.Computed })],
            Needed = [.. forward.Select(f => !f)],
        });
        if (space.Plates.IsEmpty) return new Steps(space, Element(partial, new ConstantValue(ends[0], ElementType.Integer, span)), runs);
        var own = new IterationSpace
        {
            Plates = space.Plates.Add(plateOf(end)),
            Count = space.Count,
            IsRectangular = false,
            LoopValues = [.. space.LoopValues, ends],
            OpenGates = space.OpenGates,
            IsOpen = space.IsOpen,
        };
        return new Steps(own, Element(partial, new LoopValue(end, span)), runs);
    }

    private static IterationSpace Of(IterationSpace space, ImmutableArray<Plate> plates, Chain chain)
    {
        List<int[]> loops = [.. space.LoopValues.Select(values => chain.Iterations.Select(i => values[i]).ToArray()), [.. chain.Cells.Select(c => c + 1)]];
        if (chain.Group.Loop is not null) loops.Add([.. chain.LoopValues]);
        return new IterationSpace
        {
            Plates = plates,
            Count = chain.Cells.Count,
            IsRectangular = false,
            LoopValues = [.. loops],
            OpenGates = space.OpenGates,
            IsOpen = space.IsOpen is [] ? [] : [.. chain.Iterations.Select(i => space.IsOpen[i])],
        };
    }

    private sealed record Chain(ReducedTerms Group, Bound Value)
    {
        public List<int> Iterations { get; } = [];

        public List<int> LoopValues { get; } = [];

        public List<int> Cells { get; } = [];

        public void Add(int iteration, int loop, int cell)
        {
            Iterations.Add(iteration);
            LoopValues.Add(loop);
            Cells.Add(cell);
        }
    }

    private static IndexedValue Element(VariableValue partial, Bound index) => new(partial, [new AtIndex(index)], 0, partial.Type, partial.Span);

    /// <summary>What messages call it: what is written.</summary>
    private string Name(Bound node)
    {
        const int Longest = 40;
        var text = string.Join(' ', _model.Graph.Source.TextOf(node.Span).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length <= Longest ? text : string.Concat(text.AsSpan(0, Longest - 1), "…");
    }

    private double Scalar(Bound value) => _evaluator.Code.Scalar(value)();
}
