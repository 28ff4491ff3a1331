using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Puts statements that are solved into a graph: <c>x = f(z)</c> becomes <c>z = f⁻¹(x)</c> and a factor log |d f⁻¹/dx|, and what z is drawn from a
/// factor, too. Where a statement is solved in some iterations only, a gate that the data decide parts these from the others.
/// </summary>
internal sealed class SolvedGraph
{
    private readonly Draft _draft;
    private readonly Dictionary<Definition, Definition?> _left = new(ReferenceEqualityComparer.Instance);
    private readonly List<Definition> _made = [];
    private readonly List<Factor> _factors = [];
    private readonly List<InvertedStatement> _inversions = [];
    private readonly List<SolvedDraw> _draws = [];
    private readonly List<Variable> _masks = [];
    private readonly Dictionary<string, DataArray> _data = [];

    private readonly SolvedStatements _solved;

    private SolvedGraph(Draft draft, SolvedStatements solved) => (_draft, _solved) = (draft, solved);

    public static InvertedModel Of(Draft draft, SolvedStatements solved)
    {
        var graph = new SolvedGraph(draft, solved);
        foreach (var statement in solved.All) graph.Add(statement);
        foreach (var variable in solved.Variables)
            foreach (var number in draft.DefinitionsOf(variable))
                if (draft.Graph.Definitions[number].IsRandom) graph.AddDraw(draft.Definitions[number], c => solved[variable, c] >= 0);
        return graph.Build();
    }

    private InvertedModel Build()
    {
        var (before, written) = (_draft.Inverted, _draft.Graph);
        foreach (var input in written.Variables.Where(v => v is { IsInput: true, LevelsOf: null } && _draft.InferredSizes.ContainsKey(v))) Give(input, [], [_draft.InferredSizes[input]]);
        var laid = _solved.All.SelectMany(s => new[] { s.Variable, written.Definitions[s.Number].Variable }).Distinct();
        return Prepared(
            written with
            {
                Variables = [.. written.Variables, .. _masks],
                Definitions = [.. written.Definitions.Select(d => _left.TryGetValue(d, out var left) ? left : d).OfType<Definition>(), .. _made],
                Factors = [.. written.Factors, .. _factors],
            },
            _draft.Data.With(new DataSet(_data))) with
        {
            Inversions = [.. before?.Inversions ?? [], .. _inversions],
            Draws = [.. before?.Draws ?? [], .. _draws],
            Laid = (before?.Laid ?? ImmutableDictionary<Variable, VariableState>.Empty).SetItems(laid.Select(v => KeyValuePair.Create(v, _draft[v].State))),
        };
    }

    private static InvertedModel Prepared(ModelGraph graph, DataSet data)
    {
        var (prepared, known) = Learning.PrepareAgain(graph, data);
        return new InvertedModel(prepared, known);
    }

    private void Add(SolvedStatement solved)
    {
        var (state, definition) = (_draft.Definitions[solved.Number], _draft.Graph.Definitions[solved.Number]);
        var gates = Part(state, solved.Iterations);
        var indices = solved.Target is IndexedValue part ? part.Indices.Select(i => ((AtIndex)i).Position).ToImmutableArray() : [];
        _made.Add(new Definition(solved.Variable, definition.Plates, indices, null, solved.Solution.Value, definition.Span) { Target = definition.Target, Gates = gates });
        if (solved.Solution.LogJacobian is { IsEmpty: false } terms)
            _factors.Add(new Factor(definition.Plates, gates, terms.Skip(1).Aggregate(terms[0], new Formula(definition.Span).Add), definition.Span) { Observed = ObservedBehind(definition.Variable) });
        var draw = _draft.Graph.DefinitionsOf(solved.Variable).FirstOrDefault(d => d.IsRandom);
        // What a net makes is known when its weights are.
        _inversions.Add(new InvertedStatement(definition, solved.Variable, draw, new Formula(definition.Target).Part(definition.Variable, definition.Indices), gates, [.. solved.Solution.Limits.Where(l => !Walk.Over([l.Holds]).Any(v => v is NetValue))])
        {
            IsGiven = !_solved.Variables.Contains(definition.Variable),
        });
    }

