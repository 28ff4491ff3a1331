using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Where a model stands by its statements alone.</summary>
internal static class GraphTaxonomy
{
    /// <summary>The class without data: what nothing depends on counts as observed, everything else that is random as latent.</summary>
    public static ModelClass Of(ModelGraph graph)
    {
        var used = ModelClass.UsedVariables(graph);
        // What is computed at the end is of interest where draws are what is observed; else it is what is observed.
        var isDrawn = graph.Definitions.Any(d => d.IsRandom && !used.Contains(d.Variable));
        return Of(graph, v => !v.IsInput && !used.Contains(v) && (!isDrawn || graph.DefinitionsOf(v).Any(d => d.IsRandom)), "nothing depends on a random variable, so the density is a product of known factors");
    }

    /// <summary>The class with data that the model cannot be conditioned on: what they name is observed.</summary>
    public static ModelClass Of(ModelGraph graph, DataSet data) => Of(graph, v => IsGiven(graph, data, v), "every observed variable has a density, and no latent is left to integrate");

    /// <summary>Whether the data, or the model itself, give something of a variable.</summary>
    public static bool IsGiven(ModelGraph graph, DataSet data, Variable variable) => !variable.IsInput && (data.Arrays.TryGetValue(variable.Name, out var array)
        ? Enumerable.Range(0, array.Values.Length).Any(c => !array.IsMissing(c)) : graph.GivenValues.Any(g => g.Variable == variable));

    /// <param name="graph">The model.</param>
    /// <param name="isObserved">What counts as observed.</param>
    /// <param name="otherwise">What is said where nothing else decides.</param>
    public static ModelClass Of(ModelGraph graph, Func<Variable, bool> isObserved, string otherwise)
    {
        var taxonomy = new Taxonomy(graph);
        if ((taxonomy.Learned() ?? taxonomy.Unnormalised(v => !v.IsInput && isObserved(v) && graph.DefinitionsOf(v).Any(d => d.IsRandom))) is { } unnormalised) return unnormalised;
        var random = new RandomVariables(graph.Definitions);
        var inverse = new GraphInverse(graph, isObserved);
        Definition? inverted = null;
        foreach (var definition in graph.Definitions.Where(d => !d.IsRandom && isObserved(d.Variable) && random.MayReach(d.Value!)))
        {
            if (inverse.Solve(definition) is { } reason) return taxonomy.NoDensity(definition, reason);
            inverted ??= definition;
        }
        var needed = new VariableReads(graph);
        var latents = graph.Definitions.Where(d => d.IsRandom && !isObserved(d.Variable) && !inverse.Solved.Contains(d.Variable) && IsNeeded(d.Variable)).ToArray();
        if (latents.Length > 0) return taxonomy.Latent(Array.Find(latents, d => d.Variable.Type == ElementType.Real) ?? latents[0], Array.TrueForAll(latents, d => d.Variable.Type != ElementType.Real));
        if (inverted is not null) return taxonomy.InvertibleMap(inverted, Drawn(inverted));
        return taxonomy.Observed(graph.Definitions.Where(d => d.IsRandom && isObserved(d.Variable)), otherwise);

        // A series counts as observed although its own next values are made of it.
        bool IsNeeded(Variable variable) => ModelClass.UsedVariables(graph).Contains(variable);

        string Drawn(Definition definition) => needed.Behind(Parts.OfRight(definition)).First(v => inverse.Solved.Contains(v) && graph.DefinitionsOf(v).Any(d => d.IsRandom)).Name;
    }
}
