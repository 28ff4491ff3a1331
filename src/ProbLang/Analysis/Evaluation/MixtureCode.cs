using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>A mixture: one of several distributions, by weight, for each event.</summary>
internal class MixtureCode(Bound weights, DistributionCode[] components, ExpressionCode code) : DistributionCode
{
    private readonly Func<Tensor> _evaluate = code.Array(weights);
    private Tensor _weights = Tensor.Vector();

    public override string? CannotSample => Components.Select(c => c.CannotSample).FirstOrDefault(name => name is not null);

    public override bool IsDiscrete => Components.Any(c => c.IsDiscrete);

    protected virtual DistributionCode[] Components => components;

    public override void Prepare()
    {
        _weights = _evaluate();
        PrepareComponents();
        if (Components.Length != _weights.Shape[^1])
            throw new DiagnosticException(DataDiagnostics.ShapesDiffer(code.Source.Locate(weights.Span), $"there are {_weights.Shape[^1]} weights for {Components.Length} components"));
    }

    protected virtual void PrepareComponents()
    {
        foreach (var component in components) component.Prepare();
    }

    /// <remarks>At a value that has a probability of its own in one component, the densities of the others count for nothing.</remarks>
    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        if (!IsWhole(e)) return double.NegativeInfinity;
        var isAtom = x.Length == 1 && IsAtom(e, x[0]);
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++)
            terms[k] = isAtom && !Components[k].IsAtom(e, x[0]) ? double.NegativeInfinity : LogWeight(e, k) + Components[k].LogDensity(e, x);
        return ArrayFunctions.LogSumExp(terms);
    }

    public override bool IsKnown => _weights.IsKnown && Array.TrueForAll(Components, c => c.IsKnown);

    public override bool IsAtom(int e, double x) => Array.Exists(Components, c => c.IsAtom(e, x));

    public override string? Refusal(int e, ReadOnlySpan<double> x)
    {
        string? first = null;
        foreach (var component in Components)
        {
            if (component.Refusal(e, x) is not { } refusal) return null;
            first ??= refusal;
        }
        return first;
    }

    public override double LogBelow(int e, double x, bool isInclusive)
    {
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++) terms[k] = LogWeight(e, k) + Components[k].LogBelow(e, x, isInclusive);
        return IsWhole(e) ? ArrayFunctions.LogSumExp(terms) : double.NaN;
    }

    public override double LogAbove(int e, double x, bool isInclusive)
    {
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++) terms[k] = LogWeight(e, k) + Components[k].LogAbove(e, x, isInclusive);
        return IsWhole(e) ? ArrayFunctions.LogSumExp(terms) : double.NaN;
    }

    public override (double Lower, double Upper) Support(int e)
    {
        var (lower, upper) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var component in Components)
        {
            var (from, to) = component.Support(e);
            (lower, upper) = (Math.Min(lower, from), Math.Max(upper, to));
        }
        return (lower, upper);
    }

    public override void Sample(int e, ref Philox random, Span<double> x)
    {
        if (!IsWhole(e))
        {
            x.Fill(double.NaN);
            return;
        }
        var total = 0.0;
        for (var k = 0; k < Components.Length; k++) total += Weight(e, k);
        var left = random.NextDouble() * total;
        var chosen = 0;
        for (var k = 0; k < Components.Length && left >= 0; k++)
        {
            if (Weight(e, k) == 0) continue;
            left -= Weight(e, k);
            chosen = k;
        }
        Components[chosen].Sample(e, ref random, x);
    }

    /// <summary>Whether the weights of an event are positive and add up to 1, but for rounding. Others are no probabilities.</summary>
    private bool IsWhole(int e)
    {
        var total = 0.0;
        for (var k = 0; k < Components.Length; k++) total += Math.Abs(Weight(e, k));
        return !(Math.Abs(total - 1) > Domains.Tolerance);
    }

    private double LogWeight(int e, int k) => Math.Log(Math.Max(Weight(e, k), 0));

    private double Weight(int e, int k) => _weights.Values[e * Components.Length % _weights.Values.Length + k];
}

/// <summary>A mixture with a component for each value of a range.</summary>
internal sealed class RepeatedMixtureCode(MixtureComprehension mixture, ExpressionCode code) : MixtureCode(mixture.Weights, [], code)
{
    private readonly ExpressionCode _code = code;
    private readonly Func<double> _lower = code.Scalar(mixture.Lower);
    private readonly Func<double> _upper = code.Scalar(mixture.Upper);
    private readonly List<DistributionCode> _made = [];
    private DistributionCode[] _components = [DistributionCode.Of(mixture.Component, code)];

    protected override DistributionCode[] Components => _components;

    protected override void PrepareComponents()
    {
        var (first, count) = _code.Extent(_lower(), _upper(), mixture.Span);
        while (_made.Count < count) _made.Add(Of(mixture.Component, _code));
        if (_components.Length != count) _components = [.. _made.Take(count)];
        for (var k = 0; k < count; k++)
        {
            _code.Tick();
            _code[mixture.Loop].Value = first + k;
            _components[k].Prepare();
        }
    }
}
