using System.Globalization;
using System.Text;

namespace ProbLang.Analysis;

/// <summary>A picture in the language of Graphviz.</summary>
internal sealed class DotGraph(GraphPicture picture)
{
    private readonly StringBuilder _text = new();

    public static string Of(GraphPicture picture)
    {
        var graph = new DotGraph(picture);
        graph.Write();
        return graph._text.ToString();
    }

    private void Write()
    {
        _text.Append("digraph model {\n  graph [label=").Append(Quoted(picture.Title)).Append(", labelloc=t, fontname=\"sans-serif\", rankdir=TB]\n");
        _text.Append("  node [fontname=\"sans-serif\", fontsize=12]\n  edge [arrowsize=0.7]\n");
        Plate(-1, "  ");
        foreach (var edge in picture.Edges) _text.Append(CultureInfo.InvariantCulture, $"  n{edge.From} -> n{edge.To}\n");
        _text.Append("}\n");
    }

    private void Plate(int plate, string indent)
    {
        for (var node = 0; node < picture.Nodes.Length; node++)
            if (picture.Nodes[node].Plate == plate) _text.Append(CultureInfo.InvariantCulture, $"{indent}n{node} [{Attributes(picture.Nodes[node])}]\n");
        for (var inner = 0; inner < picture.Plates.Length; inner++)
        {
            if (picture.Plates[inner].Parent != plate) continue;
            _text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph cluster_{inner} {{\n{indent}  graph [label={Quoted(picture.Plates[inner].Label)}, labelloc=b, labeljust=r, style=rounded, fontsize=10]\n");
            Plate(inner, indent + "  ");
            _text.Append(indent).Append("}\n");
        }
    }

    private static string Attributes(GraphNode node)
    {
        var label = node.Kind is NodeKind.Random or NodeKind.Net && node.Right.Length > 0 ? $"{node.Label}\n{(node.Kind == NodeKind.Random ? "~ " : "")}{node.Right}" : node.Label;
        var tooltip = node.Statement.Length > 0 ? $", tooltip={Quoted(node.Statement)}" : "";
        return node.Kind switch
        {
            NodeKind.Input => $"label={Quoted(label)}, shape=box, height=0.3, fontsize=11, color=gray60",
            NodeKind.Parameter => $"label={Quoted(label)}, shape=hexagon",
            NodeKind.Net => $"label={Quoted(label)}, shape=component",
            NodeKind.Factor => $"label=\"\", xlabel={Quoted(label)}, shape=square, width=0.16, style=filled, fillcolor=black",
            NodeKind.Condition => $"label={Quoted(label)}, shape=box, style=filled, fillcolor=gray85",
            _ => $"label={Quoted(label)}, shape=ellipse{(node.Kind == NodeKind.Computed ? ", peripheries=2" : "")}{Fill(node.Observed)}",
        } + tooltip;
    }

    private static string Fill(Observed observed) => observed switch
    {
        Observed.All => ", style=filled, fillcolor=gray85",
        Observed.Part => ", style=filled, fillcolor=\"gray85:white\"",
        _ => "",
    };

    private static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"";
}
