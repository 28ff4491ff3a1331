using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>The levels of categories, as the model lists them or the data show them, and the data with codes for labels.</summary>
internal static class LevelInference
{
    public static void Run(Draft draft)
    {
        foreach (var category in draft.Graph.Categories)
        {
            var members = draft.Graph.Variables.Where(v => v.Category == category).ToArray();
            var labels = members.Where(v => draft.Data.Arrays.ContainsKey(v.Name)).ToDictionary(v => v, v => draft.Data.Arrays[v.Name].ReadLabels());
            ImmutableArray<string> levels = draft.Data.Levels.TryGetValue(category.Name, out var learned) ? learned : category.Listed.IsDefault ? Sorted([.. labels.Values.SelectMany(l => l).OfType<string>(), .. Named(draft, category, labels.Keys)]) : category.Listed;
            var codes = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var level in levels) codes.Add(level, codes.Count + 1);
            foreach (var (variable, own) in labels) draft.Attempt(variable, () => draft.Replace(Coded(draft, variable, own, codes, levels)));
            if (levels.IsEmpty && !labels.Values.Any(own => Array.TrueForAll(own, l => l is not null))) ReportUnknown(draft, category, members);
            else draft.Levels[category] = levels;
        }
    }

    /// <summary>Reads what the model knows of a category as it does an input: how many levels there are, or the code of a label.</summary>
    public static void Read(Draft draft, Variable known)
    {
        if (!draft.Levels.TryGetValue(known.LevelsOf!, out var levels))
        {
            // Why the levels are not known has been said.
            draft.Break(known);
            return;
        }
        var value = known.Label is { } label ? levels.IndexOf(label) + 1 : levels.Length;
        if (known.Label is not null && value == 0 && IsUsed(draft, known))
            throw new DiagnosticException(DataDiagnostics.LabelUnknown(known.Label, known.LevelsOf!.Name, Spelling.Nearest(known.Label, levels), draft.Locate(known.Span)));
        draft.Add(new VariableDraft(new VariableState(known, []) { Values = [value == 0 && known.Label is not null ? double.NaN : value], Roles = [Role.Known], Needed = [false] }));
    }

    /// <summary>A label may stand in a default, or a <c>given</c>, that the data replace.</summary>
    private static bool IsUsed(Draft draft, Variable label) =>
        draft.Graph.Definitions.Any(d => Uses.Of(d).Contains(label))
        || draft.Graph.GivenOrders.Any(o => Uses.Of([.. Uses.OfPlates(o.Plates), o.Less, o.Greater]).Contains(label))
        || draft.Graph.GivenValues.Any(g => !draft.Data.Arrays.ContainsKey(g.Variable.Name) && Uses.Of(g).Contains(label));

    private static DataArray Coded(Draft draft, Variable variable, string?[] labels, Dictionary<string, double> codes, ImmutableArray<string> levels)
    {
        var array = draft.Data.Arrays[variable.Name];
        var values = new double[labels.Length];
        for (var cell = 0; cell < labels.Length; cell++)
        {
            if (labels[cell] is not { } label || codes.TryGetValue(label, out values[cell])) continue;
            throw new DiagnosticException(DataDiagnostics.NotALevel(ShapeText.Element(variable.Name, array.Shape, cell), label, levels, Spelling.Nearest(label, levels), array.Place(cell), draft.Locate(variable.Span)));
        }
        return array with { Values = values, Missing = Array.ConvertAll(labels, l => l is null), Texts = () => labels, NotNumbers = null };
    }

    /// <summary>Labels that the model itself gives, by <c>given</c> and as the defaults of inputs that the data do not give.</summary>
    private static IEnumerable<string> Named(Draft draft, Category category, IReadOnlyCollection<Variable> inData)
    {
        var given = draft.Graph.GivenValues.Where(g => g.Variable.Category == category && !inData.Contains(g.Variable)).Select(g => g.Value);
        var defaults = draft.Graph.Variables.Where(v => v.Category == category && !inData.Contains(v)).Select(v => v.Default).OfType<Bound>();
        return Uses.Of(given.Concat(defaults)).Where(v => v.LevelsOf == category).Select(v => v.Label).OfType<string>();
    }

    /// <summary>Labels that are all numbers are in the order of the numbers, others in that of their characters.</summary>
    private static ImmutableArray<string> Sorted(IEnumerable<string> labels)
    {
        var distinct = labels.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        return distinct.Any(l => double.IsNaN(NumberIn(l))) ? [.. distinct] : [.. distinct.OrderBy(NumberIn)];
    }

    private static double NumberIn(string label) =>
        double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : double.NaN;

    /// <summary>An input that is missing is itself the mistake.</summary>
    private static void ReportUnknown(Draft draft, Category category, Variable[] members)
    {
        if (members.Any(v => v is { IsInput: true, Default: null } && !draft.Data.Arrays.ContainsKey(v.Name))) return;
        draft.Report(DataDiagnostics.LevelsUnknown(category.Name, draft.Locate(category.Span)));
    }
}
