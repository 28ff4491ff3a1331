using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>OrderedLogistic(location, cutpoints).</summary>
internal sealed class OrderedLogistic : OrderedOutcome
{
    /// <inheritdoc/>
    public override string Name => "OrderedLogistic";

    /// <inheritdoc/>
    public override string Summary => "One of 1..K for K - 1 increasing cutpoints: how many of them a logistic variable about the location exceeds, plus 1.";

    /// <inheritdoc/>
    protected override double Noise(ref Philox random) => SpecialFunctions.Logit(random.NextDouble());

    /// <inheritdoc/>
    protected override T LogBelow<T>(T x) => -Softplus(-x);

    /// <inheritdoc/>
    /// <remarks>(eᵇ - eᵃ) / ((1 + eᵃ) (1 + eᵇ)), in which near cutpoints do not cancel.</remarks>
    protected override T LogBetween<T>(T a, T b) => LogOneMinusExpMinus(b - a) - Softplus(a) - Softplus(-b);
}
