using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>ExGaussian(mean, sd, rate): Normal(mean, sd) plus Exponential(rate).</summary>
internal sealed class ExGaussian : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "ExGaussian";

    /// <inheritdoc/>
    public override string Summary => "The sum of a normal variable, whose mean and sd these are, and an exponential one: reaction times.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("mean", Domain.Real), new Parameter("sd", Domain.Positive), new Parameter("rate", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    /// <remarks>
    /// rate · e^(k²/2 - kz) Φ(z - k) with k = rate · sd. Where z &lt; k the exponential may be vast and Φ tiny: there the two are φ(z)
    /// over the inverse Mills ratio, which is neither.
    /// </remarks>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (z, k) = (Standard(x, p), p[1] * p[2]);
        var w = z - k;
        var below = -0.5 * Square(z) - HalfLogTwoPi - Log(T.Call(Special.InverseMills, [Minimum(w, 0.0)]));
        var above = -k * (z - 0.5 * k) + LogPhi(Maximum(w, 0.0));
        return T.Where(Less(w, 0.0), below, above) + T.Where(Less(0.0, p[1]), Log(p[2]), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(Special.LogNormalPlusExponential, [Standard(x, p), p[1] * p[2]]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(Special.LogNormalPlusExponentialSurvival, [Standard(x, p), p[1] * p[2]]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] + p[1] * random.NextNormal() + random.NextExponential() / p[2];

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] + 1 / p[2];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[1] * p[1] + 1 / (p[2] * p[2]);

    private static T Standard<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> => (x - p[0]) / p[1];
}
