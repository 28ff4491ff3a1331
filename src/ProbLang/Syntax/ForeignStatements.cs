using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>What a statement in the manner of another language is answered with, and where reading goes on (-1: at the next statement).</summary>
internal sealed record ForeignStatement(Diagnostic Diagnostic, int Resume = -1)
{
    /// <summary>The loop that it stands for, without its body, which begins at <see cref="Resume"/>.</summary>
    public ForStatement? Loop { get; init; }

    /// <summary>Whether the statements of the block that follows stand as if there were no block.</summary>
    public bool KeepsBlock { get; init; }

    /// <summary>Whether nothing that the model uses can come from it.</summary>
    public bool DefinesNothing { get; init; }
}

/// <summary>
/// Recognises statements of Stan, BUGS, R and Python among those that cannot be read. It is asked only then, so that no model
/// of this language can be taken for one.
/// </summary>
internal static class ForeignStatements
{
    private static readonly string[] s_blocks = ["data", "parameters", "model", "transformed", "generated", "functions"];
    private static readonly string[] s_declaring = ["let", "var", "const", "val", "auto", "double", "float"];

    /// <summary><paramref name="before"/> are the statements read before it; one that it turns out to belong to is taken off.</summary>
    public static ForeignStatement? Recognise(TokenInput start, ImmutableArray<Statement>.Builder before) => start.Kind switch
    {
        TokenKind.For => ForeignLoop.Read(start),
        TokenKind.Else => new(SyntaxDiagnostics.StrayElse(start)),
        TokenKind.Tilde or TokenKind.Assign => Unfinished(start, before) ?? StrayTilde(start, before),
        TokenKind.Import => Import(start),
        TokenKind.If => ConditionWithColon(start),
        TokenKind.Def => FunctionWithColon(start),
        TokenKind.Name when Lambda(start, before) is { } lambda => lambda,
        TokenKind.Name or TokenKind.Ordered => Named(start),
        _ => null,
    };

    private static ForeignStatement? Named(TokenInput start)
    {
        var tokens = start.Tokens;
        var word = tokens.TextOf(start.Index);
        var second = tokens[start.Index + 1].Kind;
        if (Declaration(start, word) is { } declaration) return declaration;
        if (Block(start, word) is { } block) return block;
        if (second == TokenKind.Name && !tokens.IsFirstOnLine(start.Index + 1))
        {
            if (s_declaring.Contains(word)) return new(SyntaxDiagnostics.DeclaringWord(start, word), EndOfLine(tokens, start.Index));
            if (word is "from" or "using") return new(SyntaxDiagnostics.ForeignImport(start), EndOfLine(tokens, start.Index)) { DefinesNothing = true };
        }
        if (word is "elif" or "elsif" or "elseif" or "elsef") return new(SyntaxDiagnostics.ElseIf(start, word));
        if (word == "end" && (start.AtEnd || tokens.IsFirstOnLine(start.Index + 1) || second is TokenKind.End)) return new(SyntaxDiagnostics.End(start)) { DefinesNothing = true };
        if (word == "with" && second == TokenKind.Name)
        {
            var end = start.Index + 1;
            while (end < tokens.Last && !tokens.IsFirstOnLine(end)) end++;
            return new(SyntaxDiagnostics.With(start, end), end) { DefinesNothing = true };
        }
        if (word is "while" or "repeat" or "loop") return new(SyntaxDiagnostics.Loop(start, word));
        if (word is "function" or "fun" or "fn" or "lambda" or "define") return new(SyntaxDiagnostics.Function(start, word), AfterBody(tokens, start.Index));
        if (word is "library" or "require" && second == TokenKind.LeftParenthesis) return new(SyntaxDiagnostics.ForeignImport(start), EndOfLine(tokens, start.Index)) { DefinesNothing = true };
        if (IsTruncation(start, word)) return new(SyntaxDiagnostics.ForeignTruncation(start, tokens.PartnerOf(start.Index + 1)), tokens.PartnerOf(start.Index + 1) + 1);
        return Update(start, word) ?? Assignment(start) ?? CallOnTheLeft(start, word);
    }

    /// <summary><c>real&lt;lower=0&gt; sigma;</c></summary>
    private static ForeignStatement? Declaration(TokenInput start, string word)
    {
        if (StanDeclaration.Read(start, word) is not { } declaration) return null;
        start.Tokens.Unread.Add(new Identifier(declaration.Name, start.Span));
        return new(SyntaxDiagnostics.StanDeclaration(start, declaration, OuterBlock(start)), declaration.End);
    }

    /// <summary><c>model {</c>, <c>transformed parameters {</c></summary>
    private static ForeignStatement? Block(TokenInput start, string word)
    {
        if (!s_blocks.Contains(word)) return null;
        var tokens = start.Tokens;
        var brace = start.Index + 1;
        if (word is "transformed" or "generated" && tokens[brace].Kind == TokenKind.Name) brace++;
        return tokens[brace].Kind == TokenKind.LeftBrace ? new(SyntaxDiagnostics.ForeignBlock(start, brace), brace) { KeepsBlock = true } : null;
    }

