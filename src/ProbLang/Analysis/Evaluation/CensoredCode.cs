using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A scalar distribution whose values outside of an interval are recorded as its nearer end.</summary>
internal sealed class CensoredCode(DistributionCode whole, CensoredDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Interval _interval = new(bound.Lower, bound.Upper, code);

    public override string? CannotSample => whole.CannotSample;

    public override bool IsDiscrete => bound.Type != ElementType.Real;

    public override bool IsKnown => whole.IsKnown && _interval.IsKnown;

    public override void Prepare()
    {
        whole.Prepare();
        _interval.Prepare();
    }

    public override bool IsAtom(int e, double x) => _interval[e] is var (from, to) && (x == from || x == to) || whole.IsAtom(e, x);

    public override string? Refusal(int e, ReadOnlySpan<double> x) => IsAtom(e, x[0]) && !whole.IsAtom(e, x[0]) ? null : whole.Refusal(e, x);

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = whole.Support(e);
        return (Clamp(e, lower), Clamp(e, upper));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var (from, to) = _interval[e];
        if (from > to || x[0] < from || x[0] > to) return double.NegativeInfinity;
        if (x[0] == from) return from == to ? 0 : whole.LogBelow(e, from, true);
        return x[0] == to ? whole.LogAbove(e, to, true) : whole.LogDensity(e, x);
    }

    public override double LogBelow(int e, double x, bool isInclusive)
    {
        var (from, to) = _interval[e];
        if (x < from || x == from && !isInclusive) return double.NegativeInfinity;
        return x > to || x == to && isInclusive ? 0 : whole.LogBelow(e, x, isInclusive);
    }

    public override double LogAbove(int e, double x, bool isInclusive)
    {
        var (from, to) = _interval[e];
        if (x < from || x == from && isInclusive) return 0;
        return x > to || x == to && !isInclusive ? double.NegativeInfinity : whole.LogAbove(e, x, isInclusive);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        whole.Sample(e, ref random, x);
        x[0] = Clamp(e, x[0]);
    }

    private double Clamp(int e, double x)
    {
        var (from, to) = _interval[e];
        return Math.Min(Math.Max(x, from), to);
    }
}

/// <summary>A scalar distribution of which some values are recorded as a bound, or as the start of an interval. A draw is the value itself.</summary>
internal sealed class MarkedCode(DistributionCode whole, MarkedDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Func<Tensor>?[] _arguments = [.. new[] { bound.Right, bound.Left, bound.Interval }.Select(a => a is null ? null : code.Array(a))];
    private readonly Tensor?[] _values = new Tensor?[3];

    public override string? CannotSample => whole.CannotSample;

    public override bool IsDiscrete => whole.IsDiscrete;

    public override bool IsKnown => whole.IsKnown && Array.TrueForAll(_values, v => v is null || v.IsKnown);

    public override void Prepare()
    {
        whole.Prepare();
        for (var i = 0; i < 3; i++) _values[i] = _arguments[i]?.Invoke();
    }

    public override bool IsAtom(int e, double x) => IsRight(e) || IsLeft(e) || End(e, x) != x || whole.IsAtom(e, x);

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = whole.Support(e);
        var isInterval = _values[2] is not null;
        return (IsRight(e) || isInterval ? double.NegativeInfinity : lower, IsLeft(e) ? double.PositiveInfinity : upper);
    }

    public override string? Refusal(int e, ReadOnlySpan<double> x) =>
        IsRight(e) || IsLeft(e) ? null
        : End(e, x[0]) is var end && end < x[0] ? $"the interval that it starts ends at {DataDiagnostics.Show(end)}, below it"
        : end > x[0] ? null : whole.LogDensity(e, x) > double.NegativeInfinity || !whole.IsKnown ? whole.Refusal(e, x) : "it is exact, and its density is zero";

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        if (IsRight(e)) return whole.LogAbove(e, x[0], true);
        if (IsLeft(e)) return whole.LogBelow(e, x[0], true);
        var end = End(e, x[0]);
        return end == x[0] ? whole.LogDensity(e, x) : Inversion.LogMass(whole, e, x[0], end);
    }

    public override void Sample(int e, ref Philox random, Span<double> x) => whole.Sample(e, ref random, x);

    private bool IsRight(int e) => Interval.At(_values[0], e, 0) != 0;

    private bool IsLeft(int e) => Interval.At(_values[1], e, 0) != 0;

    /// <summary>The end of the interval that a value starts; the value itself where it is exact.</summary>
    private double End(int e, double x) => Interval.At(_values[2], e, x);
}
