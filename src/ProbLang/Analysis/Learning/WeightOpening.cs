using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Makes the weights of every net a variable, <c>f.weights</c>: an unknown parameter with a flat prior, or known where the data (a fit) give it.
/// </summary>
internal sealed class WeightOpening
{
    private readonly ModelGraph _graph;
    private readonly DataSet _data;
    private readonly Dictionary<Net, Variable> _weights = new(ReferenceEqualityComparer.Instance);
    private readonly ImmutableArray<Definition>.Builder _definitions;

    private WeightOpening(ModelGraph graph, DataSet data) => (_graph, _data, _definitions) = (graph, data, graph.Definitions.ToBuilder());

    public static ModelGraph Of(ModelGraph graph, DataSet data) => graph.Nets.IsEmpty ? graph : new WeightOpening(graph, data).Open();

    /// <summary>A graph without the variables of weights, to be opened anew.</summary>
    public static ModelGraph Closed(ModelGraph graph)
    {
        var names = graph.Variables.Where(v => v is { IsAuxiliary: true, IsParameter: true }).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        return graph with { Variables = [.. graph.Variables.Where(v => !names.Contains(v))], Definitions = [.. graph.Definitions.Where(d => !names.Contains(d.Variable))] };
    }

    /// <summary>The name of the weights of a net among the data.</summary>
    public static string NameOf(Net net) => $"{net.Name}.weights";

    /// <summary>The name of the shape of a net among the data: how long the vectors are that it takes and gives, and its context.</summary>
    public static string ShapeNameOf(Net net) => $"{net.Name}.shape";

    private ModelGraph Open()
    {
        Rewriting? rewriting = null;
        rewriting = new Rewriting(part => part is NetValue value ? value with
        {
            Argument = rewriting!.In(value.Argument),
            Context = value.Context is { } context ? rewriting.In(context) : null,
            Weights = new VariableValue(WeightsOf(value.Net), value.Span),
        } : null);
        var opened = rewriting.In(_graph);
        var own = _definitions.Skip(_graph.Definitions.Length);
        return opened with { Definitions = [.. opened.Definitions, .. own], Variables = [.. _graph.Variables, .. _weights.Values] };
    }

    private Variable WeightsOf(Net net)
    {
        if (_weights.TryGetValue(net, out var known)) return known;
        var count = new WeightCount(net, LaidOutBefore(net), net.Span);
        var isGiven = _data.Arrays.ContainsKey(NameOf(net));
        var weights = new Variable(NameOf(net), isGiven, net.Span) { Rank = 1, IsAuxiliary = true, IsParameter = true, Dims = isGiven ? [count] : [], DimensionNames = [null] };
        if (!isGiven)
        {
            var flat = new CatalogDistribution(DistributionCatalog.Find("Flat")!, 0, [null, null], 0, ElementType.Real, net.Span);
            _definitions.Add(new Definition(weights, [], [], new RepeatedDistribution(flat, [count], net.Span), null, net.Span) { Target = net.Span });
        }
        return _weights[net] = weights;
    }

    /// <summary>
    /// What the shape of a net rests on: all that is known before anything is laid out, and what it is applied to, as far as the data do not give that and it is
    /// not made by the net itself.
    /// </summary>
    private ImmutableArray<Bound> LaidOutBefore(Net net)
    {
        var before = new HashSet<Variable>(ReferenceEqualityComparer.Instance);
        var reads = _graph.Definitions.GroupBy(d => d.Variable).ToDictionary(g => g.Key, g => Uses.Of(g.SelectMany(d => Parts.OfRight(d))));
        var made = _graph.Definitions.Where(d => Learning.Nets(d).Any(v => v.Net == net)).Select(d => d.Variable).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        foreach (var definition in _graph.Definitions)
            foreach (var value in Learning.Nets(definition).Where(v => v.Net == net))
            {
                before.UnionWith(Uses.Of(Uses.OfPlates(definition.Plates)));
                foreach (var variable in Uses.Of(value.Operands))
                    if (variable.IsInput || !_data.Arrays.ContainsKey(variable.Name) && !IsMadeOf(variable)) before.Add(variable);
            }
        before.UnionWith(Uses.Of(net.Arguments.Select(a => a.Value).OfType<Bound>()));
        return [.. before.Select(v => new VariableValue(v, net.Span))];

        bool IsMadeOf(Variable variable)
        {
            var (seen, open) = (new HashSet<Variable>(ReferenceEqualityComparer.Instance), new Stack<Variable>([variable]));
            while (open.TryPop(out var next))
            {
                if (!seen.Add(next)) continue;
                if (made.Contains(next)) return true;
                foreach (var read in reads.GetValueOrDefault(next, [])) open.Push(read);
            }
            return false;
        }
    }
}
