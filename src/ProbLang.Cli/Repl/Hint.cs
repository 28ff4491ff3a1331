using ProbLang.Editing;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <summary>What is said about an entry while it is typed.</summary>
/// <param name="Signature">The call that the cursor is in.</param>
/// <param name="Place">Where the mistake is.</param>
/// <param name="Mistake">The first mistake, in a sentence.</param>
internal sealed record Hint(CallSignature? Signature, Span? Place, string? Mistake)
{
    public static Hint None { get; } = new(null, null, null);

    /// <summary>What still holds when the entry has changed: a mistake may be mended and its place is another.</summary>
    public Hint AfterChange => Mistake is null ? this : this with { Place = null, Mistake = null };

    /// <summary>Whether the mistake is in the word that is being typed.</summary>
    public bool IsAtWord(TextBuffer buffer) => Place is { } place && place.End == buffer.Cursor && place.Length > 0 && char.IsLetterOrDigit(buffer.Text[buffer.Cursor - 1]);

    public static Hint Of(EntryLanguage language, TextBuffer buffer)
    {
        var mistake = string.IsNullOrWhiteSpace(buffer.Text) ? null : language.MistakeIn(buffer.Text);
        return new Hint(language.Complete(buffer.Text, buffer.Cursor).Signature, mistake?.Place, mistake?.Message.Split('\n')[0]);
    }
}
