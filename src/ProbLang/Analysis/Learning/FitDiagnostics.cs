using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What can stand against learning parameters, one method a message.</summary>
internal static class FitDiagnostics
{
    public static Diagnostic WeightsMissing(string net, Location place) => Error("GM0511", $"`{net}` is a net whose weights are not known", place, "learn them first with `fit`");

    public static Diagnostic NothingToLearn(bool hasParameters) => Error("GM0512",
        hasParameters ? "the data give the values of all parameters, so that there is nothing to learn" : "the model has no `param`, so that there is nothing to learn by maximum likelihood", null,
        hasParameters ? "leave out of the data what is to be learned" : "declare what is to be learned with `param`; `infer` gives the posterior of what has a prior, `fit --engine map` its mode");

    public static Diagnostic Uninformed(string parameter, Location place) => Error("GM0513", $"nothing observed depends on `{parameter}`, so that no value of it is more likely than another", place,
        "give the data that depend on it, give its value, or leave it out");

    public static Diagnostic NoStart(string? parameter, bool isMode, Location? place) => Error("GM0514",
        $"the {(isMode ? "posterior density" : "likelihood")} is zero or not a number wherever the search was begun{(parameter is null ? "" : $", or does not change smoothly with `{parameter}`")}", place,
        "give parameters a start at which the data are possible: `param w = …`");

    public static Diagnostic NoMode() => Error("GM0515", "nothing continuous is unknown, so that there is no mode to look for", null, "`infer --engine exact` sums over what is discrete");

    private static Diagnostic Error(string id, string message, Location? place, string? remedy = null) => new(id, Severity.Error, message, place, remedy);
}
