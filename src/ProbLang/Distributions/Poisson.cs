using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Poisson(rate | log_rate).</summary>
internal sealed class Poisson : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Poisson";

    /// <inheritdoc/>
    public override string Summary => "How many events occur that come at a constant rate.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("rate", Domain.NonNegative)),
        new(new Parameter("log_rate", Domain.Real)),
    ];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        (form == 0 ? TimesLog(x, p[0]) - p[0] : x * p[0] - Exp(p[0])) - LogFactorial(x);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, double.PositiveInfinity, double.NegativeInfinity, LogGammaQ(Maximum(x, 0.0) + 1.0, Rate(form, p)), 0);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, double.PositiveInfinity, 0, LogGammaP(Maximum(x, 0.0) + 1.0, Rate(form, p)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => random.NextPoisson(Rate(form, Reals(p)));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Rate(form, Reals(p));

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Rate(form, Reals(p));

    private static T Rate<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> => form == 0 ? p[0] : Exp(p[0]);
}
