namespace ProbLang.Numerics;

/// <summary>The special functions that densities and derivatives call by record: value and partial derivatives as functions of the same arguments.</summary>
internal static class Special
{
    private const double HalfLogTwoPi = 0.91893853320467274178;

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

    private static readonly SpecialFunction LogPhiDifferenceInA = First("log_phi_difference_in_a", 2, v => -ShareOfNormal(v[0], v));
    private static readonly SpecialFunction LogPhiDifferenceInB = First("log_phi_difference_in_b", 2, v => ShareOfNormal(v[1], v));

    // The derivatives of Φ(z) - e^(k²/2 - kz) Φ(z - k) are e^(k²/2 - kz) times kΦ(w), and times wΦ(w) + φ(w), at w = z - k.
    private static readonly SpecialFunction LogNormalPlusExponentialInZ = First(
        "log_normal_plus_exponential_in_z", 2, v => v[1] * NormalTails.TiltedOverCdf(v[0], v[1]));

    private static readonly SpecialFunction LogNormalPlusExponentialInK = First(
        "log_normal_plus_exponential_in_k", 2, v => SpecialFunctions.InverseMillsExcess(v[0] - v[1]) * NormalTails.TiltedOverCdf(v[0], v[1]));

    private static readonly SpecialFunction LogNormalPlusExponentialSurvivalInZ = First(
        "log_normal_plus_exponential_survival_in_z", 2, v => -v[1] * NormalTails.TiltedOverSurvival(v[0], v[1]));

    private static readonly SpecialFunction LogNormalPlusExponentialSurvivalInK = First(
        "log_normal_plus_exponential_survival_in_k", 2,
        v => -SpecialFunctions.InverseMillsExcess(v[0] - v[1]) * NormalTails.TiltedOverSurvival(v[0], v[1]));

    private static readonly SpecialFunction LogScaledBesselI0Slope = First("log_scaled_i0_slope", 1, v => -Bessel.ComplementOfRatio(v[0]));

    // The derivative of a probability in the first rate is the probability of k - 1 less that of k, in the second that of k + 1 less that of k.
    private static readonly SpecialFunction LogSkellamInFirst = First(
        "log_skellam_in_first", 3, v => SpecialFunctions.Expm1(Bessel.LogSkellam(v[0] - 1, v[1], v[2]) - Bessel.LogSkellam(v[0], v[1], v[2])));

    private static readonly SpecialFunction LogSkellamInSecond = First(
        "log_skellam_in_second", 3, v => SpecialFunctions.Expm1(Bessel.LogSkellam(v[0] + 1, v[1], v[2]) - Bessel.LogSkellam(v[0], v[1], v[2])));

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

    /// <summary>log(Φ(b) - Φ(a)), arguments a, b; -infinity where they are the wrong way round.</summary>
    public static SpecialFunction LogPhiDifference { get; } = new(
        "log_phi_difference", v => NormalTails.LogDifference(v[0], v[1]), [() => LogPhiDifferenceInA, () => LogPhiDifferenceInB]);

    /// <summary>The log distribution function of a standard normal plus an exponential of rate k. Arguments z, k.</summary>
    public static SpecialFunction LogNormalPlusExponential { get; } = new(
        "log_normal_plus_exponential", v => NormalTails.LogSumCdf(v[0], v[1]), [() => LogNormalPlusExponentialInZ, () => LogNormalPlusExponentialInK]);

    /// <summary>The log survival function of a standard normal plus an exponential of rate k. Arguments z, k.</summary>
    public static SpecialFunction LogNormalPlusExponentialSurvival { get; } = new(
        "log_normal_plus_exponential_survival", v => NormalTails.LogSumSurvival(v[0], v[1]),
        [() => LogNormalPlusExponentialSurvivalInZ, () => LogNormalPlusExponentialSurvivalInK]);

    /// <summary>log(e⁻ˣ I₀(x)), I₀ the modified Bessel function; x ≥ 0.</summary>
    public static SpecialFunction LogScaledBesselI0 { get; } = new("log_scaled_i0", v => Bessel.LogScaledI0(v[0]), [() => LogScaledBesselI0Slope]);

    /// <summary>The log probability that the difference of two Poisson variables is k. Arguments k, which is whole, and the two rates.</summary>
    public static SpecialFunction LogSkellam { get; } = new(
        "log_skellam", v => Bessel.LogSkellam(v[0], v[1], v[2]), [null, () => LogSkellamInFirst, () => LogSkellamInSecond]);

    /// <summary>density / probability; 0 outside the support, where both are constant.</summary>
    private static double Slope(double logDensity, double logProbability, bool isInside) => isInside ? Math.Exp(logDensity - logProbability) : 0;

    private static double ShareOfNormal(double x, ReadOnlySpan<double> ends) => Math.Exp(-0.5 * x * x - HalfLogTwoPi - NormalTails.LogDifference(ends[0], ends[1]));

    private static SpecialFunction First(string name, int arity, SpecialFunction.Evaluation evaluate)
    {
        var partials = new Func<SpecialFunction>?[arity];
        Array.Fill(partials, NoSecond(name));
        return new(name, evaluate, partials);
    }

    private static Func<SpecialFunction> NoSecond(string name) => () => throw new NotSupportedException($"{name} has no derivative");
}
