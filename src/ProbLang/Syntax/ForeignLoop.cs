using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>The heads of loops elsewhere: <c>for (i in 1:N)</c>, <c>for i in range(N):</c>, <c>for i = 1:N</c>.</summary>
internal static class ForeignLoop
{
    public static ForeignStatement? Read(TokenInput start)
    {
        var tokens = start.Tokens;
        var name = start.Index + 1;
        if (tokens[name].Kind == TokenKind.LeftParenthesis) name++;
        if (tokens[name].Kind != TokenKind.Name || tokens[name + 1].Kind is not (TokenKind.In or TokenKind.Assign)) return null;
        var variable = new Identifier(Nfkc.Normalize(tokens.TextOf(name)), tokens[name].Span);
        if (Range(start.MoveTo(name + 2)) is not { } range) return null;
        var after = range.After;
        if (name > start.Index + 1)
        {
            if (tokens[after].Kind != TokenKind.RightParenthesis) return null;
            after++;
        }
        // A head as it should be: it is the brace that is missing.
        if (name == start.Index + 1 && range.IsOurs && tokens[name + 1].Kind == TokenKind.In && tokens[after].Kind != TokenKind.Colon) return null;
        var head = $"for {variable.Text} in {range.Text}";
        if (tokens[after].Kind != TokenKind.LeftBrace) return new(SyntaxDiagnostics.LoopHead(start, after, head, hasBraces: false));
        return new(SyntaxDiagnostics.LoopHead(start, after, head, hasBraces: true), after)
        {
            Loop = new ForStatement(variable, new RangeExpr(range.Lower, range.Upper, Span.Cover(range.Lower.Span, range.Upper.Span)), [], start.Span),
        };
    }

    private sealed record Ends(Expr Lower, Expr Upper, string Text, int After, bool IsOurs);

    private static Ends? Range(TokenInput here) =>
        here.Kind == TokenKind.Name && here.NextKind == TokenKind.LeftParenthesis && here.Tokens.TextOf(here.Index) is "range" or "xrange" or "seq_len" or "seq_along"
            ? Called(here)
            : Written(here);

    /// <summary><c>1:N</c></summary>
    private static Ends? Written(TokenInput here)
    {
        if (ExpressionGrammar.Sum(here) is not { WasSuccessful: true, Value: var lower, Remainder: TokenInput { Kind: TokenKind.Colon or TokenKind.DotDot } colon }) return null;
        if (ExpressionGrammar.Sum(colon.Advance()) is not { WasSuccessful: true, Value: var upper, Remainder: TokenInput after }) return null;
        return new(lower, upper, $"{Printer.Print(lower)}..{Printer.Print(upper)}", after.Index, colon.Kind == TokenKind.DotDot);
    }

    /// <summary><c>range(N)</c></summary>
    private static Ends? Called(TokenInput function)
    {
        if (ExpressionGrammar.Args((TokenInput)function.Advance()) is not { WasSuccessful: true, Value.Items: var arguments, Remainder: TokenInput after }) return null;
        var one = new NumberExpr(1, true, function.Span);
        return arguments switch
        {
            [{ Value: { } upper }] => function.Tokens.TextOf(function.Index) == "seq_along"
                ? Of(one, new CallExpr(new Identifier("length", function.Span), arguments, function.Span))
                : Of(one, upper),
            [{ Value: { } lower }, { Value: ChainExpr { Operators: [BinaryOperator.Add], Operands: [var upper, NumberExpr { Value: 1 }] } }] => Of(lower, upper),
            [{ Value: { } lower }, { Value: { } end }] => Of(lower, new ChainExpr([end, one], [BinaryOperator.Subtract], end.Span)),
            _ => null,
        };

        Ends Of(Expr lower, Expr upper) => new(lower, upper, $"{Printer.Print(lower)}..{Printer.Print(upper)}", after.Index, false);
    }
}
