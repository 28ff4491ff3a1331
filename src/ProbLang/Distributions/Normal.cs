using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Normal(mean, sd | variance | precision).</summary>
internal sealed class Normal : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Normal";

    /// <inheritdoc/>
    public override string Summary => "The normal (Gaussian) distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("mean", Domain.Real), new Parameter("sd", Domain.Positive)),
        new(new Parameter("mean", Domain.Real), new Parameter("variance", Domain.Positive)),
        new(new Parameter("mean", Domain.Real), new Parameter("precision", Domain.Positive)),
    ];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], Sd(form, p));

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => form switch
    {
        0 => -0.5 * Square((x - p[0]) / p[1]) - Log(p[1]) - HalfLogTwoPi,
        1 => -0.5 * (Square(x - p[0]) / p[1] + Log(p[1])) - HalfLogTwoPi,
        _ => -0.5 * (Square(x - p[0]) * p[1] - Log(p[1])) - HalfLogTwoPi,
    };

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogPhi((x - p[0]) / Sd(form, p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => LogPhi((p[0] - x) / Sd(form, p));

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        p[0] + Sd(form, Reals(p)) * SpecialFunctions.InversePhi(probability);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] + Sd(form, Reals(p)) * random.NextNormal();

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Square(Sd(form, Reals(p)));

    private const double HalfLogTwoPi = 0.91893853320467274178;

    private static T Sd<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> => form switch
    {
        0 => p[1],
        1 => Sqrt(p[1]),
        _ => 1.0 / Sqrt(p[1]),
    };
}
