using System.Globalization;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What there is to say of a class, whichever way it was found.</summary>
internal sealed class Taxonomy(ModelGraph graph)
{
    private readonly VariableReads _reads = new(graph);

    public const string Autoregressive = "autoregressive model";
    public const string Flow = "normalizing flow";
    public const string LatentVariable = "latent variable model";
    public const string Variational = "variational autoencoder";
    public const string EnergyBased = "energy-based model";
    public const string Diffusion = "diffusion model";
    public const string Adversarial = "generative adversarial network";
    public const string Simulator = "simulator";

    /// <summary>A factor over what is observed that depends on something learned leaves a normalizer that is not known.</summary>
    public ModelClass? Unnormalised(Func<Variable, bool> isObserved)
    {
        foreach (var factor in graph.Factors)
        {
            var behind = _reads.Behind([factor.Value, .. factor.Gates.Select(g => g.Condition)]);
            if (behind.FirstOrDefault(isObserved) is not { } observed || (behind.FirstOrDefault(v => v.IsParameter)?.Name ?? _reads.NetBehind([factor.Value])?.Name) is not { } learned) continue;
            var place = graph.Source.Locate(factor.Span);
            return new ModelClass(ModelClass.Approximate, $"this `factor` (line {Line(place)}) weights `{observed}` by `{learned}`, so that the density has a normalizer that is unknown", place)
            { Family = EnergyBased, Objectives = Objective.Of(new EnergyKind()) };
        }
        return null;
    }

    /// <summary>A distribution that is made by a net, of what is observed or not.</summary>
    public ModelClass? Learned()
    {
        foreach (var definition in graph.Definitions)
        {
            if (Learning.LearnedBy(definition.Distribution) is not { } learned) continue;
            var place = Place(definition);
            return learned.Form == LearnedForm.Energy
                ? new ModelClass(ModelClass.Approximate, $"{Name(definition)} has a density up to a normalizer that is unknown", place) { Family = EnergyBased, Objectives = Objective.Of(new EnergyKind()) }
                : new ModelClass(ModelClass.Approximate, $"{Name(definition)} is made in steps, over which its density is an integral", place) { Family = Diffusion, Objectives = Objective.Of(new DiffusionKind()) };
        }
        return null;
    }

    /// <summary>What is observed and computed has no inverse.</summary>
    public ModelClass NoDensity(Definition definition, NoInverse reason)
    {
        var net = _reads.NetBehind(Parts.OfRight(definition));
        return new ModelClass(ModelClass.Implicit, $"{Name(definition)} is computed of random variables and cannot be solved for one of them, so that there is no density: {reason.Why}", Place(definition))
        { Family = net is null ? Simulator : Adversarial, Objectives = Objective.Of(new ImplicitKind(definition.Variable.Name)) };
    }

    public ModelClass InvertibleMap(Definition definition, string solved) =>
        new(ModelClass.Tractable, $"{Name(definition)} is an invertible map of `{solved}`, whose density it has, times a Jacobian", Place(definition))
        { Family = Flow, Objectives = Objective.Of(new FlowKind(definition.Variable.Name)) };

    /// <summary>Something latent: eliminated exactly, or left.</summary>
    public ModelClass Latent(Definition definition, bool isEliminated)
    {
        var isContinuous = definition.Variable.Type == ElementType.Real;
        var latent = $"{Name(definition)} is a {(isContinuous ? "continuous" : "discrete")} latent";
        var net = _reads.NetOf(v => v == definition.Variable);
        var (name, reason) = (isContinuous, isEliminated) switch
        {
            (true, false) => (ModelClass.Approximate, $"{latent}, so the density of the data is an integral"),
            (true, true) => (ModelClass.Tractable, $"{latent}, which is integrated in closed form"),
            (false, true) => (ModelClass.Tractable, $"{latent}, which can be summed out"),
            (false, false) => (ModelClass.Approximate, $"{latent}, which exact inference cannot sum out"),
        };
        ModelKind kind = isEliminated ? new EliminatedKind(definition.Variable.Name, isContinuous) : new LatentKind(definition.Variable.Name, isContinuous, graph.Nets.FirstOrDefault()?.Name);
        return new ModelClass(name, reason, Place(definition)) { Family = net is not null && !isEliminated ? Variational : LatentVariable, Objectives = Objective.Of(kind) };
    }

    /// <summary>Everything random is observed: values may be drawn given others of the same variable.</summary>
    public ModelClass Observed(IEnumerable<Definition> observed, string otherwise)
    {
        foreach (var definition in observed)
            if (_reads.Given(definition).Contains(definition.Variable))
                return new ModelClass(ModelClass.Tractable, $"{Name(definition)} is drawn given other values of its own, and no latent is left to integrate", Place(definition))
                { Family = Autoregressive, Objectives = Objective.Of(new ObservedKind()) };
        return new ModelClass(ModelClass.Tractable, otherwise, null) { Objectives = Objective.Of(new ObservedKind()) };
    }

    private string Name(Definition definition) => $"`{definition.Variable}` (line {Line(Place(definition))})";

    private Location Place(Definition definition) => graph.Source.Locate(definition.Target.Length > 0 ? definition.Target : definition.Span);

    private static string Line(Location place) => place.Line.ToString(CultureInfo.InvariantCulture);
}
