using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What can be wrong with computed quantities that are given, one method a message.</summary>
internal static class InversionDiagnostics
{
    public const string NoInverseId = "GM0319";

    public static Diagnostic NoInverse(string element, string why, Location? place, Location statement, Location? at) => Error(NoInverseId,
        $"the data give `{element}`, but it is computed of unknown quantities and cannot be solved for one of them: {why}", place ?? statement,
        "leave it out of the data, or define it with `~`, as what is computed with noise around it") with
    { Related = at is null ? Computed(place, statement) : at.Line == statement.Line ? Computed(at, at) : [.. Computed(place, statement), ("of this", at)] };

    public static Diagnostic GivenInPart(string missing, string name, Location? place, Location statement) => Error("GM0391",
        $"`{missing}` is missing, but other elements of what this statement computes at once are given", place ?? statement,
        $"give all of them or none, or compute an element at a time: `for i in 1..N {{ {name}[i] = … }}`") with
    { Related = Computed(place, statement) };

    public static Diagnostic OutsideRange(string element, string value, string why, Location? place, Location statement) => Error("GM0392",
        $"`{element}` cannot be what the data give: {why}, but this is {value}", place ?? statement) with
    { Related = Computed(place, statement) };

    public static Diagnostic OutsideDraw(string element, string value, string distribution, Location place) => Error("GM0393",
        $"the data make `{element}` {value}, where the density of {distribution} is zero", place);

    public static Diagnostic ObjectiveDoesNotApply(string objective, string why, Location? decided) => Error("GM0394",
        $"the objective `{objective}` does not apply: {why}", decided, "`explain` says which objectives do; without `--objective` the first of them is taken");

    public static Diagnostic ObjectiveNotThere(string objective, Location? decided) => Error("GM0395", $"the objective `{objective}` is not in this version", decided,
        "`explain` says which objectives apply");

    private static ImmutableArray<(string, Location)> Computed(Location? place, Location statement) => place is null ? [] : [("it is computed here", statement)];

    private static Diagnostic Error(string id, string message, Location? place, string? remedy = null) => new(id, Severity.Error, message, place, remedy);
}
