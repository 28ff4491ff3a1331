using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>HalfNormal(sd).</summary>
internal sealed class HalfNormal : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "HalfNormal";

    /// <inheritdoc/>
    public override string Summary => "The absolute value of a normal variable with mean 0.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("sd", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => -0.5 * Square(x / p[0]) - Log(p[0]) + (LogTwo - HalfLogTwoPi);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => Log(Erf(Maximum(x, 0.0) / (p[0] * Math.Sqrt(2))));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Where(Less(0.0, x), LogTwo + LogPhi(-x / p[0]), 0.0);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        p[0] * Math.Sqrt(2) * global::MathNet.Numerics.SpecialFunctions.ErfInv(probability);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[0] * Math.Abs(random.NextNormal());

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] * Math.Sqrt(2 / Math.PI);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[0] * p[0] * (1 - 2 / Math.PI);
}
