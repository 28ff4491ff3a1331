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

    /// <summary>The names of the elements, as texts of C#; null where they are the name of the variable with indices from 1.</summary>
    public string[]? Of(FactorVariable variable)
    {
        var (texts, differs) = (new List<string>(), false);
        FactorCounting.ForEach(variable.Ranges, at =>
        {
            var plain = at.Length == 0 ? variable.Name : $"{variable.Name}[{string.Join(',', at.Select(i => i + 1))}]";
            var label = Of(variable, texts.Count) ?? plain;
            differs |= label != plain;
            texts.Add(Quoted(label));
        });
        return differs ? [.. texts] : null;
    }

    private static string Quoted(string text) =>
        "\"" + string.Concat(text.Select(c => c is '"' or '\\' ? $"\\{c}" : char.IsControl(c) || c is '\u2028' or '\u2029' ? $"\\u{(int)c:x4}" : c.ToString())) + "\"";

    /// <summary>Where cells are told the same, the first of the model names them; those of a vector are named together.</summary>
    private string? Of(FactorVariable variable, int element)
    {
        var cells = _cells[(variable, element)];
        string[] names = [.. cells.GroupBy(c => c.Belief.Component).OrderBy(c => c.Key).Select(c => Inverse(c.OrderByDescending(n => IsOf(n.Name, variable)).First()))];
        return names.Length switch
        {
            0 => null,
            1 => names[0],
            _ when Whole(names) is { } whole => whole,
            <= LongestList => $"({string.Join(", ", names)})",
            _ => $"({names[0]}, …, {names[^1]})",
        };
    }

    private static bool IsOf(string name, FactorVariable variable) =>
        name.StartsWith(variable.Name, StringComparison.Ordinal) && (name.Length == variable.Name.Length || name[variable.Name.Length] == '[');

    /// <summary>The name of an array, or of a row, of which these are elements; null if they are of several.</summary>
    private static string? Whole(string[] elements)
    {
        var rows = elements.Select(e => e.EndsWith(']') ? e[..Math.Max(e.LastIndexOf(','), e.IndexOf('[', StringComparison.Ordinal))] : e).Distinct().ToArray();
        return rows is not [var row] || elements[0] == row ? null : row.Contains('[', StringComparison.Ordinal) ? row + "]" : row;
    }

    /// <summary>What the belief is of, in terms of the cell.</summary>
    private static string Inverse((string Name, CellBelief Belief) cell)
    {
        var (name, belief) = cell;
        var offset = belief.Offset;
        if (offset != 0) name = string.Create(CultureInfo.InvariantCulture, $"({name} {(offset < 0 ? '+' : '-')} {Math.Abs(offset)})");
        if (belief.Scale != 1) name = string.Create(CultureInfo.InvariantCulture, $"({name} / {belief.Scale})");
        return belief.Power == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}^{1 / belief.Power}");
    }
}
