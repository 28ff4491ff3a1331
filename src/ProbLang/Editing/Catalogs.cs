using System.Collections.Immutable;
using ProbLang.Binding;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>What the language itself has, as completions and as calls.</summary>
internal static class Catalogs
{
    /// <summary>Distributions with their parameters and supports.</summary>
    public static ImmutableArray<CompletionItem> Distributions { get; } =
    [
        .. DistributionCatalog.All.Select(d => new CompletionItem(d.Name, CompletionKind.Distribution, $"{d.Signature}: {Supports.Of(d)}")),
        .. DerivedDistributions.Calls.Select(d => new CompletionItem(d.Name, CompletionKind.Distribution, d.Forms[0])),
        .. LearnedForms.All.Select(f => new CompletionItem(f.ToString(), CompletionKind.Distribution, LearnedForms.Signature(f))),
    ];

    public static ImmutableArray<CompletionItem> Functions { get; } =
    [
        .. FunctionCatalog.All.DistinctBy(f => f.Name).Select(f => new CompletionItem(f.Name, CompletionKind.Function, $"{string.Join(" or ", FunctionCatalog.Find(f.Name).Select(o => o.Signature))}: {f.Summary}")),
        .. Enum.GetValues<DistributionQuestion>().Select(q => new CompletionItem(DistributionFunctions.NameOf(q), CompletionKind.Function, $"{Signature(q)}: {DistributionFunctions.Summary(q)}")),
    ];

    /// <summary>The ways to build a net.</summary>
    public static ImmutableArray<CompletionItem> Nets { get; } = [.. NetCatalog.All.Select(k => new CompletionItem(k.Name, CompletionKind.Function, k.Signature))];

    public static ImmutableArray<CompletionItem> Types { get; } = [.. TypeCatalog.All.Select(t => new CompletionItem(t.Name, CompletionKind.Type, $"{t.Forms[^1]}: {t.Summary}"))];

    /// <summary>The words that begin a statement.</summary>
    public static ImmutableArray<CompletionItem> Statements { get; } =
        [.. StatementCatalog.All.Where(s => TokenKinds.OfWord(s.Name).IsKeyword()).Select(s => new CompletionItem(s.Name, CompletionKind.Keyword, s.Form))];

    public static ImmutableArray<CompletionItem> Constants { get; } = [new("pi", CompletionKind.Variable, "3.14159…"), new("infinity", CompletionKind.Variable, "greater than every number")];

    public static bool IsDistribution(string name) => ExpressionBinder.IsDistributionName(name);

    public static bool IsFunction(string name) =>
        !FunctionCatalog.Find(name).IsEmpty || DistributionFunctions.Find(name) is not null || NetCatalog.Find(name) is not null;

    /// <summary>Whether the first or a later argument of a call is a distribution.</summary>
    public static bool TakesDistributions(string name) => DistributionFunctions.Find(name) is not null || DerivedDistributions.Calls.Any(d => d.Name == name && d.Forms[0].Contains('D', StringComparison.Ordinal));

    /// <summary>How a name is called; of several ways the first with room for so many arguments and with the one that is named. Null where the language has none of that name.</summary>
    public static CallForm? Call(string name, int arguments, string? named)
    {
        if (DistributionCatalog.Find(name) is { } distribution) return new CallForm(distribution.Signature, [.. distribution.Forms.SelectMany(f => f.Parameters).Select(p => p.Name).Distinct()]);
        if (FunctionCatalog.Find(name) is { IsEmpty: false } functions)
        {
            var function = functions.FirstOrDefault(f => f.IsVariadic || f.Parameters.Length >= arguments, functions[^1]);
            return new CallForm(function.Signature, function.IsVariadic ? [] : function.Parameters);
        }
        if (DistributionFunctions.Find(name) is { } question) return new CallForm(Signature(question), []);
        if (NetCatalog.Find(name) is { } net) return new CallForm(net.Signature, [.. net.Parameters.Select(p => p.Name)]);
        if (Enum.TryParse<LearnedForm>(name, out var form)) return new CallForm(LearnedForms.Signature(form), LearnedForms.Parameters(form));
        return Derived(DerivedDistributions.Calls, name, null) ?? Derived(DerivedDistributions.Modifiers, name, named);
    }

    /// <summary>A type with its arguments.</summary>
    public static CallForm? Type(string name) => TypeCatalog.All.FirstOrDefault(t => t.Name == name) is { } type ? new CallForm(type.Forms[^1], []) : null;

    private static CallForm? Derived(ImmutableArray<DerivedEntry> entries, string name, string? named)
    {
        if (entries.FirstOrDefault(d => d.Name == name) is not { } entry) return null;
        var forms = entry.Forms.Where(f => f.Contains('(', StringComparison.Ordinal)).ToArray();
        if (forms.Length == 0) return null;
        string[] names = [.. forms.SelectMany(f => new CallForm(f, []).Positional).Where(p => p.Contains(": ", StringComparison.Ordinal) && !p.StartsWith("for ", StringComparison.Ordinal)).Select(p => p.Split(':')[0])];
        return new CallForm(forms.FirstOrDefault(f => named is not null && f.Contains($"({named}:", StringComparison.Ordinal), forms[0]), [.. names]);
    }

    private static string Signature(DistributionQuestion question) => $"{DistributionFunctions.NameOf(question)}(D, {DistributionFunctions.Argument(question)})";
}
