namespace ProbLang.Graph;

/// <summary>The variables that are random, or computed from such, if the data do not give them.</summary>
internal sealed class RandomVariables
{
    private readonly HashSet<Variable> _variables = new(ReferenceEqualityComparer.Instance);

    private readonly HashSet<Variable> _drawn = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _computed = new(ReferenceEqualityComparer.Instance);

    public RandomVariables(IReadOnlyCollection<Definition> definitions)
    {
        var users = new Dictionary<Variable, List<Variable>>(ReferenceEqualityComparer.Instance);
        var open = new Stack<Variable>();
        foreach (var definition in definitions)
        {
            (definition.IsRandom ? _drawn : _computed).Add(definition.Variable);
            if (definition.IsRandom && _variables.Add(definition.Variable)) open.Push(definition.Variable);
            foreach (var used in Parts.OfRight(definition).Concat(definition.Gates.Select(g => g.Condition)).SelectMany(Used))
            {
                if (!users.TryGetValue(used, out var of)) users.Add(used, of = []);
                of.Add(definition.Variable);
            }
        }
        while (open.TryPop(out var variable))
            foreach (var user in users.GetValueOrDefault(variable, []))
                if (_variables.Add(user)) open.Push(user);
    }

    public bool Contains(Variable variable) => _variables.Contains(variable);

    /// <summary>Whether every part of a variable is drawn.</summary>
    public bool IsDrawn(Variable variable) => _drawn.Contains(variable) && !_computed.Contains(variable);

    /// <summary>Whether the value of an expression may be random.</summary>
    public bool MayReach(Bound value) => Used(value).Any(_variables.Contains);

    private static IEnumerable<Variable> Used(Bound value) =>
        value is VariableValue variable ? [variable.Variable] : Parts.Of(value).SelectMany(Used);
}
