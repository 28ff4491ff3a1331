using System.Collections.Immutable;
using ProbLang.Editing;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <summary>What the editor asks about an entry while it is typed.</summary>
/// <param name="IsUnfinished">Whether more lines belong to it.</param>
/// <param name="Complete">The ways to go on at a place.</param>
/// <param name="Colours">What each piece of it is.</param>
/// <param name="MistakeIn">What is wrong with it as it stands; null where nothing is.</param>
internal sealed record EntryLanguage(
    Func<string, bool> IsUnfinished,
    Func<string, int, CompletionList> Complete,
    Func<string, ImmutableArray<ColouredSpan>> Colours,
    Func<string, (Span Place, string Message)?> MistakeIn)
{
    public static EntryLanguage Of(Conversation conversation) => new(Conversation.IsUnfinished, conversation.Complete, ColoursOf, conversation.MistakeIn);

    /// <summary>Of a command only its name is the session's; the bar of a query is no mistake, though a model has none.</summary>
    internal static ImmutableArray<ColouredSpan> ColoursOf(string entry)
    {
        var start = entry.Length - entry.AsSpan().TrimStart().Length;
        if (start == entry.Length || entry[start] != ':') return [.. EditedText.Colours(entry).Select(s => s is { Length: 1, Colour: TextColour.Mistake } && entry[s.Start] == '|' ? s with { Colour = TextColour.Operator } : s)];
        var end = start + 1;
        while (end < entry.Length && !char.IsWhiteSpace(entry[end])) end++;
        return [new ColouredSpan(start, end - start, TextColour.Keyword)];
    }
}
