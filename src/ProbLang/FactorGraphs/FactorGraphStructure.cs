using System.Globalization;
using System.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Writes down what of a factor graph is not data.</summary>
internal static class FactorGraphStructure
{
    public static string Of(FactorGraph graph)
    {
        var text = new StringBuilder();
        foreach (var range in graph.Ranges) text.Append(CultureInfo.InvariantCulture, $"range {range} {range.Size}\n");
        foreach (var v in graph.Variables)
            text.Append(CultureInfo.InvariantCulture,
                $"{v.Domain} {v}{string.Concat(v.Ranges.Select(r => $"[{r}]"))} {v.Values} {(v.Data is null ? "?" : v.Data.ItemShape.Length)} {(v.StartsRandomly ? "random" : "")}{(v.IsConstant ? v.Data!.Numbers.Span[0] : "")}\n");
        foreach (var statement in graph.Statements) Append(text, statement, 0);
        text.Append("ask ").AppendJoin(' ', graph.Queries.AsEnumerable()).Append('\n');
        return text.ToString();
    }

    private static void Append(StringBuilder text, FactorStatement statement, int depth)
    {
        text.Append(' ', depth);
        switch (statement)
        {
            case RepeatStatement repeat:
                text.Append(CultureInfo.InvariantCulture, $"for {repeat.Range}\n");
                foreach (var inner in repeat.Body) Append(text, inner, depth + 1);
                break;
            case GateStatement gate:
                text.Append(CultureInfo.InvariantCulture, $"{gate.Kind} {gate.Selector} {gate.Value}\n");
                foreach (var inner in gate.Body) Append(text, inner, depth + 1);
                break;
            case DefineStatement define:
                text.Append(CultureInfo.InvariantCulture, $"{define.Target} = {define.Operation}({string.Join(", ", define.Arguments)})\n");
                break;
            case ConstrainStatement constrain:
                text.Append(CultureInfo.InvariantCulture, $"{constrain.Constraint}({string.Join(", ", constrain.Arguments)})\n");
                break;
        }
    }
}
