namespace ProbLang.Results;

/// <summary>A multiple of another quantity and a constant.</summary>
/// <param name="Of">What is known of the other quantity, which is continuous.</param>
/// <param name="Coefficient">By what it is multiplied; not 0.</param>
/// <param name="Constant">What is added.</param>
public sealed record AffineMarginal(Marginal Of, double Coefficient, double Constant) : Marginal
{
    /// <inheritdoc/>
    public override double Mean => Coefficient * Of.Mean + Constant;

    /// <inheritdoc/>
    public override double Sd => Math.Abs(Coefficient) * Of.Sd;

    /// <inheritdoc/>
    public override double Cdf(double x) => Coefficient > 0 ? Of.Cdf((x - Constant) / Coefficient) : Of.Survival((x - Constant) / Coefficient);

    internal override double Survival(double x) => Coefficient > 0 ? Of.Survival((x - Constant) / Coefficient) : Of.Cdf((x - Constant) / Coefficient);

    private protected override double Inverse(double p) => Coefficient * Of.Quantile(Coefficient > 0 ? p : 1 - p) + Constant;
}
