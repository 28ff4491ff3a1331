using ProbLang.Syntax;

namespace ProbLang.Editing;

/// <summary>The brackets that are open at a place, as one goes through a text. As in the parser, a brace that closes outranks others left open inside of it.</summary>
internal sealed class OpenBrackets
{
    private readonly List<(TokenKind Kind, int Index)> _open = [];

    public bool IsEmpty => _open.Count == 0;

    /// <summary>The brackets with the places of their words, outermost first.</summary>
    public IReadOnlyList<(TokenKind Kind, int Index)> All => _open;

    /// <summary>Whether statements may stand here: in the file or in a block.</summary>
    public bool TakesStatements => IsEmpty || _open[^1].Kind == TokenKind.LeftBrace;

    /// <summary>Goes past a word.</summary>
    /// <returns>Whether it closes what it should, where it closes anything.</returns>
    public bool Pass(TokenKind kind, int index)
    {
        if (kind is TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace) _open.Add((kind, index));
        else if (kind is TokenKind.RightParenthesis or TokenKind.RightBracket) return TryClose(kind == TokenKind.RightParenthesis ? TokenKind.LeftParenthesis : TokenKind.LeftBracket);
        else if (kind == TokenKind.RightBrace)
        {
            var clean = !IsEmpty && TakesStatements;
            while (!TakesStatements) _open.RemoveAt(_open.Count - 1);
            return TryClose(TokenKind.LeftBrace) && clean;
        }
        return true;
    }

    private bool TryClose(TokenKind open)
    {
        if (IsEmpty || _open[^1].Kind != open) return false;
        _open.RemoveAt(_open.Count - 1);
        return true;
    }
}