    /// <summary><c>target += …</c>, <c>x += 1</c></summary>
    private static ForeignStatement? Update(TokenInput start, string word)
    {
        var tokens = start.Tokens;
        var sign = AfterTarget(tokens, start.Index);
        if (tokens[sign].Kind is not (TokenKind.Plus or TokenKind.Minus or TokenKind.Star or TokenKind.Slash or TokenKind.Caret or TokenKind.Percent)) return null;
        if (tokens[sign + 1].Kind != TokenKind.Assign) return null;
        var end = EndOfLine(tokens, sign);
        return word is "target" or "lp__" && tokens[sign].Kind == TokenKind.Plus
            ? new(SyntaxDiagnostics.Target(start, sign, end), end)
            : new(SyntaxDiagnostics.Update(start, sign), end);
    }

    /// <summary><c>x[i] &lt;- …</c></summary>
    private static ForeignStatement? Assignment(TokenInput start)
    {
        var tokens = start.Tokens;
        var sign = AfterTarget(tokens, start.Index);
        return IsArrow(tokens, sign) ? new(SyntaxDiagnostics.Arrow(start, sign, EndOfLine(tokens, sign)), EndOfLine(tokens, sign)) : null;
    }

    /// <summary><c>log(y) ~ …</c>, <c>logit(p) &lt;- …</c>, <c>print(x)</c></summary>
    private static ForeignStatement? CallOnTheLeft(TokenInput start, string word)
    {
        var tokens = start.Tokens;
        if (tokens[start.Index + 1].Kind != TokenKind.LeftParenthesis || tokens.PartnerOf(start.Index + 1) is not (>= 0 and var close)) return null;
        var sign = close + 1;
        var end = EndOfLine(tokens, sign);
        if (tokens[sign].Kind == TokenKind.Tilde) return new(SyntaxDiagnostics.DrawnFunction(start, close, end), end);
        if (IsArrow(tokens, sign)) return new(SyntaxDiagnostics.Link(start, close, sign + 2, end), end);
        if (tokens[sign].Kind == TokenKind.Assign) return new(SyntaxDiagnostics.Link(start, close, sign + 1, end), end);
        return tokens[sign].Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.RightBrace || tokens.IsFirstOnLine(sign)
            ? new(SyntaxDiagnostics.CallAsStatement(start, word, close), sign)
            : null;
    }

    /// <summary><c>T[0, ]</c> or <c>I(0, )</c> after a distribution.</summary>
    private static bool IsTruncation(TokenInput start, string word) =>
        word is "T" or "I" or "C" && start.Index > 0 && !start.Tokens.IsFirstOnLine(start.Index) && start.Tokens[start.Index - 1].Kind == TokenKind.RightParenthesis
        && start.Tokens[start.Index + 1].Kind is TokenKind.LeftParenthesis or TokenKind.LeftBracket && start.Tokens.PartnerOf(start.Index + 1) >= 0;

    /// <summary>A statement without its end, which took the name that begins the next line for it: <c>x = 3 +</c>, then <c>y ~ …</c>.</summary>
    private static ForeignStatement? Unfinished(TokenInput start, ImmutableArray<Statement>.Builder before)
    {
        var tokens = start.Tokens;
        var name = start.Index - 1;
        if (name > 0 && tokens[name].Kind == TokenKind.RightBracket)
            while (name > 0 && tokens.PartnerOf(name) != start.Index - 1) name--;
        if (name > 0 && tokens[name].Kind == TokenKind.LeftBracket) name--;
        if (name < 1 || tokens[name].Kind != TokenKind.Name || !tokens.IsFirstOnLine(name) || before.Count == 0) return null;
        if (before[^1].Span.Start >= tokens[name].Span.Start || before[^1].Span.End < tokens[name].Span.End || before[^1] is InputStatement or ParamStatement) return null;
        if (before[^1] is DefineStatement define) tokens.Unread.Add(define.Name);
        before.RemoveAt(before.Count - 1);
        return new(SyntaxDiagnostics.Expected(start.MoveTo(name - 1), start.MoveTo(name), ["an expression"]), name) { DefinesNothing = true };
    }

    /// <summary><c>param x ~ …</c></summary>
    private static ForeignStatement? StrayTilde(TokenInput start, ImmutableArray<Statement>.Builder before)
    {
        if (start.Kind != TokenKind.Tilde || start.Index == 0 || start.Tokens[start.Index - 1].Kind == TokenKind.Semicolon || before.Count == 0) return null;
        var (keyword, name) = before[^1] switch
        {
            ParamStatement param => ("param", param.Name),
            InputStatement input => ("input", input.Name),
            GivenStatement { Subject: NameExpr subject } => ("given", subject.Name),
            _ => ("", null),
        };
        if (name is null || before[^1].Span.End > start.Span.Start) return null;
        before.RemoveAt(before.Count - 1);
        start.Tokens.Unread.Add(name);
        return new(SyntaxDiagnostics.DrawnDeclaration(start, keyword, name), EndOfLine(start.Tokens, start.Index));
    }

