using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>Makes the picture of a model. Inputs that only say how long something is are left out: they stand at the plates.</summary>
internal sealed class GraphPictureBuilder
{
    private const int LongestCondition = 40;

    private readonly ModelGraph _graph;
    private readonly Func<Variable, Observed> _observed;
    private readonly PicturePlates _plates = new();
    private readonly ImmutableArray<GraphNode>.Builder _nodes = ImmutableArray.CreateBuilder<GraphNode>();
    private readonly List<GraphEdge> _edges = [];
    private readonly Dictionary<object, int> _places = new(ReferenceEqualityComparer.Instance);
    private readonly PictureReads _reads;

    private GraphPictureBuilder(ModelGraph graph, Func<Variable, Observed> observed)
    {
        (_graph, _observed) = (graph, observed);
        foreach (var definition in graph.Definitions) _plates.Add(definition.Plates);
        foreach (var factor in graph.Factors) _plates.Add(factor.Plates);
        foreach (var condition in graph.GivenConditions) _plates.Add(condition.Plates);
        foreach (var order in graph.GivenOrders) _plates.Add(order.Plates);
        _reads = new PictureReads(graph, _plates);
    }

    /// <param name="graph">The model.</param>
    /// <param name="title">Its name.</param>
    /// <param name="observed">How much of a variable is observed.</param>
    public static GraphPicture Of(ModelGraph graph, string title, Func<Variable, Observed> observed)
    {
        var builder = new GraphPictureBuilder(graph, observed);
        builder.AddNodes();
        builder.AddEdges();
        return builder._plates.Used(title, builder._nodes.ToImmutable(), builder._edges);
    }

    private void AddNodes()
    {
        foreach (var net in _graph.Nets.Where(n => !IsInside(n))) Add(net, new GraphNode(net.Name, net.Name, NodeKind.Net, net.Kind?.Name ?? "", Observed.None, -1, $"net {net.Name}"));
        foreach (var variable in _graph.Variables.Where(v => v is { LevelsOf: null, IsAuxiliary: false } && !_reads.IsOnlySize(v))) Add(variable, NodeOf(variable));
        foreach (var factor in _graph.Factors.Where(f => f.Observed is null)) Add(factor, Said(NodeKind.Factor, factor.Span, factor.Plates));
        foreach (var condition in _graph.GivenConditions) Add(condition, Said(NodeKind.Condition, condition.Span, condition.Plates));
        foreach (var order in _graph.GivenOrders.Where(o => _graph.GivenConditions.All(c => c.Span != o.Span))) Add(order, Said(NodeKind.Condition, order.Span, order.Plates));
    }

    private void Add(object what, GraphNode node)
    {
        _places.Add(what, _nodes.Count);
        _nodes.Add(node);
    }

    private GraphNode NodeOf(Variable variable)
    {
        var definitions = _graph.DefinitionsOf(variable).Where(d => !d.IsMerged).ToArray();
        var kind = variable.IsParameter ? NodeKind.Parameter : variable.IsInput ? NodeKind.Input : definitions.Any(d => d.IsRandom) ? NodeKind.Random : NodeKind.Computed;
        // A series is where most of it is defined: in the loop, not at its first element.
        var main = definitions.MaxBy(d => d.Plates.Length);
        var plate = main is not null ? _plates.Of(main.Plates) : _reads.PlateOfInput(variable);
        var right = string.Join(" or ", definitions.Where(d => d.IsRandom).Select(d => DistributionWords.Of(d.Distribution!)).Distinct());
        return new GraphNode(variable.Name, variable.Name + Indices(variable, main, plate), kind, right, _observed(variable), plate, main is null ? "" : Source(main.Span));
    }

    private string Indices(Variable variable, Definition? main, int plate)
    {
        if (variable.Rank == 0) return "";
        if (main is { Indices.IsEmpty: false }) return $"[{string.Join(", ", main.Indices.Select(GraphPrinter.Print))}]";
        return plate >= 0 ? $"[{string.Join(", ", _reads.IndicesOfInput(variable))}]" : VariableText.Dimensions(variable) is var shown && shown.Contains('_', StringComparison.Ordinal) ? "" : shown;
    }

    private GraphNode Said(NodeKind kind, Text.Span span, ImmutableArray<Plate> plates)
    {
        var text = Source(span);
        var value = text.StartsWith("factor ", StringComparison.Ordinal) ? text[7..] : text.StartsWith("given ", StringComparison.Ordinal) ? text[6..] : text;
        var label = value.Length > LongestCondition ? value[..(LongestCondition - 1)] + "…" : value;
        return new GraphNode(label, label, kind, "", kind == NodeKind.Condition ? Observed.All : Observed.None, _plates.Of(plates), text);
    }

    /// <summary>What is written at a place, in one line.</summary>
    private string Source(Text.Span span) =>
        string.Join(' ', string.Join(' ', _graph.Source.TextOf(span).Split('\n').Select(l => l.Split("//")[0])).Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether a net is written inside of a chain.</summary>
    private static bool IsInside(Net net) => net.Name.Contains('.', StringComparison.Ordinal);

    private void AddEdges()
    {
        foreach (var net in _graph.Nets.Where(n => _places.ContainsKey(n)))
            Connect(net.Parts, net);
        foreach (var variable in _graph.Variables.Where(_places.ContainsKey)) Connect(_reads.Of(variable), variable);
        foreach (var factor in _graph.Factors.Where(_places.ContainsKey)) Connect(PictureReads.In([factor.Value, .. factor.Gates.Select(g => g.Condition)]), factor);
        foreach (var condition in _graph.GivenConditions) Connect(PictureReads.In([condition.Condition, .. condition.Gates.Select(g => g.Condition)]), condition);
        foreach (var order in _graph.GivenOrders.Where(_places.ContainsKey)) Connect(PictureReads.In([order.Less, order.Greater]), order);
    }

    private void Connect(IEnumerable<object> read, object by)
    {
        foreach (var from in _reads.Shown(read))
            if (_places.TryGetValue(from, out var place) && new GraphEdge(place, _places[by]) is var edge && !_edges.Contains(edge)) _edges.Add(edge);
    }
}
