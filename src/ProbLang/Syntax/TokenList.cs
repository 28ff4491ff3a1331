using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>A word or sign and where it stands.</summary>
internal readonly record struct Token(TokenKind Kind, Span Span);

/// <summary>A file cut into tokens, the last of which is <see cref="TokenKind.End"/>, with what one run of the parser finds wrong and how deep it stands.</summary>
internal sealed class TokenList(SourceText source, List<Token> tokens, Dictionary<int, string> documentation, DiagnosticList diagnostics)
{
    private readonly int[] _partners = Partners(tokens);

    public SourceText Source => source;

    public DiagnosticList Diagnostics => diagnostics;

    /// <summary>The text of the <c>///</c> lines at the top, where they belong to the file.</summary>
    public string? FileDocumentation => documentation.GetValueOrDefault(-1);

    /// <summary>How many constructs the parser is inside of.</summary>
    public int Depth { get; set; }

    public int Last => tokens.Count - 1;

    public Token this[int index] => tokens[index];

    /// <summary>The <c>///</c> text before the token, or null.</summary>
    public string? DocumentationOf(int index) => documentation.GetValueOrDefault(index);

    /// <summary>The characters of a token.</summary>
    public string TextOf(int index) => source.Content.Substring(tokens[index].Span.Start, tokens[index].Span.Length);

    /// <summary>The bracket that closes the one at the index, or -1.</summary>
    public int PartnerOf(int index) => _partners[index];

    public bool IsFirstOnLine(int index) =>
        index == 0 || source.Content.AsSpan(tokens[index - 1].Span.End..tokens[index].Span.Start).Contains('\n');

    /// <summary>Braces outrank the others: a <c>(</c> left open inside a block does not swallow the block's end.</summary>
    private static int[] Partners(List<Token> tokens)
    {
        var partners = new int[tokens.Count];
        var open = new Stack<int>();
        for (var i = 0; i < tokens.Count; i++)
        {
            partners[i] = -1;
            switch (tokens[i].Kind)
            {
                case TokenKind.LeftParenthesis or TokenKind.LeftBracket or TokenKind.LeftBrace:
                    open.Push(i);
                    break;
                case TokenKind.RightParenthesis or TokenKind.RightBracket when open.TryPeek(out var start) && Closes(tokens[start].Kind, tokens[i].Kind):
                    partners[open.Pop()] = i;
                    break;
                case TokenKind.RightBrace:
                    while (open.TryPop(out var left))
                        if (tokens[left].Kind == TokenKind.LeftBrace)
                        {
                            partners[left] = i;
                            break;
                        }
                    break;
            }
        }
        return partners;
    }

    private static bool Closes(TokenKind open, TokenKind close) =>
        open == TokenKind.LeftParenthesis ? close == TokenKind.RightParenthesis : open == TokenKind.LeftBracket && close == TokenKind.RightBracket;
}
