using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>A walk through earlier entries that begin as what was typed before it.</summary>
/// <param name="Typed">What was there when the walk began.</param>
/// <param name="Index">Which of the earlier entries is shown; their number for what was typed.</param>
internal sealed record HistoryWalk(TextBuffer Typed, int Index)
{
    public static HistoryWalk From(TextBuffer typed, ImmutableArray<string> entries) => new(typed, entries.Length);

    /// <summary>The next entry to one side; null where there is none.</summary>
    public HistoryWalk? Step(int direction, ImmutableArray<string> entries)
    {
        for (var i = Index + direction; i >= 0 && i < entries.Length; i += direction)
            if (entries[i].StartsWith(Typed.Text, StringComparison.Ordinal) && entries[i] != Typed.Text) return this with { Index = i };
        return direction > 0 && Index < entries.Length ? this with { Index = entries.Length } : null;
    }

    public TextBuffer Shown(ImmutableArray<string> entries) => Index < entries.Length ? TextBuffer.Of(entries[Index]) : Typed;
}
