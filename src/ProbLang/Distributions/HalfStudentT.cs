using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>HalfStudentT(df, scale).</summary>
internal sealed class HalfStudentT : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "HalfStudentT";

    /// <inheritdoc/>
    public override string Summary => "The absolute value of a Student t variable with location 0.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("scale", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Above(0.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => StudentT.LogStandard(x / p[1], p[0]) - Log(p[1]) + LogTwo;

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p)
    {
        // The distance to 0 decides which of the two keeps its digits.
        var square = Square(x / p[1]);
        var near = LogBetaI(0.5, 0.5 * p[0], square / (p[0] + square));
        return T.Where(Less(0.0, x), T.Where(Less(square, p[0]), near, LogOneMinusExpMinus(-LogSurvival(form, x, p))), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), LogTwo + StudentT.LogStandardCdf(-x / p[1], p[0]), 0.0);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => p[1] * Math.Abs(StudentT.SampleStandard(ref random, p[0]));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] > 1
        ? 2 * p[1] * Math.Sqrt(p[0] / Math.PI) / (p[0] - 1) * Math.Exp(LogRising<Real>(p[0] / 2, 0.5))
        : double.PositiveInfinity;

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) =>
        p[1] * p[1] * StudentT.StandardVariance(p[0]) - Mean(form, p) * Mean(form, p);
}
