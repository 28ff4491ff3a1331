using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Editing;

/// <summary>Colours a text by its words and what stands around them; it need not be finished, nor right.</summary>
internal sealed class Colouring
{
    private readonly string _text;
    private readonly TokenList _tokens;
    private readonly HashSet<string> _functions;
    private readonly OpenBrackets _open = new();
    private readonly ImmutableArray<ColouredSpan>.Builder _spans = ImmutableArray.CreateBuilder<ColouredSpan>();

    private Colouring(string text)
    {
        _text = text;
        _tokens = Lexer.Read(new SourceText("", text));
        _functions = [.. Words.FunctionsOf(_tokens)];
    }

    public static ImmutableArray<ColouredSpan> Of(string text)
    {
        var colouring = new Colouring(text);
        var end = 0;
        for (var i = 0; i <= colouring._tokens.Last; i++)
        {
            var span = colouring._tokens[i].Span;
            colouring.Between(end, span.Start);
            end = span.End;
            if (span.Length > 0) colouring._spans.Add(new ColouredSpan(span.Start, span.Length, colouring.ColourOf(i)));
            colouring._open.Pass(colouring._tokens[i].Kind, i);
        }
        return colouring._spans.ToImmutable();
    }

    private TextColour ColourOf(int index) => _tokens[index].Kind switch
    {
        TokenKind.Invalid => TextColour.Mistake,
        TokenKind.Number or TokenKind.True or TokenKind.False => TextColour.Number,
        TokenKind.String => TextColour.Text,
        TokenKind.Name => OfName(index),
        TokenKind.Ordered when IsType(index) => TextColour.Type,
        var kind when kind.IsKeyword() => TextColour.Keyword,
        _ => TextColour.Operator,
    };

    private TextColour OfName(int index)
    {
        var name = Words.NameAt(_tokens, index);
        if (IsType(index) && TypeCatalog.Names.Contains(name)) return TextColour.Type;
        if (index > 0 && _tokens[index - 1].Kind is TokenKind.Def or TokenKind.Net) return TextColour.Function;
        if (index == _tokens.Last || _tokens[index + 1].Kind != TokenKind.LeftParenthesis) return TextColour.Name;
        return _functions.Contains(name) || Catalogs.IsFunction(name) ? TextColour.Function
            : Catalogs.IsDistribution(name) ? TextColour.Distribution
            : TextColour.Name;
    }

    /// <summary>After the colon of a declaration, not that of an argument.</summary>
    private bool IsType(int index) => index > 0 && _tokens[index - 1].Kind == TokenKind.Colon && _open.TakesStatements;

    /// <summary>Between two words there are blanks and comments only.</summary>
    private void Between(int start, int end)
    {
        foreach (var (comment, colour) in Comments.In(_text, start, end)) _spans.Add(new ColouredSpan(comment.Start, comment.Length, colour));
    }
}
