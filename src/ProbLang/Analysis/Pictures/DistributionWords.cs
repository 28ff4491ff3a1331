using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A distribution without its arguments, as a picture has room for.</summary>
internal static class DistributionWords
{
    public static string Of(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution d => d.Distribution.Name,
        RepeatedDistribution d => Of(d.Base),
        TruncatedDistribution d => $"{Of(d.Base)} truncated",
        CensoredDistribution d => $"{Of(d.Base)} censored",
        MarkedDistribution d => $"{Of(d.Base)} censored",
        RoundedDistribution d => $"{Of(d.Base)} rounded",
        OrderedDistribution d => $"{Of(d.Base)} ordered",
        MixtureDistribution d => $"mixture of {string.Join(" and ", d.Components.Select(Of).Distinct())}",
        MixtureComprehension d => $"mixture of {Of(d.Component)}",
        ZeroDistribution d => $"{d.Name} {Of(d.Rest)}",
        ChoiceDistribution d => string.Join(" or ", new[] { Of(d.Then), Of(d.Else) }.Distinct()),
        LearnedDistribution d => d.Form.ToString(),
        PointDistribution => "Delta",
        _ => throw new System.Diagnostics.UnreachableException(distribution.GetType().Name),
    };
}