    private void AddDraw(DefinitionState state, Func<int, bool> isSolved)
    {
        var iterations = new bool[state.Count];
        for (var i = 0; i < state.Count; i++) iterations[i] = state.SizeOf(i) > 0 && isSolved(state.Targets[i]);
        if (!Array.Exists(iterations, i => i)) return;
        var definition = state.Definition;
        _draft.Attempt(definition.Variable, () =>
        {
            new DomainCheck(_draft, _draft[definition.Variable].State, state).Run(definition.Distribution!);
            if (definition.Variable.DeclaredType is not null) DeclaredRangeCheck.Run(_draft, definition.Variable, state);
        });
        var gates = Part(state, iterations);
        var formula = new Formula(definition.Span);
        var rank = definition.Distribution!.Rank - DistributionTraits.EventRank(definition.Distribution);
        var density = new DistributionValue(DistributionQuestion.LogDensity, definition.Distribution, formula.Part(definition.Variable, definition.Indices), rank, ElementType.Real, definition.Span);
        var factor = new Factor(definition.Plates, gates, formula.Sum(density), definition.Span) { Observed = ObservedBehind(definition.Variable) };
        _factors.Add(factor);
        _draws.Add(new SolvedDraw(definition, factor));
    }

    /// <summary>The variable that is given from which another one is solved, by itself or by what comes between.</summary>
    private Variable ObservedBehind(Variable variable)
    {
        for (var seen = new HashSet<Variable>(ReferenceEqualityComparer.Instance); seen.Add(variable);)
            if (_solved.All.FirstOrDefault(s => s.Variable == variable) is { } solved) variable = _draft.Graph.Definitions[solved.Number].Variable;
        return variable;
    }

    /// <summary>Takes iterations out of a statement; the gates under which what stands instead holds.</summary>
    private ImmutableArray<Gate> Part(DefinitionState state, bool[] iterations)
    {
        var definition = state.Definition;
        if (Array.TrueForAll(iterations, i => i))
        {
            _left.Add(definition, null);
            return definition.Gates;
        }
        var shape = _draft[definition.Variable].State.Shape[..definition.Indices.Length];
        var solved = new double[Tensor.CountOf(shape)];
        for (var i = 0; i < iterations.Length; i++)
            if (iterations[i]) solved[state.Targets[i] / Math.Max(1, state.BlockSize)] = 1;
        var mask = Mask(definition, shape, solved);
        var condition = new Formula(definition.Target).Part(mask, definition.Indices);
        _left.Add(definition, definition with { Gates = definition.Gates.Add(new Gate(condition, GateSide.Else, definition.Plates.Length)) });
        return definition.Gates.Add(new Gate(condition, GateSide.Then, definition.Plates.Length));
    }

    private Variable Mask(Definition definition, int[] shape, double[] solved)
    {
        // A name that no model can have.
        var name = string.Create(CultureInfo.InvariantCulture, $"{definition.Variable.Name} solved {_draft.Graph.Variables.Length + _masks.Count}");
        var mask = new Variable(name, isInput: true, definition.Span)
        {
            IsAuxiliary = true,
            Rank = shape.Length,
            Type = ElementType.Boolean,
            Dims = [.. shape.Select(n => new ConstantValue(n, ElementType.Integer, definition.Span))],
            DimensionNames = [.. shape.Select(_ => (string?)null)],
        };
        _masks.Add(mask);
        Give(mask, shape, solved);
        return mask;
    }

    private void Give(Variable variable, int[] shape, double[] values) => _data[variable.Name] = new DataArray(variable.Name, shape, values, null, _ => null);
}
