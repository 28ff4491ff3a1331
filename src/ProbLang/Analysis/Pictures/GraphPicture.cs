using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>What a node of the picture of a model stands for.</summary>
internal enum NodeKind
{
    Input, Parameter, Random, Computed, Net,

    /// <summary>A <c>factor</c>.</summary>
    Factor,

    /// <summary>A condition that is <c>given</c>.</summary>
    Condition,
}

/// <summary>How much of a variable is observed.</summary>
internal enum Observed { None, Part, All }

/// <summary>A node of the picture of a model.</summary>
/// <param name="Name">What it is called, for edges in text; of a factor or a condition what is said.</param>
/// <param name="Label">What stands in it: <c>theta[school]</c>.</param>
/// <param name="Kind">What it stands for.</param>
/// <param name="Right">The distribution that it is drawn from, the kind of a net; empty elsewhere.</param>
/// <param name="Observed">How much of it the data give.</param>
/// <param name="Plate">The innermost plate that it is in; -1 for none.</param>
/// <param name="Statement">What defines it, as it is written; empty where that is nothing.</param>
internal sealed record GraphNode(string Name, string Label, NodeKind Kind, string Right, Observed Observed, int Plate, string Statement)
{
    /// <summary>What it is, in a word or two.</summary>
    public string Role => Kind switch
    {
        NodeKind.Input => "input",
        NodeKind.Parameter => "param",
        NodeKind.Net => "net",
        NodeKind.Factor => "factor",
        NodeKind.Condition => "given",
        _ => Observed switch { Observed.All => "observed", Observed.Part => "partly observed", _ => "" },
    };
}

/// <summary>A plate.</summary>
/// <param name="Label">Its index and range: <c>school in 1..J</c>.</param>
/// <param name="Parent">The plate around it, which comes before it; -1 for none.</param>
internal sealed record GraphPlate(string Label, int Parent);

/// <summary>That one node depends on another; both may be the same, as in a series.</summary>
internal readonly record struct GraphEdge(int From, int To);

/// <summary>A model as nodes, plates and edges: what every form of its picture is made from.</summary>
/// <param name="Title">The name of the model.</param>
/// <param name="Nodes">In the order of the model.</param>
/// <param name="Plates">Outer ones before those inside of them.</param>
/// <param name="Edges">Each once, in the order of the nodes that they lead to.</param>
internal sealed record GraphPicture(string Title, ImmutableArray<GraphNode> Nodes, ImmutableArray<GraphPlate> Plates, ImmutableArray<GraphEdge> Edges)
{
    /// <summary>The plates that a plate is in, the innermost first, itself included; none for -1.</summary>
    public IEnumerable<int> Around(int plate)
    {
        for (; plate >= 0; plate = Plates[plate].Parent) yield return plate;
    }

    /// <summary>The nodes that one depends on, in the order of the model, itself among them where it is a series.</summary>
    public IEnumerable<int> ParentsOf(int node) => Edges.Where(e => e.To == node).Select(e => e.From).Order();
}
