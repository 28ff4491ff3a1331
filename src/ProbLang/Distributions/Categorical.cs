using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Categorical(p | logits).</summary>
internal sealed class Categorical : ArrayDistribution
{
    /// <inheritdoc/>
    public override string Name => "Categorical";

    /// <inheritdoc/>
    public override string Summary => "One of 1..K, with the probabilities or unnormalised log probabilities given.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("p", Domain.Simplex, Rank: 1)),
        new(new Parameter("logits", Domain.RealVector, Rank: 1)),
    ];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override int[] EventShape(int form, ReadOnlySpan<int[]> shapes) => [];

    /// <inheritdoc/>
    public override int Outcomes(int form, ReadOnlySpan<int[]> shapes) => shapes[0][^1];

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, IArrayMath<T> math, Arr<T> x, ReadOnlySpan<Arr<T>> p)
    {
        var weights = p[0];
        var chosen = weights[x.Scalar - 1.0];
        return form == 0 ? LogOfProbability(chosen) : chosen - math.LogSumExp(weights.Length, k => weights[k]);
    }

    /// <inheritdoc/>
    public override void Sample(int form, ref Philox random, ReadOnlySpan<Arr<Real>> p, Span<double> x)
    {
        var weights = p[0];
        var max = form == 0 ? 0 : Greatest(weights);
        var total = 0.0;
        for (var k = 0; k < weights.Length; k++) total += Weight(weights, form, max, k);
        var left = random.NextDouble() * total;
        var last = 0;
        for (var k = 0; k < weights.Length && left >= 0; k++)
        {
            var weight = Weight(weights, form, max, k);
            if (weight == 0) continue;
            left -= weight;
            last = k;
        }
        x[0] = last + 1;
    }

    private static double Greatest(Arr<Real> x)
    {
        var max = double.NegativeInfinity;
        for (var k = 0; k < x.Length; k++) max = Math.Max(max, x[k]);
        return max;
    }

    private static double Weight(Arr<Real> weights, int form, double max, int k) => form == 0 ? weights[k].Value : Math.Exp(weights[k].Value - max);
}
