namespace ProbLang.Numerics;

/// <summary>The special functions that densities and derivatives call by record: value and partial derivatives as functions of the same arguments.</summary>
public static class Special
{
    // m′ = -m (x + m), where far below the sum is nearly 0: there it is 1/|x| - 2/|x|³ + ….
    private static readonly SpecialFunction InverseMillsSlope = First(
        "inverse_mills_slope", 1, v => -SpecialFunctions.InverseMills(v[0]) * SpecialFunctions.InverseMillsExcess(v[0]));

    private static readonly SpecialFunction LogGammaPInA = First("log_gamma_p_in_a", 2, v => IncompleteGamma.LogP(v[0], v[1]).A);
    private static readonly SpecialFunction LogGammaQInA = First("log_gamma_q_in_a", 2, v => IncompleteGamma.LogQ(v[0], v[1]).A);

    private static readonly SpecialFunction LogGammaPInX = First(
        "log_gamma_p_in_x", 2, v => Slope(IncompleteGamma.LogDensity(v[0], v[1]), SpecialFunctions.LogGammaP(v[0], v[1]), v[1] > 0));

    private static readonly SpecialFunction LogGammaQInX = First(
        "log_gamma_q_in_x", 2, v => -Slope(IncompleteGamma.LogDensity(v[0], v[1]), SpecialFunctions.LogGammaQ(v[0], v[1]), v[1] > 0));

    private static readonly SpecialFunction LogBetaIInA = First("log_beta_i_in_a", 3, v => IncompleteBeta.LogI(v[0], v[1], v[2]).A);
    private static readonly SpecialFunction LogBetaIInB = First("log_beta_i_in_b", 3, v => IncompleteBeta.LogI(v[0], v[1], v[2]).B);

    private static readonly SpecialFunction LogBetaIInX = First(
        "log_beta_i_in_x", 3, v => Slope(IncompleteBeta.LogDensity(v[0], v[1], v[2]), SpecialFunctions.LogBetaI(v[0], v[1], v[2]), v[2] is > 0 and < 1));

    private static readonly SpecialFunction LogBetaIComplementInA = First(
        "log_beta_i_complement_in_a", 3, v => IncompleteBeta.LogComplement(v[0], v[1], v[2]).A);

    private static readonly SpecialFunction LogBetaIComplementInB = First(
        "log_beta_i_complement_in_b", 3, v => IncompleteBeta.LogComplement(v[0], v[1], v[2]).B);

    private static readonly SpecialFunction LogBetaIComplementInX = First(
        "log_beta_i_complement_in_x", 3,
        v => -Slope(IncompleteBeta.LogDensity(v[0], v[1], v[2]), SpecialFunctions.LogBetaIComplement(v[0], v[1], v[2]), v[2] is > 0 and < 1));

    /// <summary>φ(x) / Φ(x), the derivative of log Φ.</summary>
    public static SpecialFunction InverseMills { get; } = new("inverse_mills", v => SpecialFunctions.InverseMills(v[0]), [() => InverseMillsSlope]);

    /// <summary>The derivative of digamma.</summary>
    public static SpecialFunction Trigamma { get; } = new("trigamma", v => SpecialFunctions.Trigamma(v[0]), [NoSecond("trigamma")]);

    /// <summary>log P(a, x): the log distribution function of Gamma(a, 1). Arguments a, x.</summary>
    public static SpecialFunction LogGammaP { get; } = new(
        "log_gamma_p", v => SpecialFunctions.LogGammaP(v[0], v[1]), [() => LogGammaPInA, () => LogGammaPInX]);

    /// <summary>log Q(a, x): the log survival function of Gamma(a, 1). Arguments a, x.</summary>
    public static SpecialFunction LogGammaQ { get; } = new(
        "log_gamma_q", v => SpecialFunctions.LogGammaQ(v[0], v[1]), [() => LogGammaQInA, () => LogGammaQInX]);

    /// <summary>log I(x; a, b): the log distribution function of Beta(a, b). Arguments a, b, x.</summary>
    public static SpecialFunction LogBetaI { get; } = new(
        "log_beta_i", v => SpecialFunctions.LogBetaI(v[0], v[1], v[2]), [() => LogBetaIInA, () => LogBetaIInB, () => LogBetaIInX]);

    /// <summary>log(1 - I(x; a, b)): the log survival function of Beta(a, b). Arguments a, b, x.</summary>
    public static SpecialFunction LogBetaIComplement { get; } = new(
        "log_beta_i_complement", v => SpecialFunctions.LogBetaIComplement(v[0], v[1], v[2]),
        [() => LogBetaIComplementInA, () => LogBetaIComplementInB, () => LogBetaIComplementInX]);

    /// <summary>density / probability; 0 outside the support, where both are constant.</summary>
    private static double Slope(double logDensity, double logProbability, bool isInside) => isInside ? Math.Exp(logDensity - logProbability) : 0;

    private static SpecialFunction First(string name, int arity, SpecialFunction.Evaluation evaluate)
    {
        var partials = new Func<SpecialFunction>?[arity];
        Array.Fill(partials, NoSecond(name));
        return new(name, evaluate, partials);
    }

    private static Func<SpecialFunction> NoSecond(string name) => () => throw new NotSupportedException($"{name} has no derivative");
}
