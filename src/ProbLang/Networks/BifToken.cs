using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>What a word or a sign of a BIF file is.</summary>
internal enum BifKind
{
    End, Word, Quoted, LeftBrace, RightBrace, LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, Comma, Bar, Semicolon,
}

/// <summary>A word, a name in quotes or a sign, and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands, its quotes included.</param>
/// <param name="IsFirstOnLine">Whether only white space is before it on its line.</param>
internal readonly record struct BifToken(BifKind Kind, Span Span, bool IsFirstOnLine);
