using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>The quotient of two gamma variables, times a scale: a waiting time whose rate is a gamma variable.</summary>
/// <param name="Numerator">The shape of the first.</param>
/// <param name="Denominator">The shape of the second.</param>
/// <param name="Scale">The scale.</param>
public sealed record BetaPrimeMarginal(double Numerator, double Denominator, double Scale) : Marginal
{
    private static readonly Beta s_beta = new();

    /// <inheritdoc/>
    public override double Mean => Denominator > 1 ? Scale * Numerator / (Denominator - 1) : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Sd => Denominator > 2 ? Scale * Math.Sqrt(Numerator * (Numerator + Denominator - 1) / (Denominator - 2)) / (Denominator - 1)
        : Denominator > 1 ? double.PositiveInfinity : double.NaN;

    /// <summary>x / (x + scale) has a beta distribution.</summary>
    public override double Cdf(double x)
    {
        if (x <= 0) return 0;
        if (double.IsPositiveInfinity(x)) return 1;
        // By whichever of the quotient and its complement is below a half.
        return Math.Exp(x < Scale ? s_beta.LogCdf<Real>(0, x / (x + Scale), [Numerator, Denominator]) : s_beta.LogSurvival<Real>(0, Scale / (x + Scale), [Denominator, Numerator]));
    }

    internal override double Survival(double x)
    {
        if (x <= 0) return 1;
        if (double.IsPositiveInfinity(x)) return 0;
        return Math.Exp(x < Scale ? s_beta.LogSurvival<Real>(0, x / (x + Scale), [Numerator, Denominator]) : s_beta.LogCdf<Real>(0, Scale / (x + Scale), [Denominator, Numerator]));
    }

    private protected override double Inverse(double p)
    {
        var share = s_beta.Quantile(0, p, [Numerator, Denominator]);
        return share < 0.5 ? Scale * share / (1 - share) : Scale * (1 / s_beta.Quantile(0, 1 - p, [Denominator, Numerator]) - 1);
    }
}
