using System.Globalization;
using System.Text;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>Everything that can be wrong with a file in the interchange format for Bayesian networks.</summary>
internal static class NetworkDiagnostics
{
    private const int LongestQuote = 40, MostShown = 10;

    public static Diagnostic Empty(SourceText source) => Error("GM0701", "the file has no variables", source, new Span(0, 0),
        "a network has for each variable a block `variable NAME { type discrete [ 2 ] { yes, no }; }` and a block `probability ( NAME ) { table 0.5, 0.5; }`");

    public static Diagnostic TooLarge(string path) => new("GM0702", Severity.Error,
        string.Create(CultureInfo.InvariantCulture, $"the file is larger than {BifReader.MaximumBytes >> 20} MiB, the most a network may have"), new Location(path, 1, 1, 1, null));

    public static Diagnostic IsXml(SourceText source, Span span) => Error("GM0703", "the file is XML", source, span,
        "XMLBIF is another format: save the network as BIF, with blocks such as `variable NAME { … }`");

    public static Diagnostic InvisibleCharacter(SourceText source, Span span, Rune character) => Error("GM0704",
        string.Create(CultureInfo.InvariantCulture, $"the invisible character U+{character.Value:X4} may not stand in a network"), source, span, "delete it");

    public static Diagnostic UnclosedQuote(SourceText source, Span span) => Error("GM0705", "the name has no closing quote on its line", source, span);

    public static Diagnostic UnclosedComment(SourceText source, Span span) => Error("GM0706", "this comment is never closed", source, span, "end it with `*/`");

    public static Diagnostic EmptyName(SourceText source, Span span) => Error("GM0707", "a name has at least one character", source, span);

    public static Diagnostic NoBlock(SourceText source, Span found, string[] blocks)
    {
        var nearest = Spelling.Nearest(source.TextOf(found), blocks);
        return Error("GM0708", $"expected `network`, `variable` or `probability`, found {Quote(source, found)}", source, found,
            nearest is not null ? $"did you mean `{nearest}`?" : "a remark stands after `//`");
    }

    public static Diagnostic Expected(SourceText source, string what, BifToken found) =>
        Error("GM0709", $"expected {what}, found {(found.Kind == BifKind.End ? "the end of the file" : Quote(source, found.Span))}", source, found.Span);

    public static Diagnostic UnclosedBlock(SourceText source, Span found, Span start, bool isEnd) =>
        Error("GM0710", $"expected `}}`, found {(isEnd ? "the end of the file" : Quote(source, found))}", source, found) with
        {
            Related = [("this block is never closed", source.Locate(start))],
        };

    public static Diagnostic UnclosedProperty(SourceText source, Span property) => Error("GM0711", "this property has no end", source, property, "end it with `;`");

    public static Diagnostic NotANumber(SourceText source, Span span) => Error("GM0712", $"{Quote(source, span)} is not a number", source, span,
        "a probability is written as 0.25 or 2.5e-1, and a row ends with `;`");

    public static Diagnostic NetworkTwice(SourceText source, Span second, Span first) =>
        Error("GM0713", "the file has two networks", source, second, "import them from files of their own") with { Related = [("the first begins here", source.Locate(first))] };

    public static Diagnostic NoType(SourceText source, BifName variable) =>
        Error("GM0714", $"{Name(variable)} has no type", source, variable.Span, "list its labels: `type discrete [ 2 ] { yes, no };`");

    public static Diagnostic TypeTwice(SourceText source, Span second, BifName variable) => Error("GM0715", $"{Name(variable)} has two types", source, second, "remove one of them");

    public static Diagnostic NotDiscrete(SourceText source, Span span, BifName variable) =>
        Error("GM0716", $"{Name(variable)} is {Quote(source, span)}, and the variables of a network that can be imported are discrete", source, span,
            "state a model with other variables in a .gm file of its own");

    public static Diagnostic LabelCount(SourceText source, Span size, BifName variable, int declared, int listed) =>
        Error("GM0717", $"{Name(variable)} is declared with {Count(declared, "label")}, and {listed.ToString(CultureInfo.InvariantCulture)} {(listed == 1 ? "is" : "are")} listed", source, size,
            "a label with a space or a comma in it stands in double quotes");

