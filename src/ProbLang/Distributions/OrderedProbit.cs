using ProbLang.Numerics;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>OrderedProbit(location, cutpoints).</summary>
internal sealed class OrderedProbit : OrderedOutcome
{
    /// <inheritdoc/>
    public override string Name => "OrderedProbit";

    /// <inheritdoc/>
    public override string Summary => "One of 1..K for K - 1 increasing cutpoints: how many of them a normal variable about the location, with sd 1, exceeds, plus 1.";

    /// <inheritdoc/>
    protected override double Noise(ref Philox random) => random.NextNormal();

    /// <inheritdoc/>
    protected override T LogBelow<T>(T x) => LogPhi(x);

    /// <inheritdoc/>
    protected override T LogBetween<T>(T a, T b) => T.Call(Special.LogPhiDifference, [a, b]);
}
