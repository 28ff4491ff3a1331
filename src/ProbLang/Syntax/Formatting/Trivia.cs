namespace ProbLang.Syntax.Formatting;

/// <summary>A comment between two words of a file.</summary>
/// <param name="Text">From its slashes on, without spaces at its end.</param>
/// <param name="BeginsLine">Whether nothing but space stands before it on its line.</param>
/// <param name="FollowsBlankLine">Whether the line before it is empty.</param>
internal readonly record struct CommentLine(string Text, bool BeginsLine, bool FollowsBlankLine)
{
    /// <summary>As a comment that documents nothing.</summary>
    public string PlainText => Text.StartsWith("///", StringComparison.Ordinal) && !Text.StartsWith("////", StringComparison.Ordinal) ? Text[1..] : Text;
}

/// <summary>What stands between two words of a file beside space.</summary>
/// <param name="Comments">In their order.</param>
/// <param name="EndsWithBlankLine">Whether an empty line stands right before the second word.</param>
internal sealed record Trivia(List<CommentLine> Comments, bool EndsWithBlankLine)
{
    public static Trivia Of(ReadOnlySpan<char> between)
    {
        var (comments, lines) = (new List<CommentLine>(), 0);
        for (var at = 0; at < between.Length; at++)
        {
            if (between[at] == '\n') lines++;
            if (between[at] != '/') continue;
            var rest = between[at..];
            var length = rest.IndexOf('\n') is >= 0 and var end ? end : rest.Length;
            comments.Add(new CommentLine(rest[..length].TrimEnd().ToString(), lines > 0, lines > 1));
            (at, lines) = (at + length - 1, 0);
        }
        return new Trivia(comments, lines > 1);
    }
}