    /// <summary><c>f = lambda x: …</c>, which begins like <c>f = lambda</c> and a statement about <c>x</c>.</summary>
    private static ForeignStatement? Lambda(TokenInput start, ImmutableArray<Statement>.Builder before)
    {
        var tokens = start.Tokens;
        if (before.Count == 0 || tokens.IsFirstOnLine(start.Index) || tokens[start.Index - 1].Kind != TokenKind.Name || tokens.TextOf(start.Index - 1) != "lambda") return null;
        if (before[^1] is not DefineStatement { Right: NameExpr } define) return null;
        before.RemoveAt(before.Count - 1);
        tokens.Unread.Add(define.Name);
        return new(SyntaxDiagnostics.Function(start.MoveTo(start.Index - 1), "lambda"), EndOfLine(tokens, start.Index));
    }

    /// <summary><c>import numpy as np</c></summary>
    private static ForeignStatement? Import(TokenInput start) => start.NextKind == TokenKind.Name && !start.Tokens.IsFirstOnLine(start.Index + 1)
        ? new(SyntaxDiagnostics.ForeignImport(start), EndOfLine(start.Tokens, start.Index)) { DefinesNothing = !SyntaxDiagnostics.NamesModel(start) }
        : null;

    /// <summary><c>if c:</c> and <c>if c then x ~ …</c></summary>
    private static ForeignStatement? ConditionWithColon(TokenInput start)
    {
        if (ExpressionGrammar.Expr(start.Advance()) is not { WasSuccessful: true, Remainder: TokenInput after }) return null;
        return after.Kind is TokenKind.Colon or TokenKind.Then ? new(SyntaxDiagnostics.ConditionWithoutBraces(start, after)) : null;
    }

    /// <summary><c>def f(x):</c>, which ends where the next line stands no further in.</summary>
    private static ForeignStatement? FunctionWithColon(TokenInput start)
    {
        var tokens = start.Tokens;
        var open = start.Index + 2;
        if (start.NextKind != TokenKind.Name || tokens[open].Kind != TokenKind.LeftParenthesis || tokens.PartnerOf(open) is not (>= 0 and var close)) return null;
        if (tokens[close + 1].Kind != TokenKind.Colon) return null;
        var column = tokens.Source.Locate(start.Span).Column;
        var end = close + 2;
        while (end < tokens.Last && !(tokens.IsFirstOnLine(end) && tokens.Source.Locate(tokens[end].Span).Column <= column)) end++;
        return new(SyntaxDiagnostics.FunctionWithColon(start, close, end), Math.Min(end, tokens.Last));
    }

    /// <summary>Past the block that follows on the line, if one does; its statements mean nothing without the function.</summary>
    private static int AfterBody(TokenList tokens, int start)
    {
        var i = start + 1;
        while (i < tokens.Last && tokens[i].Kind != TokenKind.LeftBrace && !tokens.IsFirstOnLine(i)) i++;
        return tokens[i].Kind == TokenKind.LeftBrace ? Recovery.AfterBlock(tokens, i) : EndOfLine(tokens, start);
    }

    /// <summary>Past a name with its index.</summary>
    private static int AfterTarget(TokenList tokens, int name) =>
        tokens[name + 1].Kind == TokenKind.LeftBracket && tokens.PartnerOf(name + 1) is >= 0 and var close ? close + 1 : Math.Min(name + 1, tokens.Last);

    private static bool IsArrow(TokenList tokens, int place) =>
        tokens[place].Kind == TokenKind.Less && tokens[place + 1].Kind == TokenKind.Minus && tokens[place + 1].Span.Start == tokens[place].Span.End;

    /// <summary>The first token of the next line, or what ends the statement before; brackets are passed whole.</summary>
    public static int EndOfLine(TokenList tokens, int place)
    {
        var i = place;
        while (i < tokens.Last)
        {
            i = Math.Max(i, tokens[i].Kind == TokenKind.LeftBrace ? i : tokens.PartnerOf(i)) + 1;
            if (tokens[i].Kind is TokenKind.End or TokenKind.Semicolon or TokenKind.RightBrace) return i;
            if (tokens.IsFirstOnLine(i) && (tokens[i - 1].Kind.CanEnd() || Starts(tokens[i].Kind))) return i;
        }
        return tokens.Last;
    }

    private static bool Starts(TokenKind kind) => kind is >= TokenKind.Input and <= TokenKind.For or TokenKind.Guide or TokenKind.Factor;

    /// <summary>The word before the brace around a place: <c>parameters</c> for what stands in <c>parameters { … }</c>.</summary>
    private static string? OuterBlock(TokenInput place)
    {
        var depth = 0;
        for (var i = place.Index - 1; i > 0; i--)
            switch (place.Tokens[i].Kind)
            {
                case TokenKind.RightBrace:
                    depth++;
                    break;
                case TokenKind.LeftBrace when depth-- == 0:
                    return place.Tokens[i - 1].Kind == TokenKind.Name ? place.Tokens.TextOf(i - 1) : null;
            }
        return null;
    }
}
