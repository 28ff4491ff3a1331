namespace ProbLang.Syntax;

/// <summary>The names that statements which could not be read may define: that nothing else defines them is no mistake of its own.</summary>
internal sealed class Unread
{
    private readonly HashSet<string> _names = [];
    private bool _mayDefineAnything;

    public bool MayDefine(string name) => _mayDefineAnything || _names.Contains(name);

    public void Add(Identifier name) => _names.Add(name.Text);

    public void Add(Unread others)
    {
        _names.UnionWith(others._names);
        _mayDefineAnything |= others._mayDefineAnything;
    }

    /// <summary>What stands left of <c>~</c> and <c>=</c> among these tokens; too many names rather than too few.</summary>
    public void Add(TokenList tokens, int start, int end)
    {
        var depth = 0;
        var isLeft = true;
        for (var i = start; i < end; i++)
        {
            if (BeginsStatement(tokens, i) && depth == 0) isLeft = true;
            switch (tokens[i].Kind)
            {
                case TokenKind.LeftBrace or TokenKind.RightBrace:
                    depth = 0;
                    break;
                case TokenKind.LeftParenthesis or TokenKind.LeftBracket:
                    depth++;
                    break;
                case TokenKind.RightParenthesis or TokenKind.RightBracket:
                    depth = Math.Max(0, depth - 1);
                    break;
                case TokenKind.Tilde or TokenKind.Assign or TokenKind.Given or TokenKind.Factor or TokenKind.In or TokenKind.If or TokenKind.Return when depth == 0:
                case TokenKind.Less when tokens[i + 1].Kind == TokenKind.Minus:
                    isLeft = false;
                    break;
                case TokenKind.Import:
                    _mayDefineAnything = true;
                    break;
                case TokenKind.Name when isLeft:
                    _names.Add(Nfkc.Normalize(tokens.TextOf(i)));
                    break;
            }
        }
    }

    private static bool BeginsStatement(TokenList tokens, int place) =>
        place == 0 || tokens[place - 1].Kind is TokenKind.Semicolon or TokenKind.LeftBrace or TokenKind.RightBrace
        || tokens[place - 1].Kind.CanEnd() && tokens.IsFirstOnLine(place);
}
