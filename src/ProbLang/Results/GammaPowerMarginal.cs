using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>A multiple of a power of a gamma variable, such as the standard deviation of a normal with an unknown precision.</summary>
/// <param name="Shape">The shape of the gamma variable.</param>
/// <param name="Rate">Its rate.</param>
/// <param name="Exponent">The power; not 0.</param>
/// <param name="Coefficient">By what it is multiplied; above 0.</param>
public sealed record GammaPowerMarginal(double Shape, double Rate, double Exponent, double Coefficient) : Marginal
{
    private static readonly Gamma s_gamma = new();

    /// <inheritdoc/>
    public override double Mean => Moment(1);

    /// <inheritdoc/>
    public override double Sd => 2 * Exponent + Shape > 0 ? Moment(1) * Math.Sqrt(Math.Max(0, Math.Exp(LogRatio()) - 1))
        : Exponent + Shape > 0 ? double.PositiveInfinity : double.NaN;

    /// <inheritdoc/>
    public override double Cdf(double x)
    {
        return x <= 0 ? 0 : Below(x, Exponent > 0);
    }

    internal override double Survival(double x) => x <= 0 ? 1 : Below(x, Exponent < 0);

    /// <summary>Whether the gamma variable is below the value at which the power is x, or above it.</summary>
    private double Below(double x, bool isBelow)
    {
        Real gamma = Math.Pow(x / Coefficient, 1 / Exponent);
        ReadOnlySpan<Real> parameters = [Shape, Rate];
        return Math.Exp(isBelow ? s_gamma.LogCdf(0, gamma, parameters) : s_gamma.LogSurvival(0, gamma, parameters));
    }

    private protected override double Inverse(double p) => Coefficient * Math.Pow(s_gamma.Quantile(0, Exponent > 0 ? p : 1 - p, [Shape, Rate]), Exponent);

    /// <summary>E (c x^q)^n = c^n Γ(shape + q n) / Γ(shape) / rate^(q n); infinite where that diverges.</summary>
    private double Moment(int n) => Shape + n * Exponent > 0
        ? Math.Exp(n * Math.Log(Coefficient) + SpecialFunctions.LogGamma(Shape + n * Exponent) - SpecialFunctions.LogGamma(Shape) - n * Exponent * Math.Log(Rate)) : double.PositiveInfinity;

    /// <summary>The log of E x² / (E x)².</summary>
    private double LogRatio() => SpecialFunctions.LogGamma(Shape + 2 * Exponent) + SpecialFunctions.LogGamma(Shape) - 2 * SpecialFunctions.LogGamma(Shape + Exponent);
}
