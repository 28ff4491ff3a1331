using System.Diagnostics;
using ProbLang.Distributions;

namespace ProbLang.Graph;

/// <summary>What can be said of a distribution from its kind alone.</summary>
internal static class DistributionTraits
{
    /// <summary>Whether P(X ≤ x) is there, as modifiers and <c>cdf</c> need it.</summary>
    public static bool HasDistributionFunction(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Distribution is ScalarDistribution { HasDistributionFunction: true },
        RepeatedDistribution d => HasDistributionFunction(d.Base),
        TruncatedDistribution d => HasDistributionFunction(d.Base),
        CensoredDistribution d => HasDistributionFunction(d.Base),
        RoundedDistribution d => HasDistributionFunction(d.Base),
        MixtureDistribution d => d.Components.All(HasDistributionFunction),
        MixtureComprehension d => HasDistributionFunction(d.Component),
        ZeroDistribution d => HasDistributionFunction(d.Rest),
        PointDistribution => true,
        MarkedDistribution or OrderedDistribution or ChoiceDistribution or LearnedDistribution => false,
        _ => throw new UnreachableException(distribution.GetType().Name),
    };

    /// <summary>How many dimensions of a draw belong together, as against a batch of draws; branches and components agree in that.</summary>
    public static int EventRank(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Distribution.EventRank,
        OrderedDistribution or LearnedDistribution => 1,
        PointDistribution => 0,
        _ => EventRank(Parts.Inside(distribution).First()),
    };

    /// <summary>Whether a single real value may have a probability above 0, so that there is no density around it.</summary>
    public static bool HasAtoms(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution or LearnedDistribution => false,
        ChoiceDistribution d => HasAtoms(d.Then) || HasAtoms(d.Else),
        RepeatedDistribution d => HasAtoms(d.Base),
        TruncatedDistribution d => HasAtoms(d.Base),
        OrderedDistribution d => HasAtoms(d.Base),
        MixtureDistribution d => d.Components.Any(HasAtoms),
        MixtureComprehension d => HasAtoms(d.Component),
        CensoredDistribution or MarkedDistribution or RoundedDistribution or PointDistribution or ZeroDistribution => true,
        _ => throw new UnreachableException(distribution.GetType().Name),
    };

    /// <summary>The distribution of vectors or matrices whose elements bind each other that it is, or is made of; null where there is none.</summary>
    public static ArrayDistribution? Constrained(BoundDistribution distribution) => distribution is CatalogDistribution catalog
        ? catalog.Distribution as ArrayDistribution is { Constraint: not EventConstraint.None } array ? array : null
        : Parts.Inside(distribution).Select(Constrained).FirstOrDefault(a => a is not null);

    /// <summary>Whether all its draws have one distribution: dimensions come from <c>^</c> alone.</summary>
    public static bool IsIid(BoundDistribution distribution) => distribution switch
    {
        { Rank: 0 } => true,
        RepeatedDistribution d => IsIid(d.Base),
        TruncatedDistribution d => IsIid(d.Base) && (d.Lower?.Rank ?? 0) == 0 && (d.Upper?.Rank ?? 0) == 0,
        _ => false,
    };

    /// <summary>What it is called in messages.</summary>
    public static string Name(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Distribution.Name,
        RepeatedDistribution d => Name(d.Base),
        TruncatedDistribution d => $"{Name(d.Base)} truncated",
        CensoredDistribution d => $"{Name(d.Base)} censored",
        MarkedDistribution d => $"{Name(d.Base)} censored",
        RoundedDistribution d => $"{Name(d.Base)} rounded",
        OrderedDistribution d => $"{Name(d.Base)} ordered",
        ZeroDistribution d => d.Name,
        PointDistribution => "Delta",
        ChoiceDistribution d => $"{Name(d.Then)} or {Name(d.Else)}",
        LearnedDistribution d => d.Form.ToString(),
        MixtureDistribution or MixtureComprehension => "Mixture",
        _ => throw new UnreachableException(distribution.GetType().Name),
    };
}
