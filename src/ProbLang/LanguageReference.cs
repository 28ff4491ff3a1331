using System.Text;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang;

/// <summary>What the language has by a name: distributions, functions, statements, types.</summary>
public static class LanguageReference
{
    /// <summary>Every name that there is an entry for.</summary>
    public static IEnumerable<string> Names =>
        DistributionCatalog.All.Select(d => d.Name).Concat(DerivedDistributions.Calls.Concat(DerivedDistributions.Modifiers).Select(d => d.Name))
            .Concat(FunctionCatalog.All.Select(f => f.Name)).Concat(StatementCatalog.All.Where(IsWord).Select(s => s.Name)).Concat(TypeCatalog.Names).Distinct();

    /// <summary>The entry of a name, in lines: how it is written, what it means, what it takes; null where there is none.</summary>
    public static string? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var text = new StringBuilder();
        if (DistributionCatalog.Find(name) is { } distribution) Append(text, distribution);
        foreach (var entry in DerivedDistributions.Calls.Concat(DerivedDistributions.Modifiers).Where(d => d.Name == name)) Append(text, entry.Forms, entry.Summary);
        foreach (var function in FunctionCatalog.Find(name)) Append(text, [function.Signature], function.Summary);
        foreach (var statement in StatementCatalog.All.Where(s => s.Name == name && IsWord(s)))
        {
            Append(text, statement.Form.Split("   "), statement.Summary);
            foreach (var line in statement.Example.Split('\n')) text.Append("  ").Append(line.TrimEnd('\r')).Append('\n');
        }
        foreach (var type in TypeCatalog.All.Where(t => t.Name == name)) Append(text, type.Forms, type.Summary);
        return text.Length == 0 ? null : text.ToString();
    }

    private static bool IsWord(StatementEntry statement) => !statement.Name.Contains(' ', StringComparison.Ordinal);

    private static void Append(StringBuilder text, Distribution distribution)
    {
        Append(text, [distribution.Signature], distribution.Summary);
        var parameters = distribution.Forms.SelectMany(f => f.Parameters).DistinctBy(p => p.Name).ToArray();
        var width = parameters.Select(p => p.Name.Length).DefaultIfEmpty().Max();
        foreach (var parameter in parameters) text.Append("  ").Append(parameter.Name.PadRight(width)).Append("  ").Append(DomainText.Of(parameter)).Append('\n');
        text.Append(DomainText.Abilities(distribution)).Append('\n');
    }

    private static void Append(StringBuilder text, IEnumerable<string> forms, string summary)
    {
        foreach (var form in forms) text.Append(form).Append('\n');
        text.Append(summary).Append('\n');
    }
}
