using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A scalar distribution restricted to an interval, bounds inclusive, and normalised.</summary>
internal sealed class TruncatedCode(DistributionCode whole, TruncatedDistribution bound, ExpressionCode code) : DistributionCode
{
    /// <summary>How often a draw of the whole is tried before the interval is taken for a rare one.</summary>
    private const int Tries = 32;

    private const double LogHalf = -0.69314718055994530942;

    private readonly Func<Tensor>? _lower = bound.Lower is null ? null : code.Array(bound.Lower);
    private readonly Func<Tensor>? _upper = bound.Upper is null ? null : code.Array(bound.Upper);
    private Tensor? _from;
    private Tensor? _to;

    public override string? CannotSample => whole.CannotSample;

    public override bool IsDiscrete => whole.IsDiscrete;

    public override bool AllowsEdge(int e, double x) => whole.AllowsEdge(e, x);

    public override void Prepare()
    {
        whole.Prepare();
        (_from, _to) = (_lower?.Invoke(), _upper?.Invoke());
    }

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = whole.Support(e);
        var (from, to) = Bounds(e);
        return (Math.Max(lower, from), Math.Min(upper, to));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var (from, to) = Bounds(e);
        return x[0] < from || x[0] > to ? double.NegativeInfinity : whole.LogDensity(e, x) - LogMass(e, Below(from), to);
    }

    public override double LogCdf(int e, double x)
    {
        var (from, to) = Bounds(e);
        return x < from ? double.NegativeInfinity : x >= to ? 0 : LogMass(e, Below(from), x) - LogMass(e, Below(from), to);
    }

    public override double LogSurvival(int e, double x)
    {
        var (from, to) = Bounds(e);
        return x < from ? 0 : x >= to ? double.NegativeInfinity : LogMass(e, x, to) - LogMass(e, Below(from), to);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        var (from, to) = Bounds(e);
        for (var i = 0; i < Tries; i++)
        {
            whole.Sample(e, ref random, x);
            if (x[0] >= from && x[0] <= to) return;
        }
        x[0] = Invert(e, Math.Log(random.NextDouble()));
    }

    /// <summary>The value above which this much of the mass lies, by bisection: exact in either tail.</summary>
    private double Invert(int e, double logSurvival)
    {
        var (low, high) = Support(e);
        if (!(low <= high)) return double.NaN;
        if (IsDiscrete) low -= 1;
        if (double.IsInfinity(low)) low = Reach(e, high, -1, logSurvival);
        if (double.IsInfinity(high)) high = Reach(e, low, 1, logSurvival);
        for (var i = 0; i < 2000; i++)
        {
            var middle = IsDiscrete ? Math.Floor((low + high) / 2) : (low + high) / 2;
            if (middle <= low || middle >= high) break;
            if (LogSurvival(e, middle) > logSurvival) low = middle;
            else high = middle;
        }
        return high;
    }

    /// <summary>Goes from an end, in steps that double, until the value looked for is passed.</summary>
    private double Reach(int e, double end, int direction, double logSurvival)
    {
        var start = double.IsInfinity(end) ? 0 : end;
        for (var step = 1.0; step < 1e300; step *= 2)
        {
            var x = start + direction * step;
            if (direction > 0 ? LogSurvival(e, x) <= logSurvival : LogSurvival(e, x) > logSurvival) return x;
        }
        return direction * double.MaxValue;
    }

    /// <summary>log P(after &lt; X ≤ to), from the tail that the interval is nearer to.</summary>
    private double LogMass(int e, double after, double to)
    {
        var (lower, upper) = whole.Support(e);
        var hasAfter = IsDiscrete ? after >= lower : after > lower;
        var hasTo = to < upper;
        if (after >= to) return double.NegativeInfinity;
        if (!hasAfter) return hasTo ? whole.LogCdf(e, to) : 0;
        if (!hasTo) return whole.LogSurvival(e, after);
        var below = whole.LogCdf(e, after);
        return below < LogHalf ? LogDifference(whole.LogCdf(e, to), below) : LogDifference(whole.LogSurvival(e, after), whole.LogSurvival(e, to));
    }

    /// <summary>log(exp(a) - exp(b)).</summary>
    private static double LogDifference(double a, double b) => a > b ? a + Math.Log(-SpecialFunctions.Expm1(b - a)) : double.NegativeInfinity;

    private double Below(double from) => IsDiscrete ? Math.Ceiling(from) - 1 : from;

    private (double From, double To) Bounds(int e) => (At(_from, e, double.NegativeInfinity), At(_to, e, double.PositiveInfinity));

    private static double At(Tensor? bound, int e, double missing) => bound is null ? missing : bound.Values[bound.Values.Length == 1 ? 0 : e % bound.Values.Length];
}
