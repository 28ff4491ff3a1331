namespace ProbLang.Syntax;

/// <summary>What a word or a sign of a model file is.</summary>
internal enum TokenKind : byte
{
    End, Invalid, Name, Number, String,
    Input, Param, Given, Net, Def, Return, Import, For, In, If, Then, Else, Guide, Factor,
    And, Or, Not, True, False, Truncated, Censored, Rounded, Ordered,
    LeftParenthesis, RightParenthesis, LeftBracket, RightBracket, LeftBrace, RightBrace,
    Comma, Semicolon, Colon, Tilde, Assign, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual,
    Plus, Minus, Star, Slash, Percent, At, Caret, DotDot,
}

internal static class TokenKinds
{
    private static readonly string[] s_texts =
    [
        "", "", "", "", "",
        "input", "param", "given", "net", "def", "return", "import", "for", "in", "if", "then", "else", "guide", "factor",
        "and", "or", "not", "true", "false", "truncated", "censored", "rounded", "ordered",
        "(", ")", "[", "]", "{", "}",
        ",", ";", ":", "~", "=", "==", "!=", "<", "<=", ">", ">=",
        "+", "-", "*", "/", "%", "@", "^", "..",
    ];

    /// <summary>How a keyword or a sign is written.</summary>
    public static string Text(this TokenKind kind) => s_texts[(int)kind];

    public static bool IsKeyword(this TokenKind kind) => kind is >= TokenKind.Input and <= TokenKind.Ordered;

    /// <summary>The keyword of that spelling, or <see cref="TokenKind.Name"/>.</summary>
    public static TokenKind OfWord(ReadOnlySpan<char> word)
    {
        for (var kind = TokenKind.Input; kind <= TokenKind.Ordered; kind++)
            if (word.SequenceEqual(kind.Text()))
                return kind;
        return TokenKind.Name;
    }

    /// <summary>What messages call it when they ask for it.</summary>
    public static string Description(this TokenKind kind) => kind switch
    {
        TokenKind.Name => "a name",
        TokenKind.Number => "a number",
        TokenKind.String => "a text in quotes",
        TokenKind.End => "the end of the file",
        _ => $"`{kind.Text()}`",
    };

    /// <summary>Whether a statement or an expression can end with it.</summary>
    public static bool CanEnd(this TokenKind kind) => kind is
        TokenKind.Name or TokenKind.Number or TokenKind.String or TokenKind.True or TokenKind.False or TokenKind.Ordered or TokenKind.Invalid or
        TokenKind.RightParenthesis or TokenKind.RightBracket or TokenKind.RightBrace or TokenKind.Semicolon;
}
