using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>A part of a model that no factor graph expresses.</summary>
internal sealed class UnsupportedException(Diagnostic diagnostic) : Exception(diagnostic.Message)
{
    public Diagnostic Diagnostic => diagnostic;
}

/// <summary>Why a model has no factor graph, one method a message.</summary>
internal static class FactorGraphDiagnostics
{
    public static Diagnostic Factor(Location place) => new("GM0601", Severity.Error,
        "message passing knows no `factor` statements", place, "say what it stands for by observations, or by a `given` condition");

    public static Diagnostic Distribution(string name, Location place, string? remedy) => new("GM0602", Severity.Error,
        $"message passing has no factor for {name} of unknown quantities", place, remedy);

    public static Diagnostic Prior(string name, Location place, string? remedy) => new("GM0603", Severity.Error,
        $"message passing keeps no beliefs of the form of {name}", place, remedy);

    public static Diagnostic Expression(string expression, Location place, string? remedy = null) => new("GM0604", Severity.Error,
        $"message passing has no factor that computes `{expression}` of unknown quantities", place, remedy);

    public static Diagnostic Parameter(string distribution, string parameter, string expression, Location place, string? remedy) => new("GM0605", Severity.Error,
        $"message passing has no factor for {distribution} whose {parameter} is `{expression}`", place, remedy);

    public static Diagnostic MixedIndex(string array, Location place) => new("GM0606", Severity.Error,
        $"`{array}` is indexed by an unknown integer, and its elements are not all unknown quantities of one statement, or not as many as the integer has values", place,
        "define all its elements in one statement, with one for each value");

    public static Diagnostic Branches(string name, Location place) => new("GM0607", Severity.Error,
        $"the branches give `{name}` values of different kinds, for which messages have different forms", place, "let all branches draw it from distributions of one family");

    public static Diagnostic Bounds(string name, Location place) => new("GM0608", Severity.Error,
        $"{name} is truncated, and its parameters or bounds are unknown, for which message passing has no factor", place, "truncate a distribution with known parameters, or state the bound as a condition: `given x > 0`");

    public static Diagnostic SumTooLong(Location place) => new("GM0609", Severity.Error,
        "this is a reduction over unknown quantities whose number differs between iterations, or is large, for which there is no factor graph", place, "write it as sums of the same length");

    public static Diagnostic PartlyGiven(string element, Location place) => new("GM0610", Severity.Error,
        $"`{element}` is given in part, and message passing takes all of a vector or none of it", place, "give all its elements, or none");

    public static Diagnostic UnknownCount(string name, Location place) => new("GM0612", Severity.Error,
        $"`{name}` is a count that is not given, and whose rate is unknown: message passing keeps no beliefs of its form", place, "give it in the data");

    public static Diagnostic TooManyCombinations(string name, Location place) => new("GM0613", Severity.Error,
        $"this depends on `{name}` and other discrete unknowns in a way for which there is no factor but one for each combination of their values, and these are too many", place,
        "compute it in steps of two quantities each");

    public static Diagnostic Counts(string name, Location place) => new("GM0611", Severity.Error,
        $"`{name}` is an unknown count without an end where a choice between finitely many values is needed", place, "give it an end: `Categorical`, `Binomial` or `DiscreteUniform`");
}
