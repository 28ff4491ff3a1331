using System.Globalization;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Why unknown discrete quantities cannot be summed over, one method a message.</summary>
internal static class FiniteDiagnostics
{
    public static Diagnostic Endless(string element, string distribution, Location statement) => new("GM0440", Severity.Error,
        $"`{element}` is discrete and unknown, and has no greatest value: {distribution} goes on forever, and how soon the rest is negligible depends on continuous unknowns", statement,
        "put an end to it, as in `truncated (0, 100)`, or observe it");

    public static Diagnostic TooMany(string element, double count, Location statement) => new("GM0441", Severity.Error,
        $"`{element}` is discrete and unknown, and has {count.ToString("0", CultureInfo.InvariantCulture)} values, which are too many to sum over", statement,
        "observe it, or draw it from a continuous distribution");

    public static Diagnostic CountsOfVector(string element, string distribution, Location statement) => new("GM0442", Severity.Error,
        $"`{element}` is unknown and one of several counts that {distribution} draws together, which are not summed over", statement,
        "observe it, or draw each count by itself");

    public static Diagnostic RangeOfTooMany(string element, Location statement) => new("GM0443", Severity.Error,
        $"the range of `{element}` depends on so many unknown discrete quantities that it was not looked for", statement,
        "give it a range of its own, as in `truncated (0, 100)`");

    public static Diagnostic TooLarge(IReadOnlyList<string> names, double entries, double most, Location place)
    {
        var shown = names.Take(8).Select(n => $"`{n}`").ToArray();
        var list = names.Count > shown.Length ? $"{string.Join(", ", shown)} and {(names.Count - shown.Length).ToString(CultureInfo.InvariantCulture)} more" : string.Join(", ", shown);
        return new("GM0444", Severity.Error,
            $"summing over the unknown discrete quantities needs tables of {entries.ToString("0.##e+0", CultureInfo.InvariantCulture)} numbers, more than {most.ToString("0.##e+0", CultureInfo.InvariantCulture)}: {list} depend on each other all at once", place,
            "observe some of them, give them fewer values, or split what depends on many of them into steps that depend on few");
    }

    /// <summary>A mistake that there is for some values of discrete unknowns.</summary>
    public static Diagnostic Under(Diagnostic mistake, IReadOnlyList<string> setting) => setting.Count == 0 ? mistake : mistake with
    {
        Message = $"{mistake.Message}, when {List(setting)}",
        Remedy = mistake.Id is not ("GM0315" or "GM0386") ? mistake.Remedy : "give the unknown a range that fits, or choose with `if` where there is no such element",
    };

    /// <summary>Such as <c>a, b and c</c>.</summary>
    public static string List(IReadOnlyList<string> parts) =>
        parts.Count == 1 ? parts[0] : $"{string.Join(", ", parts.Take(parts.Count - 1))} and {parts[^1]}";
}
