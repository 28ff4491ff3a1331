using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>The names of a model that a text goes on.</summary>
/// <param name="Graph">The model; null where there is none.</param>
/// <param name="Defined">The functions that it defines.</param>
internal sealed record ModelNames(ModelGraph? Graph, ImmutableArray<DefStatement> Defined)
{
    public IEnumerable<CompletionItem> Variables =>
        from variable in Shown
        select new CompletionItem(variable.Name, CompletionKind.Variable, $"{variable.Name}{VariableText.Dimensions(variable)}: {VariableText.TypeOf(variable)}, {VariableText.Kind(Graph!, variable)}");

    public IEnumerable<CompletionItem> Functions =>
        Defined.Select(d => new CompletionItem(d.Name.Text, CompletionKind.Function, CallOf(d.Name.Text, d.Parameters.Select(p => p.Text)).Text))
            .Concat((Graph?.Nets ?? []).Where(n => !n.Name.Contains('.', StringComparison.Ordinal)).Select(n => new CompletionItem(n.Name, CompletionKind.Net, n.Kind is { } kind ? $"{n.Name}(x), {kind.Name}" : n.Name)));

    public IEnumerable<CompletionItem> Categories => Shown.Select(v => v.Category).OfType<Category>().Distinct().Select(c => new CompletionItem(c.Name, CompletionKind.Type, "category"));

    /// <summary>The labels that the model knows, of a variable or of all.</summary>
    public IEnumerable<CompletionItem> Labels(string? variable) =>
        from category in Shown.Where(v => variable is null || v.Name == variable).Select(v => v.Category).OfType<Category>().Distinct()
        from label in category.Listed.IsDefault ? category.Codes.Select(c => c.Label!) : category.Listed
        select new CompletionItem(Literals.Quote(label), CompletionKind.Label, $"category({category.Name})");

    /// <summary>How a function of the model is called; null where it has none of that name.</summary>
    public CallForm? Call(string name) =>
        Defined.LastOrDefault(d => d.Name.Text == name) is { } function ? CallOf(name, function.Parameters.Select(p => p.Text))
        : Graph?.Nets.Any(n => n.Name == name) == true ? CallOfNet(name)
        : null;

    public static CallForm CallOf(string name, IEnumerable<string> parameters) => new($"{name}({string.Join(", ", parameters)})", [.. parameters]);

    public static CallForm CallOfNet(string name) => new($"{name}(x, context: c)", ["x", "context"]);

    private IEnumerable<Variable> Shown => (Graph?.Variables ?? []).Where(v => v is { LevelsOf: null, IsAuxiliary: false });
}
