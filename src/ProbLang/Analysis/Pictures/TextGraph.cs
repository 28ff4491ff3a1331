using System.Text;

namespace ProbLang.Analysis;

/// <summary>A picture as an indented list: a line for each node, below the plate that it is in.</summary>
internal static class TextGraph
{
    public static string Of(GraphPicture picture)
    {
        if (picture.Nodes.IsEmpty) return "there is nothing to draw\n";
        var lines = new List<(string Left, string Middle, string Right)>();
        Plate(picture, -1, "", lines);
        var (left, middle) = (Width(lines.Select(l => l.Left)), Width(lines.Select(l => l.Middle)));
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(line is { Middle: "", Right: "" } ? line.Left : $"{line.Left.PadRight(left)}  {line.Middle.PadRight(middle)}  {line.Right}".TrimEnd()).Append('\n');
        return text.ToString();
    }

    private static int Width(IEnumerable<string> texts) => texts.DefaultIfEmpty("").Max(t => t.Length);

    private static void Plate(GraphPicture picture, int plate, string indent, List<(string, string, string)> lines)
    {
        for (var node = 0; node < picture.Nodes.Length; node++)
            if (picture.Nodes[node].Plate == plate) lines.Add((indent + LabelOf(picture.Nodes[node]), Middle(picture.Nodes[node]), Parents(picture, node)));
        for (var inner = 0; inner < picture.Plates.Length; inner++)
        {
            if (picture.Plates[inner].Parent != plate) continue;
            lines.Add(($"{indent}for {picture.Plates[inner].Label}", "", ""));
            Plate(picture, inner, indent + "  ", lines);
        }
    }

    private static string LabelOf(GraphNode node) => node.Kind is NodeKind.Factor or NodeKind.Condition ? $"{node.Role} {node.Label}" : node.Label;

    private static string Middle(GraphNode node) => node.Kind switch
    {
        NodeKind.Random => $"~ {node.Right}{(node.Role.Length > 0 ? $", {node.Role}" : "")}",
        NodeKind.Computed => $"={(node.Role.Length > 0 ? $" {node.Role}" : "")}",
        NodeKind.Net => $"= {node.Right}, net",
        NodeKind.Factor or NodeKind.Condition => "",
        _ => node.Role,
    };

    private static string Parents(GraphPicture picture, int node) =>
        string.Join(", ", picture.ParentsOf(node).Select(p => picture.Nodes[p].Name)) is { Length: > 0 } names ? $"← {names}" : "";
}
