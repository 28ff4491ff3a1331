using System.Globalization;
using System.Text;

namespace ProbLang.Analysis;

/// <summary>A picture as SVG that needs nothing else: a box or an oval for each node, with its distribution below its name, plates around them.</summary>
internal sealed class SvgGraph
{
    private const double LetterWidth = 7.2;
    private const double SmallLetterWidth = 5.8;
    private const int LongestRight = 28;

    private const string Style =
        """
          <style>
            svg { --ink: #222; --paper: #fff; --data: #d4d4d4; --faint: #777; font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; }
            text { fill: #222; fill: var(--ink); text-anchor: middle; font-size: 13px; }
            .small { font-size: 10.5px; fill: #555; fill: var(--faint); }
            .plate { fill: none; stroke: #777; stroke: var(--faint); }
            .label { font-size: 11px; text-anchor: end; fill: #555; fill: var(--faint); paint-order: stroke; stroke: #fff; stroke: var(--paper); stroke-width: 3px; }
            .node { fill: #fff; fill: var(--paper); stroke: #222; stroke: var(--ink); stroke-width: 1.2; }
            .observed { fill: #d4d4d4; fill: var(--data); }
            .partly { fill: url(#partly); }
            .input { stroke: #777; stroke: var(--faint); stroke-width: 0.8; }
            .inner { fill: none; stroke: #222; stroke: var(--ink); stroke-width: 1; }
            .factor { fill: #222; fill: var(--ink); }
            .edge { fill: none; stroke: #555; stroke: var(--faint); stroke-width: 1.1; marker-end: url(#arrow); }
            .back { stroke-dasharray: 4 3; }
            .tip { fill: #555; fill: var(--faint); }
            @media (prefers-color-scheme: dark) { svg { --ink: #e6e6e6; --paper: #1e1e1e; --data: #5a5a5a; --faint: #a0a0a0; } }
          </style>

        """;

    private readonly GraphPicture _picture;
    private readonly GraphLayout _layout;
    private readonly StringBuilder _text = new();

    private SvgGraph(GraphPicture picture) => (_picture, _layout) = (picture, LayeredLayout.Of(picture, SizeOf, PlateWidth));

    public static string Of(GraphPicture picture)
    {
        var graph = new SvgGraph(picture);
        graph.Write();
        return graph._text.ToString();
    }

    /// <summary>How large a node is, by the letters that it shows.</summary>
    public static (double Width, double Height) SizeOf(GraphNode node)
    {
        var text = Math.Max(WidthOf(node.Label, LetterWidth), WidthOf(Right(node), SmallLetterWidth));
        return node.Kind switch
        {
            NodeKind.Input => (text + 14, 24),
            NodeKind.Factor => (Math.Max(16, text), 32),
            NodeKind.Condition => (text + 18, 30),
            NodeKind.Net => (text + 36, 40),
            NodeKind.Parameter => (text + 34, 36),
            NodeKind.Computed => (Math.Max(52, 1.25 * text + 26), 38),
            _ => (Math.Max(56, 1.25 * text + 22), 46),
        };
    }

    /// <summary>How wide a plate is at least, for its label.</summary>
    public static double PlateWidth(GraphPlate plate) => WidthOf(plate.Label, 6.2) + 20;

    private static double WidthOf(string text, double letter) => text.EnumerateRunes().Sum(r => r.Value >= 0x1100 ? 1.8 * letter : letter);

    private static string Right(GraphNode node) =>
        node.Right.Length == 0 || node.Kind is not (NodeKind.Random or NodeKind.Net) ? "" : node.Right.Length > LongestRight ? node.Right[..(LongestRight - 1)] + "…" : node.Right;

