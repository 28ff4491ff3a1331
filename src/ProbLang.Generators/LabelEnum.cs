using Microsoft.CodeAnalysis.CSharp;

namespace ProbLang.Generators;

/// <summary>The enumeration of a category whose labels the model lists: its members are numbered from 1 in the order of the labels.</summary>
internal sealed record LabelEnum(string Name, string Category, IReadOnlyList<(string Label, string Member)> Members)
{
    /// <summary>The enumerations of a model; a category whose labels cannot be told apart as names has none, and stays text.</summary>
    public static IReadOnlyDictionary<string, LabelEnum> Of(IEnumerable<VariableDescription> variables, IReadOnlySet<string> taken)
    {
        var categories = variables.Where(v => v is { Category: not null, Labels.IsEmpty: false }).GroupBy(v => v.Category!).Where(g => CanBeNamed(g.First().Labels)).ToArray();
        var names = Identifier.Of([.. categories.Select(c => c.Key)], taken);
        return categories.ToDictionary(c => c.Key, c => new LabelEnum(names[c.Key], c.Key, [.. c.First().Labels.Select(l => (l, Identifier.Escaped(Identifier.Pascal(l))))]));
    }

    private static bool CanBeNamed(IReadOnlyCollection<string> labels) =>
        labels.Select(Identifier.Pascal).ToArray() is var members && members.Distinct().Count() == labels.Count && Array.TrueForAll(members, SyntaxFacts.IsValidIdentifier);

    /// <summary>The labels as the elements of a C# list.</summary>
    public string Labels => string.Join(", ", Members.Select(m => SymbolDisplay.FormatLiteral(m.Label, quote: true)));
}
