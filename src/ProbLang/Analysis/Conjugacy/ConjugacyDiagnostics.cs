using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Why continuous unknowns cannot be integrated out in closed form, one method a message.</summary>
internal static class ConjugacyDiagnostics
{
    private const string Remedy = "draw from the posterior with `--engine nuts`";

    public static Diagnostic NoPair(string element, string distribution, string unknown, string prior, Location statement, Location? drawn) => new("GM0460", Severity.Error,
        $"`{element}` depends on the continuous unknown `{unknown}`, and {distribution} with a parameter from {prior} is here no conjugate pair that could be integrated in closed form", statement, Remedy)
    { Related = drawn is null ? [] : [($"`{unknown}` is drawn here", drawn)] };

    public static Diagnostic Involved(string element, string distribution, string expression, Location statement) => new("GM0461", Severity.Error,
        $"`{element}`, drawn from {distribution}, depends on continuous unknowns by way of `{expression}`, which is not linear in them, so that they cannot be integrated out in closed form", statement, Remedy);

    public static Diagnostic Condition(string unknown, Location place) => new("GM0462", Severity.Error,
        $"this condition depends on the continuous unknown `{unknown}`, which then cannot be integrated out in closed form", place, Remedy);

    public static Diagnostic Factor(string unknown, Location place) => new("GM0463", Severity.Error,
        $"this factor depends on the continuous unknown `{unknown}`, which then cannot be integrated out in closed form", place, Remedy);

    public static Diagnostic Gate(Location place) => new("GM0464", Severity.Error,
        "which branch holds depends here on continuous unknowns, which then cannot be integrated out in closed form", place, Remedy);

    public static Diagnostic Computed(string element, string? expression, Location statement) => new("GM0465", Severity.Error, expression is null
        ? $"`{element}` is computed from several continuous unknowns that are not all normal, so that its distribution has no closed form"
        : $"`{element}` is computed from continuous unknowns by way of `{expression}`, and its distribution has no closed form", statement, Remedy);

    public static Diagnostic Prior(string element, string distribution, Location statement) => new("GM0466", Severity.Error,
        $"`{element}` is continuous and unknown, and {distribution} is conjugate to nothing that could be integrated in closed form", statement, Remedy);

    public static Diagnostic Improper(string element, Location statement) => new("GM0467", Severity.Error,
        $"the data say too little of `{element}`, whose prior is flat: its posterior is no distribution", statement, "give it a proper prior, such as `Normal(0, 10)`");

    public static Diagnostic Prediction(string element, string distribution, string unknown, string prior, Location statement) => new("GM0468", Severity.Error,
        $"`{element}` is not given, and what {distribution} predicts where `{unknown}` is from {prior} has no closed form", statement, $"{Remedy}, or leave `{element}` out of the model");

    public static Diagnostic TooManySettings(string element, double settings, Location statement) => new("GM0469", Severity.Error, string.Create(System.Globalization.CultureInfo.InvariantCulture,
        $"`{element}` would be integrated out once for each of {(settings < 1e9 ? settings.ToString("0", System.Globalization.CultureInfo.InvariantCulture) : "more than a billion")} settings of the discrete unknowns that its data depend on, which are too many"), statement,
        $"{Remedy}, or observe some of the discrete unknowns");

    public static Diagnostic Likelihood(string element, string distribution, Location statement) => new("GM0470", Severity.Error,
        $"`{element}` depends on continuous unknowns, and {distribution} is no part of a conjugate pair that could be integrated in closed form", statement, Remedy);
}
