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

    public override double LogDensity(int e, ReadOnlySpan<double> x)
    {
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++) terms[k] = Math.Log(Weight(e, k)) + Components[k].LogDensity(e, x);
        return ArrayFunctions.LogSumExp(terms);
    }

    public override double LogCdf(int e, double x)
    {
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++) terms[k] = Math.Log(Weight(e, k)) + Components[k].LogCdf(e, x);
        return ArrayFunctions.LogSumExp(terms);
    }

    public override double LogSurvival(int e, double x)
    {
        var terms = new double[Components.Length];
        for (var k = 0; k < terms.Length; k++) terms[k] = Math.Log(Weight(e, k)) + Components[k].LogSurvival(e, x);
        return ArrayFunctions.LogSumExp(terms);
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
            _code[mixture.Loop].Value = first + k;
            _components[k].Prepare();
        }
    }
}
