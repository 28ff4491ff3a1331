using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>AsymmetricLaplace(location, scale, asymmetry).</summary>
/// <remarks>
/// Exponential on either side of the location: with the rate asymmetry / scale above it and 1 / (asymmetry · scale) below, so that
/// below lies asymmetry² times what lies above (Kotz, Kozubowski and Podgórski 2001, with their σ for the scale times √2).
/// </remarks>
internal sealed class AsymmetricLaplace : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "AsymmetricLaplace";

    /// <inheritdoc/>
    public override string Summary => "A Laplace distribution whose two sides differ: its rate is asymmetry/scale above the location and 1/(asymmetry·scale) below.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive), new Parameter("asymmetry", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], p[1]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(x, p[0]), (x - p[0]) / (p[1] * p[2]), (p[0] - x) * p[2] / p[1]) + Log(p[2]) - Log1p(Square(p[2])) - Log(p[1]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogTail((x - p[0]) / p[1], p[2]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => LogTail((p[0] - x) / p[1], 1.0 / p[2]);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p)
    {
        var square = p[2] * p[2];
        return probability * (1 + square) <= square
            ? p[0] + p[1] * p[2] * Math.Log(probability * (1 + 1 / square))
            : p[0] - p[1] / p[2] * Math.Log((1 - probability) * (1 + square));
    }

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) =>
        p[0] + p[1] * (random.NextExponential() / p[2] - random.NextExponential() * p[2]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] + p[1] * (1 / p[2] - p[2]);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[1] * p[1] * (1 / (p[2] * p[2]) + p[2] * p[2]);

    /// <summary>log P(Z ≤ z) for location 0 and scale 1; that of -Z has the inverse asymmetry.</summary>
    private static T LogTail<T>(T z, T asymmetry) where T : IReal<T>
    {
        var square = Square(asymmetry);
        var above = Log1p(-Exp(-Maximum(z, 0.0) * asymmetry) / (1.0 + square));
        return T.Where(Less(z, 0.0), z / asymmetry - Log1p(1.0 / square), above);
    }
}
