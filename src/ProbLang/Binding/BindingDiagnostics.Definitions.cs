using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>GM0260–GM0289: definitions, how they fit together, and what is given.</summary>
internal sealed partial class BindingDiagnostics
{
    public void DefinedTwice(string name, Span span, Span first, string remedy = "every element is defined once; to give it a value, write `given`") =>
        Error("GM0260", span, $"`{name}` is defined a second time", remedy, [("first defined here", first)]);

    public void DefinesAnInput(Identifier name, Variable input)
    {
        _meant.Add(input.Name);
        Error("GM0261", name.Span, $"`{name.Text}` is {(input.IsParameter ? "a parameter" : "an input")}, which the model does not explain",
            $"drop the `{(input.IsParameter ? "param" : "input")}`: data may still give its value", [("declared here", input.Span)]);
    }

    public void MissingLoopVariables(Identifier name, string remedy, IEnumerable<Loop> missing) =>
        Error("GM0262", name.Span, $"`{name.Text}` would be defined again for every {string.Join(" and ", missing.Select(l => $"`{l.Name}`"))}", remedy,
            [.. missing.Select(l => ("repeated here", l.Span))]);

    public void DefinitionShapes(string name, Span span, int rank, Span other, int otherRank) =>
        Error("GM0263", span, $"this makes `{name}` {Shape(rank)}", null, [($"and this makes it {Shape(otherRank)}", other)]);

    public void Cycle(ImmutableArray<(string Name, Span Span)> statements)
    {
        var (name, span) = statements[0];
        var text = statements.Length == 1 ? $"`{name}` is defined by itself" : $"{string.Join(", ", statements.SkipLast(1).Select(s => $"`{s.Name}`"))} and `{statements[^1].Name}` are defined by each other";
        Error("GM0264", span, text, statements.Length == 1 ? "a quantity does not change: give the new value a name of its own" : null, [.. statements.Skip(1).Select(s => ($"`{s.Name}`, which the one before needs", s.Span))]);
    }

    public void EndlessShape(string name, Span span) => Error("GM0265", span, $"`{name}` is an array that contains itself");

    public void DeclaredTypeMismatch(string name, string declared, string actual, Span span) =>
        Error("GM0266", span, $"`{name}` is declared `{declared}`, and this is {actual}");

    public void OutsideDeclaredType(string name, string declared, string where, string bounds, Span span) =>
        Error("GM0275", span, $"`{name}` is declared `{declared}`, and this gives values {where}", $"restrict the distribution: `… truncated {bounds}`");

    public void NotOfStructure(string name, string declared, Span span, string remedy) =>
        Error("GM0276", span, $"`{name}` is declared `{declared}`, and this gives values that are not of that type", remedy);

    public void NotOfCategory(string name, string declared, Span span) =>
        Error("GM0276", span, $"`{name}` is declared `{declared}`, and this gives values that are no levels", "`Categorical` gives one of 1..K");

    public void DeclaredShape(string name, string declared, int needed, int rank, Span span) =>
        Error("GM0277", span, $"`{name}` is declared `{declared}`, which is {Shape(needed)}, and this is {Shape(rank)}");

    public void DeclaredTwice(string name, Span span, Span first) =>
        Error("GM0267", span, $"`{name}` is declared with two types", null, [("first declared here", first)]);

    public void DefaultShape(Variable input, Span span, int rank) =>
        Error("GM0268", span, $"`{input.Name}` is declared as {Shape(input.Rank)}, and its {(input.IsParameter ? "start" : "default")} is {Shape(rank)}");

    public void GivenNeedsName(Span span) =>
        Error("GM0270", span, "only a variable or an element can be given a value", "for a computed quantity, define a variable and give that");

    public void GivenShape(string name, Span span, int needed, int rank) =>
        Error("GM0271", span, $"`{name}` is {Shape(needed)} here, and the value is {Shape(rank)}");

    public void GivenEquality(Span span) =>
        Error("GM0272", span, "that two continuous quantities are equal has probability zero",
            "to give a quantity its value write `given x = value`; that two are near each other is `given abs(a - b) < e`");

    public void GivenCondition(Span span) =>
        Error("GM0273", span, "a condition is true or false, and this is a number", "compare it, as in `given x > 0`; to give a quantity its value write `given x = value`");

    public void FactorShape(Span span, int rank) =>
        Error("GM0280", span, $"`factor` adds a single number to the log density, and this is {Shape(rank)}", "add its elements up: `factor sum(…)`");

    public void GivenType(string name, string kind, Span span) => Error("GM0266", span, $"`{name}` is {kind}, and this is a real number");

    public void OutsideBranch(string name, Span use, Span condition, bool isElse, Span definition) =>
        Error("GM0281", use, $"this uses `{name}`, which only one branch of an `if` defines", "use it inside of that branch alone, or define it in the other one too",
            [("defined here", definition), (isElse ? "where this does not hold" : "where this holds", condition)]);

    public void GivenSlice(Span span) =>
        Error("GM0274", span, "a value is given to one element, row or whole variable", "repeat it with `for`");
}
