using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Graph;

namespace ProbLang.Programs;

/// <summary>What a plan sums out, how, and at what cost, for <c>explain</c>.</summary>
internal static class FinitePlanText
{
    private const int MostShown = 6;

    /// <summary>A line for each kind of sum, and one for what all of them need.</summary>
    public static IEnumerable<string> Of(FinitePlan plan)
    {
        foreach (var group in plan.Groups.Take(MostShown)) yield return $"summed out: {Cells(plan, group)}: {Way(group)}";
        if (plan.Groups.Count > MostShown) yield return $"summed out: {Number(plan.Groups.Count - MostShown)} more sets of another structure each";
        var entries = plan.Groups.Sum(g => g.Tree.Entries * g.Components.Length);
        yield return $"the sums take {Number(entries)} {(entries == 1 ? "entry" : "entries")} of tables for each gradient";
    }

    private static string Cells(FinitePlan plan, FiniteGroup group)
    {
        var variables = group.Components.SelectMany(c => c).GroupBy(c => plan.Cells[c].Variable).Select(g => Of(g.Key, [.. g.Select(c => plan.Cells[c])]));
        return string.Join(", ", variables);
    }

    private static string Of(Variable variable, FiniteCell[] cells) =>
        $"{variable}{(variable.Rank == 0 ? "" : $" ({Number(cells.Length)} {(cells.Length == 1 ? "element" : "elements")})")}, {Number(cells[0].Count)} values{(cells.Length > 1 ? " each" : "")}";

    private static string Way(FiniteGroup group)
    {
        var (sets, size) = (group.Components.Length, group.Graph.Sizes.Length);
        if (size == 1) return sets == 1 ? "summed by itself" : "each summed by itself";
        var many = sets == 1 ? "" : $"{Number(sets)} times ";
        return group.Path is not null
            ? $"{many}a chain of {Number(size)}, by a forward pass"
            : $"{many}{Number(size)} that depend on each other, eliminated one by one: tables over at most {Number(group.Tree.Width + 1)} at once";
    }

    private static string Number(double value) => value.ToString(value < 1e7 ? "0" : "0.##e+0", CultureInfo.InvariantCulture);
}
