using System.Globalization;
using ProbLang.Analysis;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>Why a model has no exact answer, one method a message.</summary>
internal static class ExactDiagnostics
{
    public static Diagnostic Continuous(string element, Location statement) => new("GM0445", Severity.Error,
        $"{element} is continuous and unknown, and exact inference has no closed form for it", statement,
        "draw from the posterior with `--engine nuts`, or give it");

    public static Diagnostic OnContinuous(string what, Location statement) => new("GM0446", Severity.Error,
        $"{what} depends on continuous unknowns, over which exact inference does not sum", statement,
        "draw from the posterior with `--engine nuts`, or give the continuous unknowns");

    public static Diagnostic ReportsTooMany(string element, Location statement) => new("GM0447", Severity.Error,
        $"{element} depends on so many discrete unknowns together that its values cannot be listed", statement,
        "leave it out where it is not needed, or compute it step by step from values of which there are few");

    public const string SenselessId = "GM0448";

    public static Diagnostic Senseless(double density, IReadOnlyList<string> setting, Location statement) => new(SenselessId, Severity.Error,
        $"the log density of this is {(double.IsNaN(density) ? "not a number" : "infinite")}{(setting.Count == 0 ? "" : $" when {FiniteDiagnostics.List(setting)}")}, so that nothing can be said of how probable that is", statement,
        "keep what it is computed of in the range where it has a value");

    /// <param name="facts">Facts that are impossible together.</param>
    /// <param name="isSmallest">Whether they are possible without any one of them.</param>
    /// <param name="isWhole">Whether no other observation has a part in that.</param>
    public static Diagnostic Contradiction(IReadOnlyList<Fact> facts, bool isSmallest, bool isWhole)
    {
        const int Most = 8;
        if (facts is [var only] && isWhole) return new("GM0449", Severity.Error, $"the given facts contradict the model: {only.Text}, which has probability zero", only.Place);
        var shown = facts.Take(Most).Select(f => f.Text).ToList();
        if (facts.Count > Most) shown.Add(string.Create(CultureInfo.InvariantCulture, $"{facts.Count - Most} more"));
        return new("GM0449", Severity.Error, $"the given facts contradict each other: {(isSmallest ? "" : "some of ")}{FiniteDiagnostics.List(shown)}{(isWhole ? "" : ", with what else was observed")}", facts[0].Place,
            isSmallest && isWhole ? "without any one of these, the others are possible together" : null)
        {
            Related = [.. facts.Skip(1).Take(Most - 1).Select(f => (f.Text, f.Place))],
        };
    }

    public static Diagnostic NothingPossible(Location place) => new("GM0450", Severity.Error,
        "no values of the unknown quantities are possible: the model gives all of them probability zero, whatever the data", place);

    public const string NoValueId = "GM0451";

    public static Diagnostic NoValue(string element, IReadOnlyList<string> setting, Location statement) => new(NoValueId, Severity.Error,
        $"{element} has no possible value{(setting.Count == 0 ? "" : $" when {FiniteDiagnostics.List(setting)}")}", statement,
        "give it a range that is never empty, or draw it in a branch, as in `if n > 0 { … }`");
}
