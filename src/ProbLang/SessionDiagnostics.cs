using System.Globalization;
using ProbLang.Text;

namespace ProbLang;

/// <summary>GM0740–GM0747: what can be wrong with what a session is asked, one method a message.</summary>
internal static class SessionDiagnostics
{
    public static Diagnostic NotAnEvent(string expression, Location? place) =>
        Error("GM0740", $"`P` is of what is true or false, and `{expression}` is a number", place, $"compare it, as in `P({expression} > 0)`; `E({expression})` is its mean");

    public static Diagnostic NotAnEventButALabel(string expression, Location? place) =>
        Error("GM0740", $"`P` is of what is true or false, and `{expression}` is a label", place, $"compare it with one, as in `P({expression} == \"…\")`");

    public static Diagnostic NotAlone(string word, Location place) => Error("GM0741", $"`{word}` asks a question, which stands alone", place, "ask for one thing at a time, and write its conditions behind the bar");

    public static Diagnostic NotClosed(string word, Location place) => Error("GM0742", $"the parenthesis after `{word}` is not closed", place, null);

    public static Diagnostic SecondBar(Location place) => Error("GM0742", "a question has one bar", place, "separate conditions by commas");

    public static Diagnostic NothingGiven(Location place) => Error("GM0742", "no condition stands here", place, "after the bar stands what is given, as in `P(rain | wet, cloudy = true)`");

    public static Diagnostic NothingAsked(Location place) => Error("GM0742", "nothing is asked here", place, "write an expression, as in `E(tau)` or `P(tau > 3 | y = 2)`");

    public static Diagnostic AskedTogether(string word, Location place) =>
        Error("GM0742", $"`{word}` is of one expression", place, word == "P" ? "write `and` between events; conditions stand behind a bar" : "ask for one thing at a time");

    public static Diagnostic NoLevel(Location place) => Error("GM0742", "`Q` takes an expression and a probability between 0 and 1", place, "as in `Q(tau, 0.9)`");

    public static Diagnostic NotACondition(string condition, Location? place) =>
        Error("GM0743", $"what is given is true or false, and `{condition}` is a number", place, $"say what it is, as in `{condition} = 1`, or compare it");

    public static Diagnostic ManyConditions(string condition, Location? place) =>
        Error("GM0743", $"what is given is one thing that is true or false, and `{condition}` is an array", place, "name an element, or write `min(…)` for all of them");

    public static Diagnostic NeverHolds(int draws, Location? place) =>
        Error("GM0744", string.Create(CultureInfo.InvariantCulture, $"in none of {draws} draws does what is given hold"), place, "state it with `given`, so that the draws are made with it, or give something more probable");

    public static Diagnostic NoMean(string expression, Location? place) =>
        Error("GM0745", $"this is asked of numbers, and `{expression}` is a label", place, $"ask for its distribution: `{expression}`");

    public static Diagnostic NoDraws(Results.Verdict verdict, Location? place) => Error("GM0746", "the sampler made no draws to answer from", place, verdict.Reasons.IsEmpty ? null : verdict.Reasons[0].Text);

    public static Diagnostic NoMessages(string expression, string engine, Location? place) =>
        Error("GM0747", $"the engine `{engine}` has no answer for `{expression}`", place, "ask for the variables that it is computed of");

    /// <summary>A message of the parser about an entry, which is no file.</summary>
    public static Diagnostic OfEntry(Diagnostic diagnostic) => diagnostic with { Message = diagnostic.Message.Replace("the end of the file", "the end", StringComparison.Ordinal) };

    private static Diagnostic Error(string id, string message, Location? place, string? remedy) => new(id, Severity.Error, message, place, remedy);
}
