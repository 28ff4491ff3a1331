using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Gamma(shape, rate | scale | mean and sd).</summary>
internal sealed class Gamma : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Gamma";

    /// <inheritdoc/>
    public override string Summary => "The gamma distribution: a sum of waiting times.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("shape", Domain.Positive), new Parameter("rate", Domain.Positive)),
        new(new Parameter("shape", Domain.Positive), new Parameter("scale", Domain.Positive)),
        new(new Parameter("mean", Domain.Positive), new Parameter("sd", Domain.Positive)),
    ];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (shape, rate) = (Shape(form, p), Rate(form, p));
        return TimesLog(shape - 1.0, x) - rate * x + (shape * Log(rate) - LogGammaOfPositive(shape));
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaP(Shape(form, p), Rate(form, p) * Maximum(x, 0.0)), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogGammaQ(Shape(form, p), Rate(form, p) * Maximum(x, 0.0)), 0.0);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) =>
        random.NextGamma(Shape(form, Reals(p))) / Rate(form, Reals(p));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Shape(form, Reals(p)) / Rate(form, Reals(p));

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => Mean(form, p) / Rate(form, Reals(p));

    private static T Shape<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> => form < 2 ? p[0] : SquareOfPositive(p[0] / p[1]);

    /// <summary>x², and 0, which is no shape, where x is not positive.</summary>
    private static T SquareOfPositive<T>(T x) where T : IReal<T> => x * Maximum(x, 0.0);

    private static T Rate<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> => form switch
    {
        0 => p[1],
        1 => 1.0 / p[1],
        _ => p[0] / Square(p[1]),
    };
}
