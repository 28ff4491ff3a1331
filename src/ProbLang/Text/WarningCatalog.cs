using System.Collections.Immutable;

namespace ProbLang.Text;

/// <summary>A warning that there may be.</summary>
/// <param name="Id">Its stable identifier, such as GM0214.</param>
/// <param name="Summary">What it is about, in a few words.</param>
public sealed record WarningKind(string Id, string Summary);

/// <summary>Every warning there is. Each can be silenced; errors cannot.</summary>
public static class WarningCatalog
{
    /// <summary>In the order of their ids.</summary>
    public static ImmutableArray<WarningKind> All { get; } =
    [
        new("GM0136", "an index that counts from 0, where it may be meant"),
        new("GM0213", "a function of the model hides a built-in one"),
        new("GM0214", "an input or a parameter that is not used"),
        new("GM0291", "an argument or a local of a function that is not used"),
        new("GM0320", "the data give what the model does not name"),
        new("GM0321", "the data give a single number that has a prior, so it is not inferred"),
        new("GM0340", "an observed value at which the density is zero or infinite"),
        new("GM0501", "nothing observed depends on a variable: its posterior is its prior"),
        new("GM0502", "a standard deviation that looks like a variance or a precision"),
        new("GM0503", "a flat prior, which does not integrate to 1"),
        new("GM0504", "a mixture whose components can be exchanged"),
        new("GM0505", "a probability that can leave 0 to 1"),
        new("GM0506", "a discrete unknown with so many values that summing over them may take long"),
        new("GM0507", "nothing is observed"),
        new("GM0729", "rows of an imported network that are rounded"),
    ];

    /// <summary>Why an id cannot be silenced, as a sentence; null where it can.</summary>
    public static string? Objection(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (All.Any(w => w.Id == id)) return null;
        return Spelling.Nearest(id, All.Select(w => w.Id)) is { } nearest && !IsNumbered(id)
            ? $"there is no warning `{id}`: did you mean `{nearest}`?"
            : $"there is no warning `{id}`; there are {string.Join(", ", All.Select(w => w.Id))}";
    }

    /// <summary>A warning that is silenced is left out, a mistake never.</summary>
    internal static bool IsShown(Severity severity, string id, ImmutableArray<string> silenced) =>
        severity == Severity.Error || silenced.IsDefaultOrEmpty || !silenced.Contains(id);

    /// <summary>What is left of messages, in their order; where there are too many, no warning takes the place of a mistake.</summary>
    internal static ImmutableArray<Diagnostic> Shown(IEnumerable<Diagnostic> diagnostics, ImmutableArray<string> silenced, int most)
    {
        Diagnostic[] shown = [.. diagnostics.Where(d => IsShown(d.Severity, d.Id, silenced))];
        if (shown.Length <= most) return [.. shown];
        return [.. shown.Select((d, at) => (Diagnostic: d, At: at)).OrderBy(d => d.Diagnostic.Severity).Take(most).OrderBy(d => d.At).Select(d => d.Diagnostic)];
    }

    /// <summary>Those asked for.</summary>
    /// <exception cref="ArgumentException">An id is not that of a warning.</exception>
    internal static ImmutableArray<string> Checked(ImmutableArray<string> silenced)
    {
        if (silenced.IsDefault) return [];
        foreach (var id in silenced)
            if ((id is null ? "an id that is to be silenced is null" : Objection(id)) is { } objection) throw new ArgumentException(objection, nameof(silenced));
        return silenced;
    }

    // Ids that differ in a digit are near in spelling and have nothing to do with each other.
    private static bool IsNumbered(string id) => id.Length == 6 && id.StartsWith("GM", StringComparison.Ordinal) && id.AsSpan(2).IndexOfAnyExceptInRange('0', '9') < 0;
}
