using System.Collections.Immutable;

namespace ProbLang.Graph;

/// <summary>A distribution that is not in the catalog because it is made of others, or a modifier of one, as the reference page shows it.</summary>
internal sealed record DerivedEntry(string Name, ImmutableArray<string> Forms, string Summary);

/// <summary>What is made of distributions: a line each.</summary>
internal static class DerivedDistributions
{
    /// <summary>Called like those of the catalog.</summary>
    public static ImmutableArray<DerivedEntry> Calls { get; } =
    [
        new("Mixture", ["Mixture(weights, [D1, D2, …])", "Mixture(weights, for k in 1..K: D)"], "One of several distributions, by weight: of scalar components for each element, of multivariate ones for each vector."),
        new("ZeroInflated", ["ZeroInflated(p, D)"], "An extra zero with probability p, else a draw of D."),
        new("Hurdle", ["Hurdle(p, D)"], "Zero with probability p, else a draw of D above zero. Where D is continuous, the zero has a probability and the rest a density."),
        new("Delta", ["Delta(value)"], "All mass at one value."),
    ];

    /// <summary>Written after a distribution that has a distribution function.</summary>
    public static ImmutableArray<DerivedEntry> Modifiers { get; } =
    [
        new("truncated", ["D truncated (a, b)"], "Values outside of the bounds cannot occur; normalised, bounds inclusive, either of which may be left out."),
        new("censored", ["D censored (a, b)", "D censored (right: c)", "D censored (left: c)", "D censored (interval: u)"],
            "Values outside of the bounds are recorded as the bound; or, where the condition holds, the value recorded is a lower or an upper bound of the true one, or the start of an interval that ends at u."),
        new("rounded", ["D rounded (step)"], "Recorded to the nearest multiple of the step."),
        new("ordered", ["D ^ K ordered"], "Independent continuous draws, sorted along the last dimension."),
    ];
}
