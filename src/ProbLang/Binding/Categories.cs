using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>The categories that the variables of a model declare. A category without a name has that of its variable.</summary>
internal sealed class Categories(BindingDiagnostics report)
{
    private const string Signatures = "category`, `category(name)` or `category(\"low\", \"high\")";

    private readonly Dictionary<string, Category> _byName = [];

    public IEnumerable<string> Names => _byName.Keys;

    public IEnumerable<Category> All => _byName.Values;

    public Category? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The category that a type stands for; null, after a report, where it is not written as one.</summary>
    public Category? Declare(TypeExpr type, Identifier variable)
    {
        switch (type.Arguments)
        {
            case []:
                return Named(variable);
            case [NameExpr name]:
                return Named(name.Name);
            case var levels when levels.All(l => l is StringExpr):
                var category = Named(variable);
                List(category, type, [.. levels.Cast<StringExpr>()]);
                return category;
            default:
                report.TypeArguments(type, Signatures);
                return null;
        }
    }

    private Category Named(Identifier name) => _byName.TryGetValue(name.Text, out var known) ? known : _byName[name.Text] = new Category(name.Text, name.Span);

    private void List(Category category, TypeExpr type, ImmutableArray<StringExpr> levels)
    {
        foreach (var same in levels.GroupBy(l => l.Value).Where(g => g.Count() > 1)) report.LevelTwice(same.Key, same.Last().Span, same.First().Span);
        ImmutableArray<string> listed = [.. levels.Select(l => l.Value).Distinct()];
        if (category.Listed.IsDefault) category.Listed = listed;
        else if (!category.Listed.SequenceEqual(listed)) report.DeclaredTwice(category.Name, type.Span, category.Span);
    }
}
