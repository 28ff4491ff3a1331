using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Editing;

/// <summary>The values that a distribution has, in a few words.</summary>
internal static class Supports
{
    public static string Of(Distribution distribution) => distribution switch
    {
        { IsBoolean: true } => "true or false",
        ScalarDistribution scalar => OfScalar(scalar),
        ArrayDistribution { EventRank: 0 } => "1 to K",
        ArrayDistribution array => OfArray(array),
        _ => distribution.Summary,
    };

    private static string OfArray(ArrayDistribution distribution) => distribution.Constraint switch
    {
        EventConstraint.Simplex => "vectors with sum 1",
        EventConstraint.Counts => "vectors of counts",
        EventConstraint.Covariance => "covariance matrices",
        EventConstraint.Correlation => "correlation matrices",
        EventConstraint.CorrelationFactor => "Cholesky factors of correlations",
        EventConstraint.Factor => "Cholesky factors",
        EventConstraint.Direction => "vectors of length 1",
        _ => distribution.EventRank == 1 ? "vectors" : "matrices",
    };

    private static string OfScalar(ScalarDistribution distribution)
    {
        var (some, other) = (BoundsAt(distribution, 1), BoundsAt(distribution, 1.5));
        string? lower = some.HasLower ? End(distribution, some.Lower.Value, other.Lower.Value) : null, upper = some.HasUpper ? End(distribution, some.Upper.Value, other.Upper.Value) : null;
        return (distribution.IsDiscrete, lower, upper) switch
        {
            (false, null, null) => "all numbers",
            (false, "0", null) => "positive numbers",
            (false, _, null) => $"numbers above {lower}",
            (false, null, _) => $"numbers below {upper}",
            (false, _, _) => $"numbers from {lower} to {upper}",
            (true, null, null) => "integers",
            (true, _, null) => $"integers from {lower}",
            (true, _, _) => $"integers from {lower} to {upper}",
        };
    }

    /// <summary>With parameters 1, 2, … times a factor: what changes with it depends on them.</summary>
    private static Bounds<Real> BoundsAt(ScalarDistribution distribution, double factor)
    {
        var parameters = new Real[distribution.Forms[0].Parameters.Length];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = distribution.IsDiscrete ? (i + 1) * Math.Ceiling(factor) : (i + 1) * factor;
        return distribution.Bounds<Real>(0, parameters);
    }

    private static string? End(ScalarDistribution distribution, double some, double other)
    {
        if (!double.IsFinite(some)) return null;
        if (some == other) return some == Math.PI ? "pi" : some == -Math.PI ? "-pi" : some.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var parameters = distribution.Forms[0].Parameters;
        return some >= 1 && some <= parameters.Length && some == Math.Floor(some) ? parameters[(int)some - 1].Name : "a bound";
    }
}
