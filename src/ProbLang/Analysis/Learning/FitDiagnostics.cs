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

    public static Diagnostic NoCurvature(bool isMode) => Error("GM0516",
        isMode ? "the posterior is flat in some direction at its mode, so that no normal distribution is like it" : "the posterior density has no mode where gradients lead to one, so that no normal distribution is like it", null,
        "give the unknowns priors that say more, or draw from the posterior itself: `--engine nuts`");

    public static Diagnostic NoFit(string path, string reason) => Error("GM0550", $"`{path}` is no fit: {reason.TrimEnd('.')}", null, "`fit --save FILE` writes one");

    public static Diagnostic LaterFit(string path, string version) => Error("GM0551", $"`{path}` was written by a later version{(version.Length == 0 ? "" : $", {version}")}, whose fits this one does not read", null);

    public static Diagnostic OtherModel(string fitted, string model, string? own, string? other) => Error("GM0552",
        $"the fit is of another model ({fitted}) than `{model}`: {(own, other) switch
        {
            (null, not null) => $"it has no `{other}`",
            (not null, null) => $"it has `{own}`, which this one has not",
            _ => $"it has `{own}` where this one has `{other}`",
        }}", null, "fit this model to its data anew");

    private static Diagnostic Error(string id, string message, Location? place, string? remedy = null) => new(id, Severity.Error, message, place, remedy);
}
