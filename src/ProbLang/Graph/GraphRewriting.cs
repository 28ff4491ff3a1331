namespace ProbLang.Graph;

/// <summary>
/// Puts other variables in the places of some, throughout a graph: in statements, in what is around them, and in what other variables are declared to be, which
/// become other variables by it.
/// </summary>
internal sealed class GraphRewriting
{
    private readonly Dictionary<Variable, Variable> _variables = new(ReferenceEqualityComparer.Instance);

    private readonly Rewriting _rewriting;

    private GraphRewriting() => _rewriting = new Rewriting(part =>
        part is VariableValue value ? _variables.TryGetValue(value.Variable, out var other) ? new VariableValue(other, value.Span) : value
        : IsTouched(part) ? null : part);

    /// <summary>The graph with the variables that a rule gives in the places of those that it gives them for; null where one stays.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="rule">The variable without its dimensions and bounds, which are taken over.</param>
    public static ModelGraph Of(ModelGraph graph, Func<Variable, Variable?> rule)
    {
        var rewriting = new GraphRewriting();
        foreach (var variable in graph.Variables)
            if (rule(variable) is { } other) rewriting._variables.Add(variable, other);
        if (rewriting._variables.Count == 0) return graph;
        // What is declared by something that changes changes too.
        for (var found = true; found;)
        {
            found = false;
            foreach (var variable in graph.Variables)
                if (!rewriting._variables.ContainsKey(variable) && DeclaredBy(variable).Any(rewriting.IsTouched)) found |= rewriting._variables.TryAdd(variable, Copy(variable, variable.IsInput));
        }
        foreach (var (variable, other) in rewriting._variables) rewriting.Declare(variable, other);
        return rewriting.In(graph);
    }

    /// <summary>A variable of the same name and kind, without what it is declared by.</summary>
    public static Variable Copy(Variable variable, bool isInput) => new(variable.Name, isInput, variable.Span)
    {
        IsParameter = variable.IsParameter,
        IsAuxiliary = variable.IsAuxiliary,
        Called = variable.Called,
        LevelsOf = variable.LevelsOf,
        Label = variable.Label,
        Rank = variable.Rank,
        Type = variable.Type,
        LowerIsOpen = variable.LowerIsOpen,
        DeclaredType = variable.DeclaredType,
        Documentation = variable.Documentation,
        Category = variable.Category,
        Structure = variable.Structure,
        DimensionCategories = variable.DimensionCategories,
        DimensionNames = variable.DimensionNames,
    };

    private static IEnumerable<Bound> DeclaredBy(Variable variable) =>
        variable.Dims.Concat(((Bound?[])[variable.Lower, variable.Upper, variable.StructureSize, variable.Default, variable.Start]).OfType<Bound>());

    private void Declare(Variable from, Variable to)
    {
        to.Dims = [.. from.Dims.Select(_rewriting.In)];
        to.Lower = In(from.Lower);
        to.Upper = In(from.Upper);
        to.StructureSize = In(from.StructureSize);
        to.Default = In(from.Default);
        to.Start = In(from.Start);
    }

    private bool IsTouched(Bound part) => part is VariableValue value ? _variables.ContainsKey(value.Variable) : Parts.Of(part).Any(IsTouched);

    private Bound? In(Bound? value) => value is null ? null : _rewriting.In(value);

    private Variable In(Variable variable) => _variables.GetValueOrDefault(variable, variable);

    private ModelGraph In(ModelGraph graph)
    {
        var written = _rewriting.In(graph);
        return written with
        {
            Variables = [.. graph.Variables.Select(In)],
            Definitions = [.. written.Definitions.Select(d => d with { Variable = In(d.Variable) })],
            GivenValues = [.. written.GivenValues.Select(g => g with { Variable = In(g.Variable) })],
            Factors = [.. written.Factors.Select(f => f.Observed is { } observed ? f with { Observed = In(observed) } : f)],
            Guide = graph.Guide is { } guide ? guide with { Variables = [.. guide.Variables.Select(In)], Definitions = [.. guide.Definitions.Select(d => _rewriting.In(d) with { Variable = In(d.Variable) })] } : null,
        };
    }
}
