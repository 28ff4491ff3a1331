using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Laplace(location, scale).</summary>
internal sealed class Laplace : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Laplace";

    /// <inheritdoc/>
    public override string Summary => "The Laplace (double exponential) distribution.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("location", Domain.Real), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsLocationScale => true;

    /// <inheritdoc/>
    public override (T Location, T Scale) LocationScale<T>(int form, ReadOnlySpan<T> p) => (p[0], p[1]);

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => -Abs(x - p[0]) / p[1] - Log(p[1]) - LogTwo;

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => LogStandardCdf((x - p[0]) / p[1]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => LogStandardCdf((p[0] - x) / p[1]);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) => probability <= 0.5
        ? p[0] + p[1] * Math.Log(2 * probability)
        : p[0] - p[1] * Math.Log(2 * (1 - probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => Quantile(form, random.NextDouble(), p);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => 2 * p[1] * p[1];

    private static T LogStandardCdf<T>(T z) where T : IReal<T> => T.Where(Less(z, 0.0), z - LogTwo, Log1p(-0.5 * Exp(-Abs(z))));
}
