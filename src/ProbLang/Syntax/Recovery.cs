namespace ProbLang.Syntax;

/// <summary>Finds the place where reading can go on after a mistake.</summary>
internal static class Recovery
{
    /// <summary>The next statement, semicolon, brace or end after a mistake in the statement that begins at <paramref name="start"/>.</summary>
    public static int NextStatement(TokenList tokens, int start, int mistake)
    {
        var place = Math.Max(mistake, AfterBracketAround(tokens, start, mistake));
        if (place == start && tokens[place].Kind != TokenKind.LeftBrace) place++;
        var isOpen = HasOpenBracket(tokens, start, place);
        while (!IsBoundary(tokens, place) && !(place > mistake && !isOpen && BeginsLine(tokens, place)) && tokens[place].Kind != TokenKind.LeftBrace) place = Next(tokens, place);
        return place;
    }

    /// <summary>Past the brace that closes this one, or at the end where none does.</summary>
    public static int AfterBlock(TokenList tokens, int brace) => tokens.PartnerOf(brace) is >= 0 and var close ? close + 1 : tokens.Last;

    /// <summary>Past the outermost closed bracket of the statement that the mistake stands in, or 0.</summary>
    private static int AfterBracketAround(TokenList tokens, int start, int mistake)
    {
        for (var i = start; i < mistake; i++)
            if (tokens[i].Kind != TokenKind.LeftBrace && tokens.PartnerOf(i) is >= 0 and var close)
                if (close >= mistake) return close + 1;
                else i = close;
        return 0;
    }

    /// <summary>A name that begins a line where a statement may have ended before it: one that is itself mistaken, perhaps.</summary>
    private static bool BeginsLine(TokenList tokens, int place) =>
        tokens[place].Kind == TokenKind.Name && tokens.IsFirstOnLine(place) && FollowsStatement(tokens, place);

    private static bool HasOpenBracket(TokenList tokens, int start, int end)
    {
        for (var i = start; i < end; i++)
            if (tokens[i].Kind is TokenKind.LeftParenthesis or TokenKind.LeftBracket && tokens.PartnerOf(i) < 0)
                return true;
        return false;
    }

    private static int Next(TokenList tokens, int place) => Math.Max(place, tokens.PartnerOf(place)) + 1;

    private static bool IsBoundary(TokenList tokens, int place) =>
        tokens[place].Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.RightBrace || StartsStatement(tokens, place);

    private static bool StartsStatement(TokenList tokens, int place) => tokens[place].Kind switch
    {
        TokenKind.Input or TokenKind.Param or TokenKind.Given or TokenKind.Net or TokenKind.Def or TokenKind.Import or TokenKind.Factor or TokenKind.Guide => true,
        TokenKind.Return => tokens.IsFirstOnLine(place) || tokens[Math.Max(place, 1) - 1].Kind is TokenKind.LeftBrace or TokenKind.Semicolon,
        TokenKind.For => tokens.IsFirstOnLine(place) && !OpensComprehension(tokens, place),
        TokenKind.If => tokens.IsFirstOnLine(place) && FollowsStatement(tokens, place),
        TokenKind.Name => StartsDefinition(tokens, place),
        // Words of the language that stand for a name.
        TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered => tokens.IsFirstOnLine(place) && tokens[place + 1].Kind is TokenKind.Tilde or TokenKind.Assign,
        _ => false,
    };

    private static bool OpensComprehension(TokenList tokens, int place) =>
        place > 0 && tokens[place - 1].Kind is (TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.Comma or TokenKind.Colon);

    private static bool FollowsStatement(TokenList tokens, int place) => place == 0 || tokens[place - 1].Kind.CanEnd();

    private static bool FollowsMistake(TokenList tokens, int place) =>
        place > 0 && tokens[place - 1].Kind == TokenKind.Invalid && !tokens.IsFirstOnLine(place);

    /// <summary>A name, perhaps with an index and a type, and then <c>~</c> or <c>=</c>; a <c>~</c> stands nowhere else.</summary>
    private static bool StartsDefinition(TokenList tokens, int place)
    {
        var after = place + 1;
        if (tokens[after].Kind == TokenKind.LeftBracket && tokens.PartnerOf(after) is >= 0 and var bracket) after = bracket + 1;
        if (tokens[after].Kind == TokenKind.Colon && tokens[after + 1].Kind == TokenKind.Name)
        {
            after += 2;
            if (tokens[after].Kind == TokenKind.LeftParenthesis && tokens.PartnerOf(after) is >= 0 and var close) after = close + 1;
        }
        return tokens[after].Kind switch
        {
            TokenKind.Tilde => FollowsStatement(tokens, place) && !FollowsMistake(tokens, place) || tokens.IsFirstOnLine(place),
            // Within a call, `name =` on a line of its own is an argument of Python's.
            TokenKind.Assign => FollowsStatement(tokens, place) && !FollowsMistake(tokens, place) || tokens.IsFirstOnLine(place) && tokens[after + 1].Kind == TokenKind.LeftParenthesis && tokens.PartnerOf(after + 1) < 0,
            _ => false,
        };
    }
}
