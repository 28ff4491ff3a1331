using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>StudentT(df, location, scale).</summary>
public sealed class StudentT : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "StudentT";

    /// <inheritdoc/>
    public override string Summary => "The Student t distribution: like a normal with heavier tails, the fewer degrees of freedom the heavier.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[1], p[2]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => LogStandard((x - p[1]) / p[2], p[0]) - Log(p[2]);

    /// <inheritdoc/>
    public override bool HasDistributionFunction => false;

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] + p[2] * SampleStandard(ref random, p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1 ? p[1] : double.NaN;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[2] * p[2] * StandardVariance(p[0]);

    /// <summary>Log density for location 0 and scale 1.</summary>
    internal static T LogStandard<T>(T z, T df) where T : IReal<T> =>
        -0.5 * (df + 1.0) * Log1p(Square(z) / df) + (LogRising(0.5 * df, 0.5) - 0.5 * (Log(df) + LogPi));

    internal static double SampleStandard(ref Philox random, double df) => random.NextNormal() * Math.Sqrt(0.5 * df / random.NextGamma(0.5 * df));

    internal static double StandardVariance(double df) => df > 2 ? df / (df - 2) : df > 1 ? double.PositiveInfinity : double.NaN;
}
