using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>What becomes of the variables of a factor graph: which are computed of what, which are known to hold, and of which nothing else speaks.</summary>
internal sealed class FactorUses
{
    private readonly HashSet<FactorVariable> _used = [];
    private readonly HashSet<FactorVariable> _pinned = [];
    private readonly ILookup<FactorVariable, DefineStatement> _definitions;
    private readonly ILookup<FactorVariable, GateStatement> _definingGates;

    public FactorUses(FactorGraph graph)
    {
        var all = FactorStatements.Of(graph).ToList();
        _definitions = all.OfType<DefineStatement>().ToLookup(d => d.Target.Variable);
        var gates = all.OfType<GateStatement>().ToList();
        _definingGates = gates.SelectMany(g => FactorStatements.Within(g.Body).OfType<DefineStatement>().Select(d => (Gate: g, d.Target.Variable))).ToLookup(p => p.Variable, p => p.Gate);
        foreach (var gate in gates) Use(gate.Selector);
        foreach (var define in all.OfType<DefineStatement>())
        {
            foreach (var index in define.Target.Indices.OfType<ValueIndex>()) Use(index.Value);
            foreach (var argument in define.Arguments) Use(argument);
        }
        foreach (var constrain in all.OfType<ConstrainStatement>()) Pin(constrain);
    }

    /// <summary>What becomes of the value that a statement defines.</summary>
    public FactorTarget TargetOf(FactorVariable variable) =>
        variable.Data is not null || _pinned.Contains(variable) ? FactorTarget.Observed : _used.Contains(variable) ? FactorTarget.Latent : FactorTarget.Predicted;

    /// <summary>Whether a variable is computed of others, and not drawn.</summary>
    public bool IsComputed(FactorVariable variable) => _definitions[variable].Any(d => d.Operation is >= FactorOperation.Plus or FactorOperation.Copy);

    /// <summary>Whether a variable is drawn in a branch that depends on a selector, or on what is computed of it.</summary>
    public bool IsDrawnInBranch(FactorVariable variable, FactorVariable selector) =>
        _definingGates[variable].Any(g => g.Selector.Variable == selector || _definitions[g.Selector.Variable].Any(d => d.Arguments.Any(a => a.Variable == selector)));

    private void Use(FactorReference reference)
    {
        _used.Add(reference.Variable);
        foreach (var index in reference.Indices.OfType<ValueIndex>()) Use(index.Value);
    }

    private void Pin(ConstrainStatement constrain)
    {
        foreach (var argument in constrain.Arguments) Use(argument);
        var isPinned = constrain.Constraint is FactorConstraint.True or FactorConstraint.False
            || constrain.Constraint == FactorConstraint.Equal && constrain.Arguments.Any(a => a.Variable.Data is not null);
        if (isPinned) _pinned.UnionWith(constrain.Arguments.Select(a => a.Variable));
    }
}
