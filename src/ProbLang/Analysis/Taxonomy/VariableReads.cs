using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What expressions are made of, through everything that is computed between.</summary>
internal sealed class VariableReads(ModelGraph graph)
{
    /// <summary>All variables that go into some values: those named, and what computed ones are computed of.</summary>
    public HashSet<Variable> Behind(IEnumerable<Bound> values) => Follow(values, out _);

    /// <summary>The first net that is applied on the way; null where there is none.</summary>
    public Net? NetBehind(IEnumerable<Bound> values)
    {
        Follow(values, out var net);
        return net;
    }

    /// <summary>The first net that is applied to something that a variable goes into; null where there is none.</summary>
    public Net? NetOf(Func<Variable, bool> variable) => graph.Definitions.SelectMany(d => Walk.Over(Parts.OfRight(d))).Concat(Walk.Over(graph.Factors.Select(f => f.Value)))
        .OfType<NetValue>().FirstOrDefault(n => Behind(Parts.Of(n)).Any(variable))?.Net;

    /// <summary>What a random statement is drawn given.</summary>
    public HashSet<Variable> Given(Definition definition) => Behind(Parts.OfRight(definition).Concat(definition.Gates.Select(g => g.Condition)));

    private HashSet<Variable> Follow(IEnumerable<Bound> values, out Net? net)
    {
        net = null;
        var (seen, open) = (new HashSet<Variable>(ReferenceEqualityComparer.Instance), new Stack<Bound>(values));
        while (open.TryPop(out var next))
            foreach (var part in Walk.Over([next]))
            {
                if (part is NetValue value) net ??= value.Net;
                if (part is not VariableValue { Variable: var variable } || !seen.Add(variable)) continue;
                foreach (var definition in graph.DefinitionsOf(variable))
                    if (definition.Value is { } right) open.Push(right);
            }
        return seen;
    }
}
