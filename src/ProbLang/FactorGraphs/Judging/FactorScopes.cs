using System.Collections.Immutable;
using System.Diagnostics;

namespace ProbLang.FactorGraphs;

/// <summary>The factors of a graph with its plates written out, in linear time: indices belong to plates, or are known, or are unknown integers that choose.</summary>
internal sealed class FactorScopes
{
    private readonly FactorElements _elements;
    private readonly Action<FactorScope> _visit;
    private readonly FactorScope _scope = new();
    private readonly List<GateStatement> _gates = [];
    private readonly List<int> _selectors = [];

    private FactorScopes(FactorElements elements, Action<FactorScope> visit) => (_elements, _visit) = (elements, visit);

    /// <summary>Calls back for every factor.</summary>
    public static void Visit(FactorGraph graph, FactorElements elements, Action<FactorScope> visit)
    {
        foreach (var run in new FactorScopes(elements, visit).Prepare(graph.Statements)) run();
    }

    private Action[] Prepare(ImmutableArray<FactorStatement> statements) => [.. statements.Select(Prepare)];

    private Action Prepare(FactorStatement statement) => statement switch
    {
        RepeatStatement repeat => Repeat(repeat.Range, Prepare(repeat.Body)),
        GateStatement { Selector.Variable.Data: null } gate => Random(gate),
        GateStatement gate => Known(gate, new(gate.Selector, _elements.Indices), Prepare(gate.Body)),
        DefineStatement define => Factor(define, define.Target, define.Arguments),
        ConstrainStatement constrain => Factor(constrain, null, constrain.Arguments),
        _ => throw new UnreachableException(statement.GetType().Name),
    };

    private Action Repeat(FactorRange range, Action[] body)
    {
        var slot = _elements.Indices.SlotOf(range);
        return () =>
        {
            var size = _elements.Indices.SizeOf(range);
            for (var i = 0; i < size; i++)
            {
                _elements.Indices.At(slot) = i;
                foreach (var run in body) run();
            }
        };
    }

    private Action Random(GateStatement gate)
    {
        var (selector, first) = (new ElementReference(gate.Selector, _elements.Indices), _elements.FirstOf(gate.Selector.Variable));
        _gates.Add(gate);
        var body = Prepare(gate.Body);
        _gates.RemoveAt(_gates.Count - 1);
        return () =>
        {
            _selectors.Add(first + selector.Place());
            foreach (var run in body) run();
            _selectors.RemoveAt(_selectors.Count - 1);
        };
    }

    private static Action Known(GateStatement gate, ElementReference selector, Action[] body) => () =>
    {
        var value = selector.Integer();
        var open = gate.Kind switch
        {
            GateKind.If => value != 0,
            GateKind.IfNot => value == 0,
            GateKind.Case => value == gate.Value,
            _ => true,
        };
        if (!open) return;
        foreach (var run in body) run();
    };

    private Action Factor(FactorStatement statement, FactorReference? target, ImmutableArray<FactorReference> arguments)
    {
        var references = arguments.Append(target).OfType<FactorReference>().Where(r => r.Variable.Data is null)
            .Select(r => (First: _elements.FirstOf(r.Variable), Reference: new ElementReference(r, _elements.Indices))).OrderBy(r => r.Reference.Choosers.IsEmpty ? 0 : 1).ToArray();
        var defined = target is null ? null : new ElementReference(target, _elements.Indices);
        var first = target is null ? 0 : _elements.FirstOf(target.Variable);
        var depths = Depths(arguments);
        return () =>
        {
            _scope.Elements.Clear();
            _scope.Selectors.Clear();
            foreach (var depth in depths) _scope.Selectors.Add(_selectors[depth]);
            (_scope.Statement, _scope.Target, _scope.Chosen) = (statement, defined is null ? -1 : first + defined.Place(), 0);
            foreach (var (start, reference) in references) Add(start, reference);
            _visit(_scope);
        };
    }

    /// <summary>
    /// The gates on which a factor depends by itself. What is drawn in a branch depends on the branch through its draw, and what reads it there is connected to the branch by it.
    /// </summary>
    private int[] Depths(ImmutableArray<FactorReference> arguments)
    {
        var read = arguments.Select(a => a.Variable).ToHashSet();
        var depths = new List<int>();
        for (var depth = _gates.Count - 1; depth >= 0; depth--)
        {
            if (!FactorStatements.Within(_gates[depth].Body).OfType<DefineStatement>().Any(d => read.Contains(d.Target.Variable))) depths.Insert(0, depth);
            read.Add(_gates[depth].Selector.Variable);
        }
        return [.. depths];
    }

    private void Add(int start, ElementReference reference)
    {
        if (reference.IsSingle)
        {
            _scope.Elements.Add(start + reference.Place());
            return;
        }
        var before = _scope.Elements.Count;
        reference.ForEach(place => _scope.Elements.Add(start + place));
        if (!reference.Choosers.IsEmpty) _scope.Chosen += _scope.Elements.Count - before;
    }
}
