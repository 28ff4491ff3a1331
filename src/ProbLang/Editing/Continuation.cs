using ProbLang.Syntax;
using ProbLang.Text;
using Sprache;

namespace ProbLang.Editing;

/// <summary>Whether more of a text is to come.</summary>
internal static class Continuation
{
    /// <summary>
    /// A text is unfinished where another line could make it right, and it is not right as it stands: a bracket is open and nothing in it rules out that it will be
    /// closed, or the parser asks for more at the end.
    /// </summary>
    public static bool IsNeeded(string text)
    {
        if (text.Length > SourceReader.MaximumBytes) return false;
        var tokens = Lexer.Read(new SourceText("", text));
        if (tokens.Last == 0) return EndsWithDocumentation(text);
        return Brackets(tokens) switch
        {
            BracketState.Mistaken => false,
            BracketState.Open => true,
            _ => BreaksOff(tokens),
        };
    }

    private enum BracketState { Closed, Open, Mistaken }

    private static BracketState Brackets(TokenList tokens)
    {
        var open = new OpenBrackets();
        for (var i = 0; i < tokens.Last; i++)
        {
            var kind = tokens[i].Kind;
            if (!open.TakesStatements && StandsOutside(kind) || !open.Pass(kind, i)) return BracketState.Mistaken;
        }
        return open.IsEmpty ? BracketState.Closed : BracketState.Open;
    }

    /// <summary>What can stand in no parentheses: it begins another statement, the bracket before it having been forgotten.</summary>
    private static bool StandsOutside(TokenKind kind) => kind is
        TokenKind.Assign or TokenKind.Tilde or TokenKind.Semicolon or TokenKind.LeftBrace or TokenKind.Guide or TokenKind.Factor or >= TokenKind.Input and <= TokenKind.Import;

    /// <summary>Whether the last statement, or what is asked, ends before it is complete.</summary>
    private static bool BreaksOff(TokenList tokens)
    {
        var here = new TokenInput(tokens, 0);
        while (!here.AtEnd)
        {
            var statement = StatementGrammar.Statement(here);
            if (!statement.WasSuccessful)
            {
                var expression = ExpressionGrammar.Dist(here);
                return (AsksForMore(statement) || AsksForMore(expression)) && !(expression.WasSuccessful && expression.Remainder.AtEnd);
            }
            here = (TokenInput)statement.Remainder;
            if (here.Kind == TokenKind.Semicolon) here = (TokenInput)here.Advance();
        }
        return false;
    }

    /// <summary>A failure that is reported already is a mistake, wherever reading would go on.</summary>
    private static bool AsksForMore<T>(IResult<T> result) => !result.WasSuccessful && result.Remainder.AtEnd && result.Message != Rules.Reported;

    /// <summary>What documents stands before what it documents, without an empty line between them.</summary>
    private static bool EndsWithDocumentation(string text)
    {
        var last = Comments.In(text, 0, text.Length).LastOrDefault();
        return last.Colour == TextColour.Documentation && text.AsSpan(last.Place.End).Count('\n') < 2;
    }
}
