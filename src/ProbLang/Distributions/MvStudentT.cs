using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>MvStudentT(df, location, scale).</summary>
internal sealed class MvStudentT : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "MvStudentT";

    /// <inheritdoc/>
    public override string Summary => "The multivariate Student t distribution; its covariance is df / (df - 2) times the scale matrix.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("df", Domain.Positive), new Parameter("location", Domain.RealVector, Rank: 1), new Parameter("scale", Domain.PositiveDefinite, Rank: 2))];

    /// <inheritdoc/>
    public override int EventRank => 1;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[2][^1]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var (df, k) = (p[0].Scalar, (double)p[2].Length);
        var (logDeterminant, square) = math.Mahalanobis(x, p[1], p[2]);
        return LogRising(0.5 * df, 0.5 * k) - 0.5 * k * (Log(df) + LogPi) - 0.5 * logDeterminant - 0.5 * (df + k) * Log1p(square / df);
    }

    /// <inheritdoc/>
    /// <remarks>A normal vector over the root of an independent chi-square variable by its degrees of freedom.</remarks>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var n = x.Length;
        var df = p[0].Scalar.Value;
        using var factor = new Factor(p[2], n);
        var root = Math.Sqrt(df / (2 * random.NextGamma(0.5 * df)));
        for (var i = 0; i < n; i++) x[i] = root * random.NextNormal();
        factor.Multiply(x);
        for (var i = 0; i < n; i++) x[i] += p[1][i];
    }
}
