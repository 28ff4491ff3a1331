using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Exponential(rate | scale).</summary>
internal sealed class Exponential : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Exponential";

    /// <inheritdoc/>
    public override string Summary => "The waiting time between events that come at a constant rate.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("rate", Domain.Positive)),
        new(new Parameter("scale", Domain.Positive)),
    ];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => form == 0 ? Log(p[0]) - p[0] * x : -x / p[0] - Log(p[0]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogOneMinusExpMinus(Standard(form, Maximum(x, 0.0), p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => -Standard(form, Maximum(x, 0.0), p);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => -Scale(form, p) * SpecialFunctions.Log1p(-probability);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Scale(form, p) * random.NextExponential();

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Scale(form, p);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Scale(form, p) * Scale(form, p);

    private static T Standard<T>(int form, T x, ReadOnlySpan<T> p) where T : IReal<T> => form == 0 ? p[0] * x : x / p[0];

    private static double Scale(int form, ReadOnlySpan<double> p) => form == 0 ? 1 / p[0] : p[0];
}
