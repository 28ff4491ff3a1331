using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>A word or sign and where it stands.</summary>
internal readonly record struct Token(TokenKind Kind, Span Span);

/// <summary>A file cut into tokens, the last of which is <see cref="TokenKind.End"/>, with what one run of the parser finds wrong and how deep it stands.</summary>
internal sealed class TokenList(SourceText source, Token[] tokens, Dictionary<int, string> documentation, DiagnosticList diagnostics)
{
    private readonly int[] _partners = Partners(tokens);

    public SourceText Source => source;

    public DiagnosticList Diagnostics => diagnostics;

    /// <summary>What the statements that could not be read may define.</summary>
    public Unread Unread { get; } = new();

    /// <summary>The text of the <c>///</c> lines at the top, where they belong to the file.</summary>
    public string? FileDocumentation => DocumentationOf(-1);

    /// <summary>How many constructs the parser is inside of.</summary>
    public int Depth { get; set; }

    /// <summary>How deep it may get; a host may want less than the language allows.</summary>
    public int DepthLimit { get; } = Math.Min(Rules.DepthLimit, Budget.Current.Depth);

    public int Last => tokens.Length - 1;

    public Token this[int index] => tokens[index];

    /// <summary>The <c>///</c> text before the token, or null.</summary>
    public string? DocumentationOf(int index) => documentation.TryGetValue(index, out var text) ? text : null;

    /// <summary>The characters of a token.</summary>
    public string TextOf(int index) => source.TextOf(tokens[index].Span);

    /// <summary>The bracket that closes the one at the index, or -1.</summary>
    public int PartnerOf(int index) => Math.Max(_partners[index], -1);

    public bool IsFirstOnLine(int index) =>
        index == 0 || source.TextOf(new Span(tokens[index - 1].Span.End, tokens[index].Span.Start - tokens[index - 1].Span.End)).Contains('\n');

    /// <summary>
    /// Braces outrank the others: a <c>(</c> left open inside a block does not swallow the block's end. A bracket that is still
    /// open holds the one that was open before it, as -2 minus its index.
    /// </summary>
    private static int[] Partners(Token[] tokens)
    {
        var partners = new int[tokens.Length];
        var open = -1;
        for (var i = 0; i < tokens.Length; i++)
        {
            partners[i] = -1;
            switch (tokens[i].Kind)
            {
                case TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace:
                    partners[i] = -2 - open;
                    open = i;
                    break;
                case TokenKind.RightParenthesis or TokenKind.RightBracket when open >= 0 && Closes(tokens[open].Kind, tokens[i].Kind):
                    Close(i);
                    break;
                case TokenKind.RightBrace:
                    while (open >= 0 && tokens[open].Kind != TokenKind.LeftBrace) Close(-1);
                    if (open >= 0) Close(i);
                    break;
            }
        }
        return partners;

        void Close(int close) => (open, partners[open]) = (-2 - partners[open], close);
    }

    private static bool Closes(TokenKind open, TokenKind close) =>
        open == TokenKind.LeftParenthesis ? close == TokenKind.RightParenthesis : open == TokenKind.LeftBracket && close == TokenKind.RightBracket;
}
