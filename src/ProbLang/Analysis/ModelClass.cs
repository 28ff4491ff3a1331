using System.Globalization;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Where a model stands in the taxonomy of generative models, and what decides it.</summary>
/// <param name="Name">The class, in the words of the taxonomy.</param>
/// <param name="Reason">Why, as a sentence.</param>
/// <param name="Decided">The statement that decides it; null where it is the absence of one.</param>
internal sealed record ModelClass(string Name, string Reason, Location? Decided)
{
    private const string Tractable = "explicit, tractable";
    private const string Approximate = "explicit, approximate";

    /// <summary>The class of a model with its data.</summary>
    /// <param name="model">The model.</param>
    /// <param name="isEliminated">Whether all that is latent can be eliminated exactly.</param>
    public static ModelClass Of(ConditionedModel model, bool isEliminated)
    {
        // A parameter is a constant, though it is learned like a latent.
        var latents = model.Graph.Definitions.Where(d => d is { IsRandom: true, Variable.IsParameter: false } && model[d.Variable].Any(Role.Latent)).ToArray();
        if (latents.Length == 0) return new ModelClass(Tractable, "every observed variable has a density, and no latent is left to integrate", null);
        return Latent(model.Graph, FirstContinuous(latents), isEliminated);
    }

    /// <summary>The class without data: what nothing depends on counts as observed, everything else that is random as latent.</summary>
    public static ModelClass Of(ModelGraph graph)
    {
        var used = UsedVariables(graph);
        if (Learned(graph, used) is { } learned) return learned;
        var latents = graph.Definitions.Where(d => d.IsRandom && used.Contains(d.Variable)).ToArray();
        if (latents.Length > 0) return Latent(graph, FirstContinuous(latents), Array.TrueForAll(latents, d => d.Variable.Type != ElementType.Real));
        return new ModelClass(Tractable, "nothing depends on a random variable, so the density is a product of known factors", null);
    }

    /// <summary>
    /// The variables that a definition of another variable, a condition or a factor depends on. What is computed of a series for
    /// its own next values, as the variances of a GARCH model are, belongs to the series and is no such definition.
    /// </summary>
    public static HashSet<Variable> UsedVariables(ModelGraph graph)
    {
        var reads = graph.Definitions.GroupBy(d => d.Variable).ToDictionary(g => g.Key, ReadBy);
        var used = new HashSet<Variable>();
        foreach (var (reader, direct) in reads)
        {
            var (seen, open) = (new HashSet<Variable> { reader }, new Stack<Variable>(direct));
            while (open.TryPop(out var read))
            {
                if (!seen.Add(read)) continue;
                if (!(IsComputed(graph, reader) && Recur(reads, reader, read))) used.Add(read);
                if (IsComputed(graph, read))
                    foreach (var behind in ReadsOf(reads, read))
                        if (Recur(reads, read, behind)) open.Push(behind);
            }
        }
        foreach (var order in graph.GivenOrders) used.UnionWith(Uses.Of(order));
        foreach (var condition in graph.GivenConditions) used.UnionWith(Uses.Of(condition));
        foreach (var factor in graph.Factors) used.UnionWith(Uses.Of(factor));
        return used;
    }

    private static HashSet<Variable> ReadBy(IEnumerable<Definition> definitions) =>
        Uses.Of(definitions.SelectMany(d => Parts.OfRight(d).Concat(d.Gates.Select(g => g.Condition))));

    private static IReadOnlyCollection<Variable> ReadsOf(Dictionary<Variable, HashSet<Variable>> reads, Variable variable) =>
        reads.TryGetValue(variable, out var found) ? found : [];

    private static bool IsComputed(ModelGraph graph, Variable variable) => !variable.IsInput && graph.DefinitionsOf(variable).All(d => !d.IsRandom);

    /// <summary>Whether two variables are each made of the other.</summary>
    private static bool Recur(Dictionary<Variable, HashSet<Variable>> reads, Variable one, Variable other) => IsMadeOf(reads, one, other) && IsMadeOf(reads, other, one);

    private static bool IsMadeOf(Dictionary<Variable, HashSet<Variable>> reads, Variable variable, Variable part)
    {
        var (seen, open) = (new HashSet<Variable>(), new Stack<Variable>([variable]));
        while (open.TryPop(out var next))
            foreach (var read in ReadsOf(reads, next))
            {
                if (read == part) return true;
                if (seen.Add(read)) open.Push(read);
            }
        return false;
    }

    /// <summary>What a learned distribution, or an observed variable that a net makes, says of the class; null where there is neither.</summary>
    private static ModelClass? Learned(ModelGraph graph, HashSet<Variable> used)
    {
        foreach (var definition in graph.Definitions)
        {
            if (used.Contains(definition.Variable)) continue;
            var place = graph.Source.Locate(definition.Target);
            var where = $"`{definition.Variable}` (line {place.Line.ToString(CultureInfo.InvariantCulture)})";
            if (Learning.LearnedBy(definition.Distribution) is { } learned)
                return new ModelClass(Approximate, learned.Form == LearnedForm.Energy
                    ? $"{where} has a density up to a normalizer that is unknown" : $"{where} is made in steps, over which its density is an integral", place);
            if (definition.Value is NetValue { Net: var net } && Made(graph, definition))
                return net.IsInvertible
                    ? new ModelClass(Tractable, $"{where} is an invertible map of random variables, so that it has a density", place)
                    : new ModelClass("implicit", $"{where} is what the net `{net}` makes of random variables; it has no inverse, so that there is no density", place);
        }
        return null;
    }

    /// <summary>Whether a value is made of random variables.</summary>
    private static bool Made(ModelGraph graph, Definition definition)
    {
        var (seen, open) = (new HashSet<Variable>(), new Stack<Definition>([definition]));
        while (open.TryPop(out var next))
        {
            if (next.IsRandom) return true;
            foreach (var read in Walk.Over(Parts.OfRight(next)).OfType<VariableValue>())
                if (seen.Add(read.Variable))
                    foreach (var before in graph.DefinitionsOf(read.Variable)) open.Push(before);
        }
        return false;
    }

    /// <summary>The latent that says most about the class.</summary>
    private static Definition FirstContinuous(Definition[] latents) => Array.Find(latents, d => d.Variable.Type == ElementType.Real) ?? latents[0];

    private static ModelClass Latent(ModelGraph graph, Definition definition, bool isEliminated)
    {
        var place = graph.Source.Locate(definition.Target.Length > 0 ? definition.Target : definition.Span);
        var latent = $"`{definition.Variable}` (line {place.Line.ToString(CultureInfo.InvariantCulture)}) is a {(definition.Variable.Type == ElementType.Real ? "continuous" : "discrete")} latent";
        return (definition.Variable.Type == ElementType.Real, isEliminated) switch
        {
            (true, false) => new ModelClass(Approximate, $"{latent}, so the density of the data is an integral", place),
            (true, true) => new ModelClass(Tractable, $"{latent}, which is integrated in closed form", place),
            (false, true) => new ModelClass(Tractable, $"{latent}, which can be summed out", place),
            (false, false) => new ModelClass(Approximate, $"{latent}, which exact inference cannot sum out", place),
        };
    }
}
