using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>Which variables an expression reads, and what follows from it.</summary>
internal static class Dependencies
{
    /// <summary>The variables that an expression names.</summary>
    public static IEnumerable<Variable> Of(Bound expression) => Uses.Of([expression]);

    /// <summary>The variables that a distribution's arguments name.</summary>
    public static IEnumerable<Variable> Of(BoundDistribution distribution) => Uses.Of(Parts.Of(distribution));

    /// <summary>Whether the value of an expression depends on a latent.</summary>
    public static bool OnLatent(ConditionedModel model, Bound expression) => OnLatent(model, Of(expression), []);

    /// <summary>
    /// The random definitions whose location and scale lead back to themselves: written as location + scale · z they would be
    /// a recursion.
    /// </summary>
    public static IReadOnlySet<DefinitionState> Recursive(ConditionedModel model)
    {
        var definitions = model.Definitions.ToLookup(d => d.Definition.Variable);
        var groups = Groups([.. model.Graph.Variables], v => Uses.Of(definitions[v].SelectMany(d => Parts.OfRight(d.Definition))));
        return model.Definitions.Where(d => d.Definition.IsRandom && groups.ContainsKey(d.Definition.Variable)).ToHashSet();
    }

    /// <summary>For each variable that leads back to itself, all that do so together.</summary>
    public static Dictionary<Variable, Variable[]> Groups(Variable[] variables, Func<Variable, IEnumerable<Variable>> reads)
    {
        var number = new Dictionary<Variable, int>();
        foreach (var variable in variables) number.Add(variable, number.Count);
        var successors = Array.ConvertAll(variables, v => (int[])[.. reads(v).Distinct().Where(number.ContainsKey).Select(r => number[r])]);
        var groups = new Dictionary<Variable, Variable[]>();
        foreach (var component in StrongComponents.Of(variables.Length, v => successors[v]))
        {
            if (component.Count == 1 && !successors[component[0]].Contains(component[0])) continue;
            Variable[] group = [.. component.Order().Select(v => variables[v])];
            foreach (var variable in group) groups.Add(variable, group);
        }
        return groups;
    }

    private static bool OnLatent(ConditionedModel model, IEnumerable<Variable> variables, HashSet<Variable> seen)
    {
        foreach (var variable in variables)
        {
            if (!seen.Add(variable)) continue;
            if (model[variable].Any(Role.Latent)) return true;
            if (model[variable].Any(Role.Computed)
                && model.Definitions.Where(d => d.Definition.Variable == variable && d.Definition.Value is not null)
                    .Any(d => OnLatent(model, Of(d.Definition.Value!), seen))) return true;
        }
        return false;
    }
}
