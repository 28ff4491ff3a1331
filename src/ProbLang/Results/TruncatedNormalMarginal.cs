using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>A normal distribution that is cut off.</summary>
/// <param name="Location">The mean that it would have without the bounds.</param>
/// <param name="Scale">The standard deviation that it would have without the bounds.</param>
/// <param name="Lower">The least value; may be -infinity.</param>
/// <param name="Upper">The greatest value; may be infinity.</param>
public sealed record TruncatedNormalMarginal(double Location, double Scale, double Lower, double Upper) : Marginal
{
    /// <summary>The density is below e⁻⁴⁰ of its greatest beyond so much of its logarithm.</summary>
    private const double Negligible = 40;

    private const int Panels = 8;

    /// <summary>So many standard deviations from the mode no double has a quantile.</summary>
    private const double Far = 39;

    private double A => (Lower - Location) / Scale;

    private double B => (Upper - Location) / Scale;

    /// <inheritdoc/>
    public override double Mean => Moments().Mean;

    /// <inheritdoc/>
    public override double Sd => Moments().Sd;

    /// <inheritdoc/>
    public override string? Distribution => "Normal";

    /// <inheritdoc/>
    public override ImmutableArray<(string Name, double Value)> Parameters => [("mean", Location), ("sd", Scale)];

    /// <inheritdoc/>
    public override (double Lower, double Upper)? Truncation => (Lower, Upper);

    /// <inheritdoc/>
    public override double Cdf(double x)
    {
        if (x <= Lower) return 0;
        if (x >= Upper) return 1;
        return Math.Exp(NormalTails.LogDifference(A, (x - Location) / Scale) - NormalTails.LogDifference(A, B));
    }

    internal override double Survival(double x)
    {
        if (x <= Lower) return 1;
        if (x >= Upper) return 0;
        return Math.Exp(NormalTails.LogDifference((x - Location) / Scale, B) - NormalTails.LogDifference(A, B));
    }

    /// <summary>Bisection over the representable numbers, looking at the nearer tail.</summary>
    private protected override double Inverse(double p)
    {
        if (p is 0 or 1) return p == 0 ? Lower : Upper;
        var (a, b, mode) = (A, B, Mode);
        var (start, end) = (Location + Scale * Math.Max(a, mode - Far), Location + Scale * Math.Min(b, mode + Far));
        var (total, target) = (NormalTails.LogDifference(a, b), Math.Log(p < 0.5 ? p : 1 - p));
        var (below, above) = (QuantileSearch.Key(start), QuantileSearch.Key(end));
        while (below < above)
        {
            var middle = QuantileSearch.Middle(below, above);
            var z = (QuantileSearch.Number(middle) - Location) / Scale;
            var reached = p < 0.5 ? NormalTails.LogDifference(a, z) - total >= target : NormalTails.LogDifference(z, b) - total <= target;
            if (reached) above = middle;
            else below = middle + 1;
        }
        return QuantileSearch.Number(above);
    }

    /// <summary>The place of greatest density, in standard deviations.</summary>
    private double Mode => Math.Clamp(0, A, B);

    /// <summary>Integrals of distances from where the density is greatest, over where it is not negligible: nothing cancels, however far out the bounds are.</summary>
    private (double Mean, double Sd) Moments()
    {
        var mode = Mode;
        var (left, right) = (Reach(-mode, mode - A), Reach(mode, B - mode));
        double mass = 0, first = 0, second = 0;
        for (var panel = 0; panel < Panels; panel++)
        {
            double from = -left + (left + right) * panel / Panels, to = -left + (left + right) * (panel + 1) / Panels;
            mass += GaussLegendre.Integrate(new Power(mode, 0, 0), from, to);
            first += GaussLegendre.Integrate(new Power(mode, 0, 1), from, to);
        }
        var mean = first / mass;
        for (var panel = 0; panel < Panels; panel++)
            second += GaussLegendre.Integrate(new Power(mode, mean, 2), -left + (left + right) * panel / Panels, -left + (left + right) * (panel + 1) / Panels);
        return (Location + Scale * (mode + mean), Scale * Math.Sqrt(second / mass));
    }

    /// <summary>How far from the mode the density matters, where it falls as exp(-slope t - t²/2).</summary>
    private static double Reach(double slope, double most) => slope > 0
        ? Math.Min(most, 2 * Negligible / (slope + Math.Sqrt(slope * slope + 2 * Negligible))) : Math.Min(most, Math.Sqrt(2 * Negligible));

    /// <summary>(t - centre)^n at a distance t from the mode, times the density relative to that of the mode.</summary>
    private readonly record struct Power(double Mode, double Centre, int Exponent) : IIntegrand
    {
        public double At(double x) => Math.Pow(x - Centre, Exponent) * Math.Exp(-x * (Mode + 0.5 * x));
    }
}
