using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>One of two distributions, as a condition decides. The other one is not looked at: its arguments may not be there.</summary>
internal sealed class ChoiceCode(Func<double> condition, DistributionCode then, DistributionCode otherwise) : DistributionCode
{
    private DistributionCode? _chosen;

    public override string? CannotSample => then.CannotSample ?? otherwise.CannotSample;

    public override bool IsDiscrete => then.IsDiscrete;

    public override bool IsSimplex => _chosen?.IsSimplex ?? then.IsSimplex && otherwise.IsSimplex;

    public override void Prepare()
    {
        _chosen = condition() switch { double.NaN => null, 0 => otherwise, _ => then };
        _chosen?.Prepare();
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x) => _chosen?.LogDensity(e, x) ?? double.NaN;

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        if (_chosen is { } chosen) chosen.Sample(e, ref random, x);
        else x.Fill(double.NaN);
    }

    // Where the condition is not known, nothing can be said of a value.
    public override bool AllowsEdge(int e, double x) => _chosen?.AllowsEdge(e, x) ?? true;

    public override bool IsSingular(int e, ReadOnlySpan<double> x) => _chosen?.IsSingular(e, x) ?? false;

    public override (double Lower, double Upper) Support(int e) => _chosen?.Support(e) ?? base.Support(e);
}
