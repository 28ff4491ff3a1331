using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Binomial(n, p | logit).</summary>
internal sealed class Binomial : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Binomial";

    /// <inheritdoc/>
    public override string Summary => "How many of n independent trials succeed.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("n", Domain.Count), new Parameter("p", Domain.Probability)),
        new(new Parameter("n", Domain.Count), new Parameter("logit", Domain.Real)),
    ];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, p[0]);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => LogChoose(p[0], x) + (form == 0
        ? TimesLog(x, p[1]) + TimesLogComplement(p[0] - x, p[1])
        : x * p[1] - p[0] * Softplus(p[1]));

    /// <inheritdoc/>
    /// <remarks>P(X ≤ x) = I(n - x, x + 1) at 1 - p, in terms of whichever of p and 1 - p is known without rounding.</remarks>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (above, below) = (Maximum(p[0] - x, 1.0), Maximum(x, 0.0) + 1.0);
        var inside = form == 0 ? LogBetaIComplement(below, above, p[1]) : LogBetaI(above, below, RealMath.Logistic(-p[1]));
        return OfCount(x, p[0], double.NegativeInfinity, inside, 0);
    }

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (above, below) = (Maximum(p[0] - x, 1.0), Maximum(x, 0.0) + 1.0);
        var inside = LogBetaI(below, above, form == 0 ? p[1] : RealMath.Logistic(p[1]));
        return OfCount(x, p[0], 0, inside, double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => random.NextBinomial(p[0], Probability(form, p));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] * Probability(form, p);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Mean(form, p) * (1 - Probability(form, p));

    private static double Probability(int form, ReadOnlySpan<double> p) => form == 0 ? p[1] : SpecialFunctions.Logistic(p[1]);
}
