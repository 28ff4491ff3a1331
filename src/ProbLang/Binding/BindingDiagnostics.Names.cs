using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0201–GM0219: names, and what stands in whose place.</summary>
internal sealed partial class BindingDiagnostics
{
    /// <summary><paramref name="inside"/> says what the name means elsewhere, inside of a loop or a function.</summary>
    public void UnknownName(Identifier name, IEnumerable<string> candidates, string? inside) =>
        Error("GM0201", name.Span, $"nothing in this model is called `{name.Text}`",
            () => OtherLanguages.Name(name.Text) ?? inside ?? Meant(Nearest(name.Text, candidates)) ?? $"define it, or declare it as known: `input {name.Text}`", name.Text);

    /// <summary>What a misspelt name was meant to be; that this name is not used is then no mistake of its own.</summary>
    private string? Nearest(string name, IEnumerable<string> candidates)
    {
        var nearest = Spelling.Nearest(name, candidates);
        if (nearest is not null) _meant.Add(nearest);
        return nearest;
    }

    public void OutsideTheFile(Identifier name, IEnumerable<string> candidates) =>
        Error("GM0201", name.Span, $"`{name.Text}` is not in sight of an imported function",
            () => Meant(Spelling.Nearest(name.Text, candidates)) ?? "it sees its arguments, its locals and the functions of its own file: give it this as an argument", $"{source.Locate(name.Span).Path}:{name.Text}");

    public void ArgumentAsFunction(Identifier name) =>
        Error("GM0202", name.Span, $"`{name.Text}` is an argument, and an argument is a value, not a function", "use the function here by its own name");

    public void UnknownFunction(Identifier name, Func<string?> nearest, Func<string?> elsewhere) =>
        Error("GM0202", name.Span, $"there is no function `{name.Text}`", () => elsewhere() ?? Meant(nearest()), OnceFor(name));

    public void UnknownDistribution(Identifier name, Func<string?> nearest, Func<string?> elsewhere) =>
        Error("GM0203", name.Span, $"there is no distribution `{name.Text}`", () => elsewhere() ?? Meant(nearest()), OnceFor(name));

    public void NeedsArguments(Identifier name, bool isDistribution, string? variable) =>
        Error("GM0205", name.Span, $"`{name.Text}` is a {(isDistribution ? "distribution" : "function")}, not a quantity",
            isDistribution ? $"draw from it: `{variable ?? "x"} ~ {name.Text}(…)`" : $"give it its arguments: `{name.Text}(…)`");

    public void NotAFunction(Identifier name) =>
        Error("GM0206", name.Span, $"`{name.Text}` is a quantity of this model, not a function", $"for an element write `{name.Text}[…]`, for a product `{name.Text} * (…)`");

    public void DistributionAsValue(Span span, string? variable) =>
        Error("GM0207", span, "a distribution stands where a value is needed",
            variable is null ? "give what is drawn from it a name, `x ~ …`, and use that" : $"to draw from it, write `{variable} ~ …`");

    public void ValueAsDistribution(Span span, string? variable) =>
        Error("GM0208", span, "a value stands where a distribution is needed", variable is null ? null : $"to define it as that value, write `{variable} = …`");

    public void ConditionalDistribution(Span span) =>
        Error("GM0209", span, "a distribution cannot be chosen by `if`", "choose between its arguments, `Normal(if c then a else b, 1)`, or use a `Mixture`");

    public void BelongsAtTheTop(string keyword, string around, Span span) =>
        Error("GM0210", span, $"`{keyword}` stands inside {(around == "if" ? "an" : "a")} `{around}`", "move it out to the top of the file");

    public void ImportedTwice(string name, Span import, Span first, Span second) =>
        Error("GM0260", import, $"`{name}` is defined a second time, by this file", "rename one of the two", [("first defined here", first), ("and here", second)], once: $"{import.Start}:{name}");

    public void Recursive(Identifier name, IEnumerable<Identifier> others) =>
        Error("GM0211", name.Span, $"`{name.Text}` is defined by itself", "a function cannot use itself; repeat with `for`",
            [.. others.Select(o => ("through this one", o.Span))]);

    public void SameParameter(string name, Span span) => Error("GM0212", span, $"two arguments are called `{name}`");

    public void ShadowsBuiltIn(string name, Span span) => Warning("GM0213", span, $"this hides the built-in `{name}`", "give it another name if you need both");

    public void UnusedInput(Identifier name, bool isParameter) =>
        Warning("GM0214", name.Span, $"the {(isParameter ? "parameter" : "input")} `{name.Text}` is not used", "remove it, or use it", once: name.Text);

    public void UnknownType(Identifier name, string? nearest) =>
        Error("GM0215", name.Span, $"there is no type `{name.Text}`",
            Meant(nearest) ?? "the types are real, positive, probability, int, count, bool, category, simplex, ordered, unit, covariance, correlation and cholesky");

    public void TypeArguments(TypeExpr type, string signature) =>
        Error("GM0216", type.Span, $"the type `{type.Name.Text}` is written `{signature}`");

    public void EmptyType(Span span) => Error("GM0217", span, "the lower bound is above the upper: no value is of this type");

    public void TypeUsesLoop(Identifier name) =>
        Error("GM0218", name.Span, $"a declared type holds for the whole array and cannot use `{name.Text}`", "use `truncated` to bound each element");

    public void Text(Span span) =>
        Error("GM0279", span, "text is the label of a category, and stands only where a category is compared or given", "as in `region[i] == \"Ohio\"`");

    public void NotALabel(Span span, string variable) =>
        Error("GM0279", span, $"`{variable}` is a category, and this is not one of its labels", "write the label as text: `\"Ohio\"`");

    public void NotALevel(StringExpr label, string category, ImmutableArray<string> levels) =>
        Error("GM0278", label.Span, $"{Literals.Quote(label.Value)} is not a level of `{category}`",
            Spelling.Nearest(label.Value, levels) is { } meant ? $"did you mean {Literals.Quote(meant)}?" : $"its levels are {string.Join(", ", levels.Take(10).Select(Literals.Quote))}{(levels.Length > 10 ? ", …" : "")}");

    public void LevelTwice(string label, Span span, Span first) =>
        Error("GM0278", span, $"the level {Literals.Quote(label)} is listed twice", null, [("first listed here", first)]);

    public void UnknownCategory(Identifier name, IEnumerable<string> categories) =>
        Error("GM0201", name.Span, $"nothing in this model is called `{name.Text}`", () => Meant(Nearest(name.Text, categories)) ?? $"declare a category: `input {name.Text}: category`", name.Text);

    public void NotACategory(Span span) =>
        Error("GM0269", span, "this is not a category, and has no labels", "declare the variable `: category`");

    public void OtherCategory(Span span, string first, string second) =>
        Error("GM0269", span, $"the levels of `{first}` and `{second}` are not the same, so that their labels cannot be compared", "declare both of one category: `category(name)`");

    public void OneHotNeedsSize(Span span) =>
        Error("GM0269", span, "how many indicators `onehot` gives is not known: this is not a category", "write their number after it: `onehot(k, K)`");

    /// <summary>A misspelt name is one mistake; what is written in another language is answered wherever it stands.</summary>
    private static string OnceFor(Identifier name) =>
        ForeignDistributions.NameOf(name.Text) is null ? name.Text : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name.Text}@{name.Span.Start}");

    private static string? Meant(string? nearest) => nearest is null ? null : $"did you mean `{nearest}`?";
}
