using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A scalar distribution recorded to the nearest multiple of a step; what lies halfway goes up.</summary>
internal sealed class RoundedCode(DistributionCode whole, RoundedDistribution bound, ExpressionCode code) : DistributionCode
{
    /// <summary>How far a value may be from its multiple, in multiples: data are written in decimals.</summary>
    private const double Tolerance = 1e-9;

    private readonly Func<Tensor> _argument = code.Array(bound.Step);
    private Tensor _steps = Tensor.Vector();

    public override string? CannotSample => whole.CannotSample;

    public override bool IsDiscrete => bound.Type != ElementType.Real;

    public override bool IsKnown => whole.IsKnown && _steps.IsKnown;

    public override void Prepare()
    {
        whole.Prepare();
        _steps = _argument();
    }

    public override bool IsAtom(int e, double x) => double.IsInteger(Multiple(e, x));

    public override string? Refusal(int e, ReadOnlySpan<double> x) =>
        double.IsInteger(Multiple(e, x[0])) ? null : $"its values are multiples of {DataDiagnostics.Show(Step(e))}";

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = whole.Support(e);
        return (Nearest(e, lower), Nearest(e, upper));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var (multiple, step) = (Multiple(e, x[0]), Step(e));
        return double.IsInteger(multiple) ? Inversion.LogMass(whole, e, (multiple - 0.5) * step, (multiple + 0.5) * step, hasTo: false) : double.NegativeInfinity;
    }

    public override double LogBelow(int e, double x, bool isInclusive) => whole.LogBelow(e, Edge(e, x, isInclusive), false);

    public override double LogAbove(int e, double x, bool isInclusive) => whole.LogAbove(e, Edge(e, x, !isInclusive), true);

    public override double Quantile(int e, double probability) => Inversion.Quantile(this, e, probability) is var q && double.IsFinite(q) ? Math.Round(q / Step(e)) * Step(e) : q;

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        whole.Sample(e, ref random, x);
        x[0] = Nearest(e, x[0]);
    }

    /// <summary>Where what is recorded below a value, or up to it, ends.</summary>
    private double Edge(int e, double x, bool isInclusive)
    {
        var multiple = Multiple(e, x);
        return (isInclusive ? Math.Floor(multiple) + 0.5 : Math.Ceiling(multiple) - 0.5) * Step(e);
    }

    private double Multiple(int e, double x)
    {
        var multiple = x / Step(e);
        var nearest = Math.Round(multiple);
        return Math.Abs(multiple - nearest) <= Tolerance * Math.Max(1, Math.Abs(multiple)) ? nearest : multiple;
    }

    private double Nearest(int e, double x) => double.IsInfinity(x) ? x : Math.Floor(x / Step(e) + 0.5) * Step(e);

    private double Step(int e) => Interval.At(_steps, e, 1);
}
