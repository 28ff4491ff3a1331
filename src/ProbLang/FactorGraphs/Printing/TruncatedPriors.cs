using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Infer.NET draws from a truncated normal distribution with fixed parameters only. Where the parameters differ from element to element, the elements
/// are drawn from an array of known distributions, which this adds to the graph.
/// </summary>
internal sealed class TruncatedPriors
{
    private readonly List<FactorVariable> _added = [];
    private readonly HashSet<string> _taken;

    private TruncatedPriors(FactorGraph graph) => _taken = [.. graph.Variables.Select(v => v.Name), .. graph.Ranges.Select(r => r.Name)];

    public static FactorGraph In(FactorGraph graph)
    {
        var priors = new TruncatedPriors(graph);
        var statements = priors.Of(graph.Statements, []);
        return priors._added.Count == 0 && statements.SequenceEqual(graph.Statements)
            ? graph
            : new FactorGraph(graph.Name, [.. graph.Variables, .. priors._added], graph.Ranges, statements, graph.Queries);
    }

    private ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements, ImmutableArray<FactorRange> plates) => [.. statements.Select(s => Of(s, plates))];

    private FactorStatement Of(FactorStatement statement, ImmutableArray<FactorRange> plates) => statement switch
    {
        RepeatStatement repeat => repeat with { Body = Of(repeat.Body, plates.Add(repeat.Range)) },
        GateStatement gate => gate with { Body = Of(gate.Body, plates) },
        DefineStatement { Operation: FactorOperation.TruncatedGaussian } define when define.Arguments.Any(a => !a.Indices.IsEmpty) => define with { Arguments = Arguments(define, plates) },
        _ => statement,
    };

    private ImmutableArray<FactorReference> Arguments(DefineStatement define, ImmutableArray<FactorRange> plates)
    {
        var numbers = new List<double>();
        FactorCounting.ForEach(plates, at =>
        {
            foreach (var argument in define.Arguments) numbers.Add(KnownValues.Of(argument, plates, at));
        });
        var isOne = Enumerable.Range(0, numbers.Count).All(i => numbers[i].Equals(numbers[i % 4]));
        return isOne && numbers.Count > 0 ? [.. numbers.Take(4).Select(Scalar)] : [Array(define.Target.Variable.Name, plates, [.. numbers])];
    }

    private FactorReference Scalar(double number) => new(Add(new() { Name = Name("bound"), Domain = FactorDomain.Real, Data = FactorData.Of(number) }));

    private FactorReference Array(string name, ImmutableArray<FactorRange> plates, double[] numbers)
    {
        var prior = new FactorVariable { Name = Name(name + "Prior"), Domain = FactorDomain.TruncatedGaussian, Ranges = plates, Data = new(numbers, [4]) };
        return new(Add(prior), [.. plates.Select(p => new RangeIndex(p))]);
    }

    private FactorVariable Add(FactorVariable variable)
    {
        _added.Add(variable);
        return variable;
    }

    private string Name(string name)
    {
        var tried = name;
        for (var i = 2; !_taken.Add(tried); i++) tried = name + i;
        return tried;
    }
}
