using System.Diagnostics;

namespace ProbLang.Distributions;

/// <summary>What a distribution takes and gives, in words.</summary>
internal static class DomainText
{
    /// <summary>Which values a parameter may have.</summary>
    public static string Of(Parameter parameter) => parameter.Domain switch
    {
        Domain.Real => "a real number",
        Domain.Positive => "above 0",
        Domain.NonNegative => "0 or above",
        Domain.Probability => "from 0 to 1",
        Domain.Count => "an integer, 0 or above",
        Domain.Size => "an integer, 0 or above, that the data determine",
        Domain.Simplex => "probabilities that add up to 1",
        Domain.PositiveVector => "a vector of numbers above 0",
        Domain.PositiveDefinite => "a symmetric, positive definite matrix",
        Domain.CholeskyFactor => "a lower-triangular matrix with a positive diagonal",
        Domain.RealVector => "a vector",
        Domain.Integer => "an integer",
        Domain.IncreasingVector => "a vector of increasing numbers",
        _ => throw new UnreachableException($"{parameter.Domain}"),
    } + (parameter.Optional ? ", may be left out" : "");

    /// <summary>What a distribution draws, and what can be done with it.</summary>
    public static string Abilities(Distribution distribution)
    {
        var values = distribution.IsBoolean ? "true or false" : distribution.IsDiscrete ? "integers" : "real numbers";
        var abilities = new List<string> { distribution.EventRank switch { 0 => $"Values: {values}", 1 => $"Values: vectors of {values}", _ => $"Values: matrices of {values}" } };
        if (!distribution.CanSample) abilities.Add("improper: it has a density and cannot be drawn from");
        if (distribution is ScalarDistribution scalar)
            abilities.Add(scalar.HasDistributionFunction ? "distribution function and quantiles: it can be truncated, censored and rounded" : "no distribution function");
        return string.Join("; ", abilities) + ".";
    }
}
