using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>A search through earlier entries for what is typed meanwhile.</summary>
/// <param name="Before">What was there when the search began, and is again when it is given up.</param>
/// <param name="Sought">What is looked for; lower-case letters stand for capitals too.</param>
/// <param name="Index">The entry that was found; their number where none was looked for yet.</param>
/// <param name="IsFailing">Whether there is no further one.</param>
internal sealed record ReverseSearch(TextBuffer Before, string Sought, int Index, bool IsFailing)
{
    public static ReverseSearch From(TextBuffer buffer, ImmutableArray<string> entries) => new(buffer, "", entries.Length, false);

    /// <summary>Looks for more; the entry that was found may have it too.</summary>
    public ReverseSearch Type(string text, ImmutableArray<string> entries) => (this with { Sought = Sought + text }).Find(Math.Min(Index, entries.Length - 1), -1, entries);

    /// <summary>Looks for less, from the latest entry on.</summary>
    public ReverseSearch Erase(ImmutableArray<string> entries)
    {
        if (Sought.Length == 0) return this;
        var less = this with { Sought = Sought[..TextBuffer.Of(Sought).Previous], IsFailing = false };
        return less.Sought.Length == 0 ? less with { Index = entries.Length } : less.Find(entries.Length - 1, -1, entries);
    }

    /// <summary>The next one that is older, or newer, and different.</summary>
    public ReverseSearch Further(int direction, ImmutableArray<string> entries) => Sought.Length == 0 ? this : Find(Index + direction, direction, entries);

    /// <summary>What was found, with the cursor where it matches.</summary>
    public TextBuffer Shown(ImmutableArray<string> entries) => Index < entries.Length ? new(entries[Index], Match(entries).Start) : Before;

    /// <summary>Where in the entry it is.</summary>
    public (int Start, int Length) Match(ImmutableArray<string> entries) =>
        Index < entries.Length && Sought.Length > 0 ? (Math.Max(0, Place(entries[Index])), Sought.Length) : (0, 0);

    private ReverseSearch Find(int from, int direction, ImmutableArray<string> entries)
    {
        for (var i = from; i >= 0 && i < entries.Length; i += direction)
            if (Place(entries[i]) >= 0) return this with { Index = i, IsFailing = false };
        return this with { IsFailing = true };
    }

    private int Place(string entry) =>
        entry.LastIndexOf(Sought, Sought.Any(char.IsUpper) ? StringComparison.Ordinal : StringComparison.OrdinalIgnoreCase);
}
