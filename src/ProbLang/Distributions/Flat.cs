using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Flat(lower, upper). A bound that is left out is passed as infinite.</summary>
internal sealed class Flat : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Flat";

    /// <inheritdoc/>
    public override string Summary => "No preference between the bounds, either of which may be left out: density 1, improper unless both are there.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("lower", Domain.Real, Optional: true), new Parameter("upper", Domain.Real, Optional: true))];

    /// <inheritdoc/>
    public override bool CanSample => false;

    /// <inheritdoc/>
    public override bool HasDistributionFunction => false;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(p[0], p[1]);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(And(LessOrEqual(p[0], x), LessOrEqual(x, p[1])), 0.0, double.NegativeInfinity);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) =>
        throw new NotSupportedException("Flat is improper: it has no draws");
}
