using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Whether computed statements can be solved, as far as the statements alone say it.</summary>
/// <param name="graph">The model.</param>
/// <param name="isGiven">What counts as given.</param>
internal sealed class GraphInverse(ModelGraph graph, Func<Variable, bool> isGiven)
{
    private readonly SolvableParts _parts = new(graph);
    private readonly GraphFacts _facts = new(graph);
    private readonly RandomVariables _random = new(graph.Definitions);
    private readonly HashSet<Definition> _open = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<Variable, Variable> _solvedFrom = new(ReferenceEqualityComparer.Instance);

    /// <summary>What has been solved for.</summary>
    public IReadOnlyCollection<Variable> Solved => _solvedFrom.Keys;

    /// <summary>Solves a statement; the reason where it cannot be.</summary>
    public NoInverse? Solve(Definition definition)
    {
        NoInverse? reason = null;
        if (!_open.Add(definition)) return new NoInverse($"`{definition.Variable}` depends on itself", definition.Span);
        foreach (var target in _parts.Of(definition, v => _random.Contains(v) && !isGiven(v) && v is { IsParameter: false, IsInput: false }))
        {
            var failed = TrySolve(definition, target);
            reason ??= failed;
            if (failed is not null) continue;
            _open.Remove(definition);
            return null;
        }
        _open.Remove(definition);
        return reason ?? new NoInverse("nothing unknown goes into it that has as many elements", definition.Span);
    }

    private NoInverse? TrySolve(Definition definition, Bound target)
    {
        var variable = SolvableParts.VariableOf(target);
        if (variable.Type != ElementType.Real) return new NoInverse($"`{_facts.TextOf(target)}` is discrete", target.Span);
        if (SolvableParts.WhyNoDensity(graph, variable) is { } why) return new NoInverse($"`{variable}` {why}", target.Span);
        if (_solvedFrom.TryGetValue(variable, out var from) && from != definition.Variable) return new NoInverse($"`{variable}` is determined by `{from}` already", target.Span);
        if (definition.Plates.FirstOrDefault(p => definition.Indices.Any(i => Layout.Touches(i, [p])) && !Layout.Touches(target, [p])) is not null)
            return new NoInverse($"`{_facts.TextOf(target)}` goes into more than one element", target.Span);
        var inverse = new ExpressionInverse(target, new Formula(definition.Target).Part(definition.Variable, definition.Indices), _facts);
        if (inverse.Of(definition.Value!) is null) return inverse.Reason;
        foreach (var behind in graph.DefinitionsOf(variable).Where(d => !d.IsRandom))
            if (Solve(behind) is { } reason) return reason;
        _solvedFrom[variable] = definition.Variable;
        return null;
    }
}
