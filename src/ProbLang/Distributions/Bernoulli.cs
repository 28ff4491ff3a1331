using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Bernoulli(p | logit).</summary>
internal sealed class Bernoulli : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Bernoulli";

    /// <inheritdoc/>
    public override string Summary => "One trial: 1 with probability p, else 0.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("p", Domain.Probability)),
        new(new Parameter("logit", Domain.Real)),
    ];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override bool IsBoolean => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, 1.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        form == 0 ? T.Where(x, LogOfProbability(p[0]), LogOfComplement(p[0])) : x * p[0] - Softplus(p[0]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, 1.0, double.NegativeInfinity, LogDensity<T>(form, 0.0, p), 0);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, 1.0, 0, LogDensity<T>(form, 1.0, p), double.NegativeInfinity);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => random.NextDouble() < Probability(form, p) ? 1 : 0;

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Probability(form, p);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Probability(form, p) * (1 - Probability(form, p));

    private static double Probability(int form, ReadOnlySpan<double> p) => form == 0 ? p[0] : SpecialFunctions.Logistic(p[0]);
}
