using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>InverseGaussian(mean, shape).</summary>
internal sealed class InverseGaussian : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "InverseGaussian";

    /// <inheritdoc/>
    public override string Summary => "The time at which a Brownian motion with drift first reaches a level (Wald's distribution); variance = mean³/shape.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("mean", Domain.Positive), new Parameter("shape", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        var domain = T.Where(Less(0.0, p[0]), 0.0, double.NegativeInfinity);
        return 0.5 * Log(p[1]) - 1.5 * log - 0.5 * p[1] * Square((x - p[0]) / p[0]) / x + penalty + domain - HalfLogTwoPi;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Φ(-z) + e^(2 shape/mean) Φ(z - k) with z = √(shape/x) (1 - x/mean) and k = 2 √(shape/x); the exponent is k²/2 - kz, which makes it the
    /// survival function of a normal plus an exponential variable at z.
    /// </remarks>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), T.Where(Less(x, double.PositiveInfinity), Call(Special.LogNormalPlusExponentialSurvival, x, p), 0.0), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), T.Where(Less(x, double.PositiveInfinity), Call(Special.LogNormalPlusExponential, x, p), double.NegativeInfinity), 0.0);

    /// <inheritdoc/>
    /// <remarks>Michael, Schucany and Haas (1976): one of the two values with the same squared deviate; the lesser as mean² over the greater, without cancellation.</remarks>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var normal = random.NextNormal();
        var w = 0.5 * p[0] * normal * normal / p[1];
        var ratio = 1 + w + Math.Sqrt(w * (w + 2));
        return random.NextDouble() * (1 + ratio) <= ratio ? p[0] / ratio : p[0] * ratio;
    }

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[0] * p[0] * p[0] / p[1];

    private static T Call<T>(SpecialFunction function, T x, ReadOnlySpan<T> p) where T : IReal<T>
    {
        var root = Sqrt(p[1] / x);
        return T.Call(function, [root * (p[0] - x) / p[0], 2.0 * root]);
    }
}
