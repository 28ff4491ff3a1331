using System.Globalization;

namespace ProbLang.FactorGraphs;

/// <summary>What the elements of the variables of a factor graph are called in the model.</summary>
/// <param name="cells">The names of reported cells, with where the belief of each is.</param>
internal sealed class ElementLabels(IEnumerable<(string Name, CellBelief Belief)> cells)
{
    private const int LongestList = 3;
    private readonly ILookup<(FactorVariable, int), (string Name, CellBelief Belief)> _cells = cells.ToLookup(c => (c.Belief.Variable, c.Belief.Element));

    /// <summary>No names but those of the variables.</summary>
    public static ElementLabels None { get; } = new([]);

    /// <summary>Nested lists of names, as those of the elements are nested; null where they are the name of the variable with indices from 1.</summary>
    public string? ListOf(FactorVariable variable)
    {
        var (element, differs) = (0, false);
        var text = variable.Ranges.IsEmpty ? Label() : List(0, new int[variable.Ranges.Length]);
        return differs ? text : null;

        string List(int depth, int[] at)
        {
            if (depth == variable.Ranges.Length) return Label(at);
            var items = new List<string>();
            for (at[depth] = 0; at[depth] < FactorCounting.SizeOf(variable.Ranges[depth], variable.Ranges, at); at[depth]++) items.Add(List(depth + 1, at));
            return $"new {(depth == variable.Ranges.Length - 1 ? "string" : "object")}[] {{ {string.Join(", ", items)} }}";
        }

        string Label(params int[] at)
        {
            var plain = at.Length == 0 ? variable.Name : $"{variable.Name}[{string.Join(',', at.Select(i => i + 1))}]";
            var label = Of(variable, element++) ?? plain;
            differs |= label != plain;
            return Quoted(label);
        }
    }

    private static string Quoted(string text) =>
        "\"" + string.Concat(text.Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";

    private string? Of(FactorVariable variable, int element)
    {
        string[] names = [.. _cells[(variable, element)].Where(c => c.Belief.Component >= 0).OrderBy(c => c.Belief.Component).Select(c => Inverse(c.Name, c.Belief)).Distinct()];
        return names.Length switch
        {
            0 => null,
            1 => names[0],
            <= LongestList => $"({string.Join(", ", names)})",
            _ => $"({names[0]}, …, {names[^1]})",
        };
    }

    /// <summary>What the belief is of, in terms of the cell.</summary>
    private static string Inverse(string name, CellBelief belief)
    {
        var offset = belief.Offset;
        if (offset != 0) name = string.Create(CultureInfo.InvariantCulture, $"({name} {(offset < 0 ? '+' : '-')} {Math.Abs(offset)})");
        if (belief.Scale != 1) name = string.Create(CultureInfo.InvariantCulture, $"({name} / {belief.Scale})");
        return belief.Power == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}^{1 / belief.Power}");
    }
}
