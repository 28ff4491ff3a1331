using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Independent draws of one distribution, sorted: K! times their density where they are in order.</summary>
internal sealed class OrderedCode(DistributionCode each, OrderedDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Shapes _shapes = new(code, v => code.Storage(v).Shape);
    private int _count;

    public override string? CannotSample => each.CannotSample;

    public override bool IsKnown => each.IsKnown;

    public override void Prepare()
    {
        each.Prepare();
        _count = _shapes.Of(bound.Base)![^1];
    }

    public override (double Lower, double Upper) Support(int e) => each.Support(e * _count);

    public override string? Refusal(int e, ReadOnlySpan<double> x) => IsIncreasing(x) ? null : "its values increase from each to the next";

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        if (!IsIncreasing(x)) return double.NegativeInfinity;
        var sum = SpecialFunctions.LogGamma(x.Length + 1);
        for (var k = 0; k < x.Length; k++) sum += each.LogDensity(e * _count + k, x.Slice(k, 1));
        return sum;
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        for (var k = 0; k < x.Length; k++) each.Sample(e * _count + k, ref random, x.Slice(k, 1));
        x.Sort();
    }

    private static bool IsIncreasing(ReadOnlySpan<double> x)
    {
        for (var k = 1; k < x.Length; k++)
            if (x[k] <= x[k - 1]) return false;
        return true;
    }
}
