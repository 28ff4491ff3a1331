using ProbLang.Text;
using Sprache;

namespace ProbLang.Syntax;

/// <summary>A place among the tokens, as Sprache sees it: an input whose characters are token kinds. As a value it stands for the token at that place.</summary>
internal sealed class TokenInput(TokenList tokens, int index) : IInput
{
    private Dictionary<object, object>? _memos;

    public TokenList Tokens => tokens;

    public int Index => index;

    public TokenKind Kind { get; } = tokens[index].Kind;

    public Span Span => tokens[index].Span;

    /// <summary>The kind of the token after this one.</summary>
    public TokenKind NextKind => AtEnd ? TokenKind.End : tokens[index + 1].Kind;

    public char Current => (char)Kind;

    public bool AtEnd => Kind == TokenKind.End;

    public int Position => index;

    public int Line => tokens.Source.Locate(Span).Line;

    public int Column => tokens.Source.Locate(Span).Column;

    public string Source => tokens.Source.Content;

    public IDictionary<object, object> Memos => _memos ??= [];

    public IInput Advance() => AtEnd ? throw new InvalidOperationException("There is nothing after the end.") : new TokenInput(tokens, index + 1);

    public TokenInput MoveTo(int place) => new(tokens, place);

    public bool Equals(IInput? other) => other is TokenInput place && place.Index == index && ReferenceEquals(place.Tokens, tokens);

    public override bool Equals(object? obj) => Equals(obj as IInput);

    public override int GetHashCode() => index;

    public override string ToString() => AtEnd ? "end" : tokens.TextOf(index);
}
