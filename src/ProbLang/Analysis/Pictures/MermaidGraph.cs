using System.Globalization;
using System.Text;

namespace ProbLang.Analysis;

/// <summary>A picture in the language of Mermaid.</summary>
internal sealed class MermaidGraph(GraphPicture picture)
{
    private readonly StringBuilder _text = new();

    public static string Of(GraphPicture picture)
    {
        var graph = new MermaidGraph(picture);
        graph.Write();
        return graph._text.ToString();
    }

    private void Write()
    {
        _text.Append("---\ntitle: ").Append(InYaml(picture.Title)).Append("\n---\nflowchart TB\n");
        Plate(-1, "  ");
        foreach (var edge in picture.Edges) _text.Append(CultureInfo.InvariantCulture, $"  n{edge.From} --> n{edge.To}\n");
        Class("observed", "fill:#bbb,stroke:#333,color:#111", n => n.Observed == Observed.All);
        Class("partly", "fill:#ddd,stroke:#333,color:#111", n => n.Observed == Observed.Part);
        Class("computed", "stroke-dasharray:4 3", n => n.Kind == NodeKind.Computed);
    }

    private void Plate(int plate, string indent)
    {
        for (var node = 0; node < picture.Nodes.Length; node++)
            if (picture.Nodes[node].Plate == plate) _text.Append(CultureInfo.InvariantCulture, $"{indent}n{node}{Shape(picture.Nodes[node])}\n");
        for (var inner = 0; inner < picture.Plates.Length; inner++)
        {
            if (picture.Plates[inner].Parent != plate) continue;
            _text.Append(CultureInfo.InvariantCulture, $"{indent}subgraph p{inner}[{Quoted(picture.Plates[inner].Label)}]\n");
            Plate(inner, indent + "  ");
            _text.Append(indent).Append("end\n");
        }
    }

    private void Class(string name, string style, Func<GraphNode, bool> isOf)
    {
        var nodes = Enumerable.Range(0, picture.Nodes.Length).Where(n => isOf(picture.Nodes[n])).ToArray();
        if (nodes.Length > 0) _text.Append(CultureInfo.InvariantCulture, $"  classDef {name} {style}\n  class {string.Join(',', nodes.Select(n => string.Create(CultureInfo.InvariantCulture, $"n{n}")))} {name}\n");
    }

    private static string Shape(GraphNode node) => node.Kind switch
    {
        NodeKind.Input => $"[{Quoted(node.Label)}]",
        NodeKind.Parameter => $"{{{{{Quoted(node.Label)}}}}}",
        NodeKind.Net => $"[[{Quoted(node.Label)}]]",
        NodeKind.Factor => $"[{Quoted($"■ {node.Label}")}]",
        NodeKind.Condition => $"[{Quoted(node.Label)}]",
        NodeKind.Random => $"([{Quoted($"{node.Label} ~ {node.Right}")}])",
        _ => $"({Quoted(node.Label)})",
    };

    private static string InYaml(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    /// <summary>In quotes, with what Mermaid would read otherwise as entities.</summary>
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var c in text)
            if (c is '"' or '#' or '<' or '>' or '&' or '`') quoted.Append(CultureInfo.InvariantCulture, $"#{(int)c};");
            else quoted.Append(c);
        return quoted.Append('"').ToString();
    }
}
