using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Rayleigh(scale).</summary>
internal sealed class Rayleigh : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Rayleigh";

    /// <inheritdoc/>
    public override string Summary => "The length of a vector of two independent normals with that scale.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (log, penalty) = LogOfPositive(x);
        return log - Hazard(x, p) - 2.0 * Log(p[0]) + penalty;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogOneMinusExpMinus(Hazard(Maximum(x, 0.0), p));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => -Hazard(Maximum(x, 0.0), p);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => p[0] * Math.Sqrt(-2 * SpecialFunctions.Log1p(-probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] * Math.Sqrt(2 * random.NextExponential());

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] * Math.Sqrt(Math.PI / 2);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[0] * p[0] * (2 - Math.PI / 2);

    private static T Hazard<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> => 0.5 * Square(x / p[0]);
}