    public static Diagnostic NoLabels(SourceText source, BifName variable) => Error("GM0718", $"{Name(variable)} has no labels", source, variable.Span, "list its values in the braces after `discrete [ 2 ]`");

    public static Diagnostic LabelTwice(SourceText source, BifName label, BifName variable) =>
        Error("GM0719", $"{Name(variable)} has the label {Name(label)} twice", source, label.Span);

    public static Diagnostic VariableTwice(SourceText source, BifName second, Span first) =>
        Error("GM0720", $"there are two variables {Name(second)}", source, second.Span, "give one of them another name") with { Related = [("the first is here", source.Locate(first))] };

    public static Diagnostic UnknownVariable(SourceText source, BifName name, string? nearest) =>
        Error("GM0721", $"no variable of the network is called {Name(name)}", source, name.Span, nearest is null ? $"give it a block: `variable {Cut(name.Text)} {{ … }}`" : $"did you mean `{nearest}`?");

    public static Diagnostic TableTwice(SourceText source, BifName variable, Span first) =>
        Error("GM0722", $"{Name(variable)} has two tables", source, variable.Span, "remove one of them") with { Related = [("the first is here", source.Locate(first))] };

    public static Diagnostic NoTable(SourceText source, BifName variable) =>
        Error("GM0723", $"{Name(variable)} has no table", source, variable.Span, $"say how probable its labels are: `probability ( {Cut(variable.Text)} ) {{ table … ; }}`");

    public static Diagnostic ParentTwice(SourceText source, BifName parent, BifName variable) =>
        Error("GM0724", $"{Name(parent)} is a parent of {Name(variable)} twice", source, parent.Span, "name it once");

    public static Diagnostic Cycle(SourceText source, (string Name, Span Place)[] cycle)
    {
        var first = $"`{Cut(cycle[0].Name)}`";
        var others = cycle.Skip(1).Take(MostShown).Select(v => (Name: $"`{Cut(v.Name)}`", v.Place)).ToList();
        var path = string.Join(" → ", [first, .. others.Select(v => v.Name), .. cycle.Length > MostShown + 1 ? ["…"] : Array.Empty<string>(), first]);
        return Error("GM0725", cycle.Length == 1 ? $"{first} is its own parent" : $"these variables are each other's ancestors: {path}", source, cycle[0].Place,
            "a network has no cycles: leave one of the parents out") with
        {
            Related = [.. others.Select(v => ($"{v.Name} is here", source.Locate(v.Place)))],
        };
    }

    public static Diagnostic NumberCount(SourceText source, BifRow row, string variable, bool hasParents, int expected, int found) =>
        Error("GM0726", $"this {Kind(row)} of `{Cut(variable)}` has {Count(found, "probability", "probabilities")} in the place of {expected.ToString(CultureInfo.InvariantCulture)}", source, row.Span,
            row.Kind == RowKind.Table && hasParents ? "a table has one for each label and each combination of labels of the parents" : $"a {Kind(row)} has one for each label of the variable");

    public static Diagnostic NotAProbability(SourceText source, Span number) =>
        Error("GM0727", $"{Quote(source, number)} is not a probability, which is from 0 to 1", source, number);

    public static Diagnostic SumsTo(SourceText source, BifRow row, double sum, bool isTransposed) =>
        Error("GM0728", string.Create(CultureInfo.InvariantCulture, $"the probabilities of {(row.Kind == RowKind.Table ? "a combination of labels in this table" : $"this {Kind(row)}")} add up to {sum:0.######}, not 1"), source, row.Span,
            isTransposed ? "a table begins with all probabilities of the variable's first label, and these are in the order of the parents' labels: write them as rows, `(…) …;`"
            : string.Create(CultureInfo.InvariantCulture, $"only a sum within {TableBinder.Rounding} of 1 is taken for rounding"));

    /// <summary>Rows of a few decimals add up to 1 nearly, and a model takes no such row.</summary>
    public static Diagnostic Rounded(SourceText source, BifRow first, string variable, int count)
    {
        var message = count == 1 ? $"the probabilities of this {Kind(first)} do not quite add up to 1, and are divided by their sum"
            : string.Create(CultureInfo.InvariantCulture, $"{count} rows of `{Cut(variable)}`, of which this is the first, do not quite add up to 1, and are divided by their sums");
        return Warning("GM0729", message, source, first.Span, "give more decimals to be exact");
    }

