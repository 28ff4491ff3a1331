using ProbLang.Text;

namespace ProbLang.Editing;

/// <summary>The comments between two words of a text.</summary>
internal static class Comments
{
    /// <summary>Each with its colour, in order; those of other languages are mistakes.</summary>
    /// <param name="text">The text.</param>
    /// <param name="start">The end of the word before.</param>
    /// <param name="end">The start of the word after.</param>
    public static IEnumerable<(Span Place, TextColour Colour)> In(string text, int start, int end)
    {
        for (var at = start; at < end;)
        {
            if (text[at] is not ('/' or '#'))
            {
                at++;
                continue;
            }
            var comment = new Span(at, Math.Min(end, EndOf(text, at)) - at);
            yield return (comment, ColourOf(text.AsSpan(at)));
            at = comment.End;
        }
    }

    /// <summary>Whether what is typed at a place would belong to a comment.</summary>
    public static bool Hold(string text, int start, int end, int offset) =>
        In(text, start, end).Any(c => c.Place.Start < offset && (offset < c.Place.End || offset == c.Place.End && !text.AsSpan(c.Place.Start, c.Place.Length).EndsWith("*/")));

    private static int EndOf(string text, int start)
    {
        var isBlock = text.AsSpan(start).StartsWith("/*");
        var found = text.IndexOf(isBlock ? "*/" : "\n", Math.Min(text.Length, start + (isBlock ? 2 : 1)), StringComparison.Ordinal);
        return found < 0 ? text.Length : isBlock ? found + 2 : found;
    }

    private static TextColour ColourOf(ReadOnlySpan<char> comment) =>
        comment.StartsWith("///") && !comment.StartsWith("////") ? TextColour.Documentation : comment.StartsWith("//") ? TextColour.Comment : TextColour.Mistake;
}
