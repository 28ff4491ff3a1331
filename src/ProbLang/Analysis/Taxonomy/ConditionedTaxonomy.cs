using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Where a model with its data stands.</summary>
internal static class ConditionedTaxonomy
{
    /// <param name="model">The model.</param>
    /// <param name="whyNotEliminated">Why what is latent cannot be eliminated exactly; empty where it can. Only asked for where something is.</param>
    public static ModelClass Of(ConditionedModel model, Func<ImmutableArray<Diagnostic>> whyNotEliminated)
    {
        var taxonomy = new Taxonomy(model.Written);
        if (taxonomy.Unnormalised(v => IsObserved(model, v)) is { } unnormalised) return unnormalised;
        var latents = model.Definitions.Where(d => d.Definition is { IsRandom: true, Variable.IsParameter: false } && Has(model, d, Role.Latent)).Select(d => d.Definition).ToArray();
        if (latents.Length > 0 && whyNotEliminated() is var objections) return taxonomy.Latent(Deciding(model, latents, objections), objections.IsEmpty);
        if (model.Inverted?.Inversions.FirstOrDefault(i => i.IsGiven) is { } inversion) return taxonomy.InvertibleMap(inversion.Statement, Draw(model.Inverted, inversion).Name);
        var observed = model.Definitions.Where(d => d.Definition is { IsRandom: true, Variable.IsParameter: false } && Has(model, d, Role.Observed)).Select(d => WrittenAs(model, d.Definition));
        return taxonomy.Observed(observed, "every observed variable has a density, and no latent is left to integrate");
    }

    /// <summary>Of several latents the one that elimination stops at, else the first; a continuous one where there is one, since what is discrete is summed out given it.</summary>
    private static Definition Deciding(ConditionedModel model, Definition[] latents, ImmutableArray<Diagnostic> objections)
    {
        Definition[] some = [.. latents.Where(d => d.Variable.Type == ElementType.Real)];
        if (some.Length == 0) some = latents;
        // What an objection is about may be drawn elsewhere than where it shows.
        var places = objections.SelectMany(o => o.Related.Select(r => (Location?)r.Location).Append(o.Location)).OfType<Location>();
        return places.Select(place => Array.Find(some, d => model.Graph.Source.Locate(d.Span) is var own && (own.Path, own.Line) == (place.Path, place.Line))).FirstOrDefault(d => d is not null) ?? some[0];
    }

    /// <summary>The draw that something is solved for in the end.</summary>
    private static Variable Draw(InvertedModel inverted, InvertedStatement inversion)
    {
        var solved = inversion.Solved;
        for (var i = 0; i < inverted.Inversions.Length && inverted.Inversions.FirstOrDefault(n => !n.IsGiven && n.Statement.Variable == solved) is { } next; i++) solved = next.Solved;
        return solved;
    }

    /// <summary>The statement of the modeller that a statement is made of.</summary>
    private static Definition WrittenAs(ConditionedModel model, Definition definition) =>
        model.Written.DefinitionsOf(definition.Variable).FirstOrDefault(d => d.Span == definition.Span) ?? definition;

    private static bool Has(ConditionedModel model, DefinitionState state, Role role)
    {
        var roles = model[state.Definition.Variable].Roles;
        for (var i = 0; i < state.Count; i++)
            if (roles.AsSpan(state.Targets[i], state.SizeOf(i)).Contains(role)) return true;
        return false;
    }

    private static bool IsObserved(ConditionedModel model, Variable variable) =>
        variable is { IsInput: false, IsParameter: false } && model.Graph.Variables.Contains(variable) && (model[variable].Any(Role.Observed) || model.IsGiven(variable));
}