    public static Diagnostic LabelsOfRow(SourceText source, BifRow row, string variable, string[] parents) =>
        Error("GM0730", $"this row names {Count(row.Labels.Count, "label")}, and `{Cut(variable)}` has {Count(parents.Length, "parent")}", source, row.Span,
            parents.Length == 0 ? "without parents the probabilities follow the word `table`" : $"a row begins with a label of each: {string.Join(", ", parents.Select(p => $"`{Cut(p)}`"))}");

    public static Diagnostic UnknownLabel(SourceText source, BifName label, LabelledVariable parent) =>
        Error("GM0731", $"{Name(parent.Name)} has no label {Name(label)}", source, label.Span,
            Spelling.Nearest(label.Text, parent.Labels.Select(l => l.Text)) is { } nearest ? $"did you mean `{nearest}`?"
            : $"its labels are {string.Join(", ", parent.Labels.Take(MostShown).Select(Name))}{(parent.Labels.Count > MostShown ? ", …" : "")}");

    public static Diagnostic RowTwice(SourceText source, BifRow second, BifRow first) =>
        Error("GM0732", "this row is there twice", source, second.Span, "remove one of them") with { Related = [("the first is here", source.Locate(first.Span))] };

    public static Diagnostic RowBesideTable(SourceText source, BifRow other, BifRow table, string variable) =>
        Error("GM0733", $"`{Cut(variable)}` has a whole table and more", source, other.Span, "write rows, or one table") with { Related = [("the table is here", source.Locate(table.Span))] };

    public static Diagnostic RowsMissing(SourceText source, BifTable table, int missing, int count, string[] first)
    {
        var labels = string.Join(", ", first.Select(Cut));
        var message = first.Length == 0 ? $"{Name(table.Variable)} has no probabilities"
            : string.Create(CultureInfo.InvariantCulture, $"{missing} of the {count} rows of {Name(table.Variable)} {(missing == 1 ? "is" : "are")} missing, {(missing == 1 ? "that" : "the first")} for ({labels})");
        return Error("GM0734", message, source, table.Variable.Span, first.Length == 0 ? "write `table` and a number for each label" : $"write `({labels}) …;`, or `default …;` for all that are missing");
    }

    public static Diagnostic TooManyCells(SourceText source, BifName variable, double cells) =>
        Error("GM0735", string.Create(CultureInfo.InvariantCulture, $"with the {cells:N0} probabilities of {Name(variable)} the network has more than {NetworkBinder.MaximumCells:N0}, the most that are imported"),
            source, variable.Span, "give it fewer parents: a variable between them and it can gather what matters of some");

    public static Diagnostic TooLong(SourceText source) =>
        Error("GM0736", "the model of this network would be longer than 4 MiB, the most a model may have", source, new Span(0, 0), "import a part of the network");

    public static Diagnostic TooManyParents(SourceText source, BifName variable, int parents) =>
        Error("GM0737", string.Create(CultureInfo.InvariantCulture, $"{Name(variable)} has {parents} parents, and may have {NetworkBinder.MaximumParents}"), source, variable.Span, "leave out parents with one label, on which nothing depends");

    private static Diagnostic Error(string id, string message, SourceText source, Span span, string? remedy = null) =>
        new(id, Severity.Error, message, source.Locate(span), remedy);

    private static Diagnostic Warning(string id, string message, SourceText source, Span span, string remedy) =>
        new(id, Severity.Warning, message, source.Locate(span), remedy);

    private static string Kind(BifRow row) => row.Kind == RowKind.Table ? "table" : "row";

    private static string Count(int count, string one, string? many = null) =>
        $"{(count == 0 ? "no" : count.ToString(CultureInfo.InvariantCulture))} {(count == 1 ? one : many ?? $"{one}s")}";

    private static string Name(BifName name) => $"`{Cut(name.Text)}`";

    private static string Quote(SourceText source, Span span) => $"`{Cut(source.TextOf(span with { Length = Math.Min(span.Length, LongestQuote + 1) }))}`";

    private static string Cut(string text) => text.Length <= LongestQuote ? text : $"{text.AsSpan(0, LongestQuote)}…";
}