    private void Write()
    {
        var title = Escaped(_picture.Title);
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{_layout.Width:0.#}\" height=\"{_layout.Height:0.#}\" viewBox=\"0 0 {_layout.Width:0.#} {_layout.Height:0.#}\" role=\"img\" aria-labelledby=\"title description\">");
        Line($"  <title id=\"title\">{title}</title>");
        Line($"  <desc id=\"description\">{Escaped(Description())}</desc>");
        _text.Append(Style);
        Line($"  <defs>");
        Line($"    <marker id=\"arrow\" viewBox=\"0 0 8 8\" refX=\"7.5\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path class=\"tip\" d=\"M0 0.8 L8 4 L0 7.2 z\"/></marker>");
        Line($"    <linearGradient id=\"partly\"><stop offset=\"0.5\" stop-color=\"#d4d4d4\" style=\"stop-color: var(--data)\"/><stop offset=\"0.5\" stop-color=\"#fff\" style=\"stop-color: var(--paper)\"/></linearGradient>");
        Line($"  </defs>");
        foreach (var plate in _layout.Plates) Line($"  <rect class=\"plate\" x=\"{plate.X:0.#}\" y=\"{plate.Y:0.#}\" width=\"{plate.Width:0.#}\" height=\"{plate.Height:0.#}\" rx=\"6\"/>");
        foreach (var route in _layout.Routes) Edge(route);
        foreach (var (node, _) in _picture.Edges.Where(e => e.From == e.To)) SelfLoop(_layout.Nodes[node]);
        for (var plate = 0; plate < _picture.Plates.Length; plate++) Label(_layout.Plates[plate], _picture.Plates[plate]);
        for (var node = 0; node < _picture.Nodes.Length; node++) Node(_layout.Nodes[node], _picture.Nodes[node]);
        _text.Append("</svg>\n");
    }

    /// <summary>What the picture shows, for those who do not see it.</summary>
    private string Description() => "A model as a directed graph. " + string.Join(" ", _picture.Nodes.Select((node, i) =>
    {
        var plate = node.Plate >= 0 ? $", for {_picture.Plates[node.Plate].Label}" : "";
        var parents = string.Join(", ", _picture.ParentsOf(i).Select(p => _picture.Nodes[p].Name));
        return $"{node.Label}: {Words(node)}{plate}{(parents.Length > 0 ? $", depends on {parents}" : "")}.";
    }));

    private static string Words(GraphNode node) => node.Kind switch
    {
        NodeKind.Random => node.Role.Length > 0 ? $"{node.Right}, {node.Role}" : node.Right,
        NodeKind.Computed => node.Role.Length > 0 ? $"computed, {node.Role}" : "computed",
        _ => node.Role,
    };

    private void Label(Box box, GraphPlate plate) =>
        Line($"  <text class=\"label\" x=\"{box.Right - 8:0.#}\" y=\"{box.Bottom - 7:0.#}\">{Escaped(plate.Label)}</text>");

    private void Node(Box box, GraphNode node)
    {
        Line($"  <g>");
        if (node.Statement.Length > 0) Line($"    <title>{Escaped(node.Statement)}</title>");
        Shape(box, node);
        var right = Right(node);
        var (middle, y) = (box.Middle, node.Kind == NodeKind.Factor ? box.Bottom - 4 : box.Y + box.Height / 2 + (right.Length > 0 ? -1.5 : 4.5));
        Line($"    <text{(node.Kind == NodeKind.Factor ? " class=\"small\"" : "")} x=\"{middle:0.#}\" y=\"{y:0.#}\">{Escaped(node.Label)}</text>");
        if (right.Length > 0) Line($"    <text class=\"small\" x=\"{middle:0.#}\" y=\"{y + 13.5:0.#}\">{Escaped(right)}</text>");
        Line($"  </g>");
    }

    private void Shape(Box box, GraphNode node)
    {
        var observed = node.Observed switch { Observed.All => " observed", Observed.Part => " partly", _ => "" };
        switch (node.Kind)
        {
            case NodeKind.Random or NodeKind.Computed:
                Oval(box, $"node{observed}");
                if (node.Kind == NodeKind.Computed) Oval(new Box(box.X + 3, box.Y + 3, box.Width - 6, box.Height - 6), "inner");
                break;
            case NodeKind.Parameter:
                Line($"    <path class=\"node\" d=\"M{box.X:0.#} {box.Y + box.Height / 2:0.#} L{box.X + 10:0.#} {box.Y:0.#} H{box.Right - 10:0.#} L{box.Right:0.#} {box.Y + box.Height / 2:0.#} L{box.Right - 10:0.#} {box.Bottom:0.#} H{box.X + 10:0.#} z\"/>");
                break;
            case NodeKind.Factor:
                Line($"    <rect class=\"factor\" x=\"{box.Middle - 7:0.#}\" y=\"{box.Y:0.#}\" width=\"14\" height=\"14\"/>");
                break;
            default:
                Line($"    <rect class=\"node{observed}{(node.Kind == NodeKind.Input ? " input" : "")}\" x=\"{box.X:0.#}\" y=\"{box.Y:0.#}\" width=\"{box.Width:0.#}\" height=\"{box.Height:0.#}\"/>");
                if (node.Kind == NodeKind.Net) Line($"    <path class=\"inner\" d=\"M{box.X + 7:0.#} {box.Y:0.#} V{box.Bottom:0.#} M{box.Right - 7:0.#} {box.Y:0.#} V{box.Bottom:0.#}\"/>");
                break;
        }
    }

    private void Oval(Box box, string kind) =>
        Line($"    <ellipse class=\"{kind}\" cx=\"{box.Middle:0.#}\" cy=\"{box.Y + box.Height / 2:0.#}\" rx=\"{box.Width / 2:0.#}\" ry=\"{box.Height / 2:0.#}\"/>");

    /// <summary>Down through the rows, with a curve between them that leaves and arrives vertically.</summary>
    private void Edge(Route route)
    {
        var way = new StringBuilder();
        for (var i = 0; i < route.Pieces.Length; i++)
        {
            var (x, from, to) = route.Pieces[i];
            if (i == 0) way.Append(CultureInfo.InvariantCulture, $"M{x:0.#} {from:0.#}");
            else
            {
                var (above, _, start) = route.Pieces[i - 1];
                var middle = (start + from) / 2;
                way.Append(CultureInfo.InvariantCulture, $" C{above:0.#} {middle:0.#} {x:0.#} {middle:0.#} {x:0.#} {from:0.#}");
            }
            if (to != from) way.Append(CultureInfo.InvariantCulture, $" L{x:0.#} {to:0.#}");
        }
        Line($"  <path class=\"edge{(route.IsUpward ? " back" : "")}\" d=\"{way}\"/>");
    }

    private void SelfLoop(Box box)
    {
        const double Beside = 9;
        // From the oval to the oval, where it is so far above and below its middle.
        var (x, y, reach) = (box.Middle + box.Width / 2 * Math.Sqrt(1 - 4 * Beside * Beside / (box.Height * box.Height)), box.Y + box.Height / 2, box.Right + 1.2 * LayeredLayout.SelfLoop);
        Line($"  <path class=\"edge back\" d=\"M{x:0.#} {y - Beside:0.#} C{reach:0.#} {y - 2 * Beside:0.#} {reach:0.#} {y + 2 * Beside:0.#} {x:0.#} {y + Beside:0.#}\"/>");
    }

    private void Line(FormattableString line) => _text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            escaped.Append(rune.Value switch
            {
                '&' => "&amp;",
                '<' => "&lt;",
                '>' => "&gt;",
                '"' => "&quot;",
                < ' ' or 0x7f or 0xfffe or 0xffff => " ",
                _ => rune.ToString(),
            });
        return escaped.ToString();
    }
}
