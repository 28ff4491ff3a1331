using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>LKJ(K, eta).</summary>
internal sealed class LKJ : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "LKJ";

    /// <inheritdoc/>
    public override string Summary => "A K by K correlation matrix R with density proportional to |R|^(eta - 1); uniform where eta is 1.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("K", Domain.Size), new Parameter("eta", Domain.Positive))];

    /// <inheritdoc/>
    public override int EventRank => 2;

    /// <inheritdoc/>
    public override EventConstraint Constraint => EventConstraint.Correlation;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [shapes[0][0], shapes[0][0]];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var eta = p[1].Scalar;
        return LKJCholesky.LogNormalizer(eta, x.Length) + (eta - 1.0) * math.LogDeterminant(x);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var k = (int)Math.Sqrt(x.Length);
        LKJCholesky.Draw(ref random, p[1].Scalar, x, k);
        Symmetric.FromFactor(x, k);
        for (var i = 0; i < k; i++) x[i * k + i] = 1;
    }
}
