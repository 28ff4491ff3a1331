using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Draws from arrays of known distributions, which this adds to the graph, what cannot be drawn by parameters that differ from element to element: Infer.NET
/// has truncated normal distributions with fixed parameters only, and its variational evidence of beta and Dirichlet distributions is right only where they
/// are known as a whole, and with it the gates around them.
/// </summary>
internal sealed class KnownPriors
{
    private readonly FactorAlgorithm _algorithm;
    private readonly List<FactorVariable> _added = [];
    private readonly HashSet<string> _taken;

    private KnownPriors(FactorGraph graph, FactorAlgorithm algorithm) =>
        (_algorithm, _taken) = (algorithm, [.. graph.Variables.Select(v => v.Name), .. graph.Ranges.Select(r => r.Name)]);

    public static FactorGraph In(FactorGraph graph, FactorAlgorithm algorithm)
    {
        var priors = new KnownPriors(graph, algorithm);
        var statements = priors.Of(graph.Statements, []);
        return priors._added.Count == 0 && statements.SequenceEqual(graph.Statements)
            ? graph
            : new FactorGraph(graph.Name, [.. graph.Variables, .. priors._added], graph.Ranges, statements, graph.Queries);
    }

    /// <summary>Whether what is known is a whole distribution that something is drawn from: its parameters stand together as the item of a variable.</summary>
    public static bool IsPrior(FactorVariable variable) => (variable.Domain, variable.Data?.ItemShape.Length) is (FactorDomain.TruncatedGaussian or FactorDomain.Beta, 1) or (FactorDomain.Simplex, 2);

    private ImmutableArray<FactorStatement> Of(ImmutableArray<FactorStatement> statements, ImmutableArray<FactorRange> plates) => [.. statements.Select(s => Of(s, plates))];

    private FactorStatement Of(FactorStatement statement, ImmutableArray<FactorRange> plates) => statement switch
    {
        RepeatStatement repeat => repeat with { Body = Of(repeat.Body, plates.Add(repeat.Range)) },
        GateStatement gate => gate with { Body = Of(gate.Body, plates) },
        DefineStatement define when NeedsPrior(define) => define with { Arguments = Arguments(define, plates) },
        _ => statement,
    };

    private bool NeedsPrior(DefineStatement define) =>
        (define.Operation is FactorOperation.TruncatedGaussian
            || (_algorithm == FactorAlgorithm.VariationalMessagePassing && define.Operation is (FactorOperation.Beta or FactorOperation.Dirichlet)))
        && define.Arguments.Any(a => !a.Indices.IsEmpty) && define.Arguments.All(KnownValues.IsKnown);

    private ImmutableArray<FactorReference> Arguments(DefineStatement define, ImmutableArray<FactorRange> plates)
    {
        var (numbers, each) = (new List<double>(), define.Arguments.Sum(a => a.Variable.Data!.ItemShape.Aggregate(1, (size, length) => size * length)));
        FactorCounting.ForEach(plates, at =>
        {
            foreach (var argument in define.Arguments) numbers.AddRange(KnownValues.Item(argument, plates, at));
        });
        var isOne = Enumerable.Range(0, numbers.Count).All(i => numbers[i].Equals(numbers[i % each]));
        if (!isOne || numbers.Count == 0) return [Array(define, plates, [.. numbers], each)];
        return define.Operation == FactorOperation.Dirichlet
            ? [new(Add(new() { Name = Name("counts"), Domain = FactorDomain.Vector, Data = new(numbers.Take(each).ToArray(), [each]) }))]
            : [.. numbers.Take(each).Select(Scalar)];
    }

    private FactorReference Scalar(double number) => new(Add(new() { Name = Name("parameter"), Domain = FactorDomain.Real, Data = FactorData.Of(number) }));

    private FactorReference Array(DefineStatement define, ImmutableArray<FactorRange> plates, double[] numbers, int each)
    {
        var (domain, shape) = define.Operation switch
        {
            FactorOperation.Beta => (FactorDomain.Beta, (ImmutableArray<int>)[each]),
            FactorOperation.Dirichlet => (FactorDomain.Simplex, [1, each]),
            _ => (FactorDomain.TruncatedGaussian, [each]),
        };
        var prior = new FactorVariable { Name = Name(define.Target.Variable.Name + "Prior"), Domain = domain, Ranges = plates, Data = new(numbers, shape) };
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
