using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A scalar distribution restricted to an interval, bounds inclusive, and normalised.</summary>
internal sealed class TruncatedCode(DistributionCode whole, TruncatedDistribution bound, ExpressionCode code) : DistributionCode
{
    /// <summary>How often a draw of the whole is tried before the interval is taken for a rare one.</summary>
    private const int Tries = 32;

    private readonly Interval _interval = new(bound.Lower, bound.Upper, code);

    public override string? CannotSample => whole.CannotSample;

    public override bool IsDiscrete => whole.IsDiscrete;

    public override bool IsKnown => whole.IsKnown && _interval.IsKnown;

    public override bool AllowsEdge(int e, double x) => whole.AllowsEdge(e, x);

    public override bool IsAtom(int e, double x) => whole.IsAtom(e, x) && Contains(e, x);

    public override string? Refusal(int e, ReadOnlySpan<double> x) => whole.Refusal(e, x);

    public override void Prepare()
    {
        whole.Prepare();
        _interval.Prepare();
    }

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = whole.Support(e);
        var (from, to) = _interval[e];
        return (Math.Max(lower, from), Math.Min(upper, to));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var (from, to) = _interval[e];
        if (!Contains(e, x[0])) return double.NegativeInfinity;
        var mass = LogMass(e, from, to);
        return double.IsNegativeInfinity(mass) ? mass : whole.LogDensity(e, x) - mass;
    }

    public override double LogBelow(int e, double x, bool isInclusive)
    {
        var (from, to) = _interval[e];
        if (x < from || x == from && !(isInclusive && HasFrom)) return double.NegativeInfinity;
        return x > to || x == to && isInclusive ? 0 : LogMass(e, from, x, isInclusive) - LogMass(e, from, to);
    }

    public override double LogAbove(int e, double x, bool isInclusive)
    {
        var (from, to) = _interval[e];
        if (x > to || x == to && !isInclusive) return double.NegativeInfinity;
        if (x < from || x == from && (isInclusive || !HasFrom)) return 0;
        // P(x < X) is P(x ≤ X) without P(x).
        var whollyAbove = Inversion.LogMass(whole, e, x, to);
        var above = isInclusive || !whole.IsAtom(e, x) ? whollyAbove : Inversion.LogDifference(whollyAbove, whole.LogDensity(e, [x]));
        return above - LogMass(e, from, to);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        for (var i = 0; i < Tries; i++)
        {
            whole.Sample(e, ref random, x);
            if (Contains(e, x[0])) return;
        }
        x[0] = Inversion.AtLogSurvival(this, e, Math.Log(random.NextDouble()));
    }

    private bool HasFrom => !bound.IsLowerOpen;

    private bool Contains(int e, double x) => _interval[e] is var (from, to) && x <= to && (HasFrom ? x >= from : x > from);

    private double LogMass(int e, double from, double to, bool hasTo = true) => Inversion.LogMass(whole, e, from, to, hasTo, HasFrom);
}

/// <summary>The two bounds of a modifier, for each event.</summary>
internal sealed class Interval(Bound? lower, Bound? upper, ExpressionCode code)
{
    private readonly Func<Tensor>? _lower = lower is null ? null : code.Array(lower);
    private readonly Func<Tensor>? _upper = upper is null ? null : code.Array(upper);
    private Tensor? _from;
    private Tensor? _to;

    public bool IsKnown => (_from?.IsKnown ?? true) && (_to?.IsKnown ?? true);

    public void Prepare() => (_from, _to) = (_lower?.Invoke(), _upper?.Invoke());

    public (double From, double To) this[int e] => (At(_from, e, double.NegativeInfinity), At(_to, e, double.PositiveInfinity));

    /// <summary>The element of an argument that goes with an event.</summary>
    public static double At(Tensor? argument, int e, double missing) => argument is null ? missing : argument.Values[argument.Values.Length == 1 ? 0 : e % argument.Values.Length];
}
