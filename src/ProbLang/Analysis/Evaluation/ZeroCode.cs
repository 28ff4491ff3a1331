using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>All mass at one value.</summary>
internal sealed class PointCode(PointDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Func<Tensor> _argument = code.Array(bound.Value);
    private Tensor _values = Tensor.Vector();

    public override string? CannotSample => null;

    public override bool IsKnown => _values.IsKnown;

    public override void Prepare() => _values = _argument();

    public override bool IsAtom(int e, double x) => x == Value(e);

    public override (double Lower, double Upper) Support(int e) => (Value(e), Value(e));

    public override double LogDensity(int e, ReadOnlySpan<double> x) => Log(x[0] == Value(e));

    public override double LogBelow(int e, double x, bool isInclusive) => Log(Value(e) < x || isInclusive && Value(e) == x);

    public override double LogAbove(int e, double x, bool isInclusive) => Log(Value(e) > x || isInclusive && Value(e) == x);

    public override void Sample(int e, ref Philox random, Span<double> x) => x[0] = Value(e);

    private static double Log(bool holds) => holds ? 0 : double.NegativeInfinity;

    private double Value(int e) => Interval.At(_values, e, 0);
}

/// <summary>0 with a probability, else a draw of another distribution.</summary>
internal sealed class ZeroCode(DistributionCode rest, ZeroDistribution bound, ExpressionCode code) : DistributionCode
{
    private readonly Func<Tensor> _argument = code.Array(bound.Probability);
    private Tensor _probabilities = Tensor.Vector();

    public override string? CannotSample => rest.CannotSample;

    public override bool IsDiscrete => rest.IsDiscrete;

    public override bool IsKnown => rest.IsKnown && _probabilities.IsKnown;

    public override void Prepare()
    {
        rest.Prepare();
        _probabilities = _argument();
    }

    public override bool IsAtom(int e, double x) => x == 0 || rest.IsAtom(e, x);

    public override string? Refusal(int e, ReadOnlySpan<double> x) => x[0] == 0 ? null : rest.Refusal(e, x);

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = rest.Support(e);
        return (Math.Min(0, lower), Math.Max(0, upper));
    }

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var other = LogRest(e) + rest.LogDensity(e, x);
        if (x[0] != 0) return other;
        return rest.IsAtom(e, 0) ? LogSum(LogZero(e), other) : LogZero(e);
    }

    public override double LogBelow(int e, double x, bool isInclusive)
    {
        var other = LogRest(e) + rest.LogBelow(e, x, isInclusive);
        return x > 0 || x == 0 && isInclusive ? LogSum(LogZero(e), other) : other;
    }

    public override double LogAbove(int e, double x, bool isInclusive)
    {
        var other = LogRest(e) + rest.LogAbove(e, x, isInclusive);
        return x < 0 || x == 0 && isInclusive ? LogSum(LogZero(e), other) : other;
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        if (!Domain.Probability.Holds(Probability(e))) x[0] = double.NaN;
        else if (random.NextDouble() < Probability(e)) x[0] = 0;
        else rest.Sample(e, ref random, x);
    }

    private static double LogSum(double a, double b) => ArrayFunctions.LogSumExp([a, b]);

    private double LogZero(int e) => Probability(e) is var p && p > 1 ? double.NegativeInfinity : Math.Log(p);

    private double LogRest(int e) => Probability(e) is var p && p < 0 ? double.NegativeInfinity : SpecialFunctions.Log1p(-p);

    private double Probability(int e) => Interval.At(_probabilities, e, 0);
}
