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
        $"an unknown integer chooses among the elements of `{array}`, and message passing can do that only where one statement draws all of them, none from another", place,
        $"draw all elements of `{array}` in one statement, one for each value of the integer");

    public static Diagnostic MixedRow(string array, Location place) => new("GM0606", Severity.Error,
        $"the elements of `{array}` are read together, and message passing can do that only where one statement draws all of them, none from another", place,
        $"draw all elements of `{array}` in one statement");

    public static Diagnostic Branches(string name, Location place) => new("GM0607", Severity.Error,
        $"the branches give `{name}` values of different kinds, for which messages have different forms", place, "let all branches draw it from distributions of one family");

    public static Diagnostic Bounds(string name, Location place) => new("GM0608", Severity.Error,
        $"{name} is truncated, and its parameters or bounds are unknown, for which message passing has no factor", place, "truncate a distribution with known parameters; or, which is another model, state the bound as a condition: `given x > 0`");

    public static Diagnostic SumTooLong(Location place) => new("GM0609", Severity.Error,
        "message passing adds up unknown quantities only where there are as many in every iteration, and at most 1000", place,
        "add them step by step, as in `total[t] = total[t - 1] + x[t]`");

    public static Diagnostic PartlyGiven(string element, Location place) => new("GM0610", Severity.Error,
        $"a part of `{element}` is given, and message passing takes all of a vector or none of it", place, "give all its elements, or none");

    public static Diagnostic UnknownCount(string name, Location place) => new("GM0612", Severity.Error,
        $"`{name}` is a count that is not given, and its rate is unknown: message passing keeps no beliefs of that form", place, "give it in the data, or give its rate a number");

    public static Diagnostic TooManyCombinations(string name, Location place) => new("GM0613", Severity.Error,
        $"message passing needs a branch for each combination of the values of `{name}` and the other discrete unknowns that this depends on, and there are too many", place,
        "let it depend on few at a time; integers can be added step by step, as in `n[i] = n[i - 1] + k[i]` with `k[i] ~ Categorical(w)`");

    public static Diagnostic TooManyValues(string name, int count, Location place) => new("GM0613", Severity.Error,
        $"message passing needs a branch for each value of `{name}` here, and {count} are too many", place, $"give `{name}` at most 50 values, or use it only as an index, of arrays of what the branches need");

    public static Diagnostic Counts(string name, Location place) => new("GM0611", Severity.Error,
        $"`{name}` is an unknown count without an end where a choice between finitely many values is needed", place, "give it an end: `Categorical`, `Binomial` or `DiscreteUniform`");
}
