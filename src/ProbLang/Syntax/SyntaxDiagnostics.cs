using System.Globalization;
using System.Text;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>Everything that can be wrong with the text of a model.</summary>
internal static partial class SyntaxDiagnostics
{
    private const int LongestQuote = 40;

    public static Diagnostic EmptyModel(SourceText source) => Error("GM0101", "the model is empty", source, new Span(0, 0),
        "state at least one quantity, such as `x ~ Normal(0, 1)`");

    public static Diagnostic NotUtf8(SourceText readSoFar, byte bad) => Error("GM0102",
        string.Create(CultureInfo.InvariantCulture, $"the file is not UTF-8: the byte 0x{bad:X2} cannot stand here"),
        readSoFar, new Span(readSoFar.Content.Length, 1), "save the file as UTF-8");

    public static Diagnostic TooLarge(string path) => new("GM0103", Severity.Error, "the file is larger than 4 MiB, the most a model may have",
        new Location(path, 1, 1, 1, null), "large tables belong into data files");

    public static Diagnostic InvisibleCharacter(SourceText source, Span span, Rune character) => Error("GM0104",
        string.Create(CultureInfo.InvariantCulture, $"the invisible character U+{character.Value:X4} may not stand in a model"), source, span, "delete it");

    public static Diagnostic UnknownCharacter(SourceText source, Span span) =>
        Error("GM0105", $"{Quote(source, span)} means nothing here", source, span, source.Content[span.Start] switch
        {
            '\'' when span.Length > 1 => "texts stand in double quotes",
            '\'' => "a transposed matrix is `transpose(a)`, and texts stand in double quotes",
            '#' or '/' => "a comment begins with `//`",
            '&' => "write `and`",
            '|' when span.Length > 1 => "write `or`",
            '|' => "write `or`; arguments are separated by commas",
            '!' => "write `not`",
            '?' => "a choice is written `if c then a else b`",
            '$' => "a quantity is called by its name alone",
            '≤' => "write `<=`",
            '≥' => "write `>=`",
            '≠' => "write `!=`",
            '×' or '·' or '∙' or '⋅' => "write `*`",
            '÷' => "write `/`",
            '−' or '–' or '—' => "write `-`",
            '←' => "write `=`",
            '∼' or '～' => "write `~`",
            '∞' => "write `infinity`",
            '“' or '”' or '„' or '«' or '»' or '`' => "texts stand in double quotes",
            '.' when span.End < source.Content.Length && source.Content[span.End] is '*' or '/' or '^' or '+' or '-' => "operators act on each element as they are",
            '.' => "a number has digits on both sides of its point",
            _ => null,
        });

    public static Diagnostic UnclosedString(SourceText source, Span span) => Error("GM0106", "the text has no closing quote on its line", source, span);

    public static Diagnostic MalformedNumber(SourceText source, Span span) => Error("GM0107", $"{Quote(source, span)} is not a number", source, span,
        source.Content.AsSpan(span.Start, span.Length).Count('.') > 1 ? "a number has one point"
        : source.Content[span.Start] == '.' ? $"write {Quote($"0{source.Content.AsSpan(span.Start, span.Length)}")}"
        : source.Content.AsSpan(span.Start, span.Length).Contains('_') ? "underscores stand singly, between digits"
        : "a product is written with `*`, and a name begins with a letter");

    public static Diagnostic NumberTooLarge(SourceText source, Span span) =>
        Error("GM0108", $"{Quote(source, span)} is too large for a number", source, span, "write `infinity` for no bound");

    public static Diagnostic UnknownEscape(SourceText source, Span span) =>
        Error("GM0109", $"{Quote(source, span)} means nothing in a text", source, span, "a backslash is written `\\\\`");

    public static Diagnostic NotAName(SourceText source, Span span) =>
        Error("GM0110", $"{Quote(source, span)} cannot be a name: its plain form has characters other than letters and digits", source, span);

    /// <summary>Something else should stand where <paramref name="found"/> does.</summary>
    public static Diagnostic Expected(TokenInput statement, TokenInput found, IEnumerable<string> expected)
    {
        var asked = string.Join(" or ", expected);
        var after = found.Index > statement.Index ? $" after {QuoteOf(found.Tokens, found.Index - 1)}" : "";
        return Error("GM0111", $"expected {asked}{after}, found {Found(found)}", found.Tokens.Source, PlaceOf(found, statement), Remedy(asked, found, statement.Kind));
    }

    public static Diagnostic UnclosedGroup(TokenInput open, TokenKind close, TokenInput found)
    {
        var source = open.Tokens.Source;
        var message = $"expected `,` or {close.Description()} after {QuoteOf(found.Tokens, found.Index - 1)}, found {Found(found)}";
        var diagnostic = Error("GM0111", message, source, PlaceOf(found, open), InHead(open, found) ?? Remedy("", found, open.Kind));
        var opening = source.Locate(open.Span);
        return opening.Line == diagnostic.Location!.Line ? diagnostic : diagnostic with { Related = [($"this {QuoteOf(open.Tokens, open.Index)} is still open", opening)] };
    }

    /// <summary>Brackets that are not a call's: the arguments of a <c>def</c>, and what follows an <c>if</c> instead of a block.</summary>
    private static string? InHead(TokenInput open, TokenInput found)
    {
        if (open.Kind != TokenKind.LeftParenthesis || found.Kind != TokenKind.Assign) return null;
        var before = open.Index > 0 ? open.Tokens[open.Index - 1].Kind : TokenKind.End;
        if (before == TokenKind.Name && open.Index > 1 && open.Tokens[open.Index - 2].Kind == TokenKind.Def) return "an argument of a `def` has no default, and its brackets close before the `=`: `def f(x) = …`";
        return before is TokenKind.Number or TokenKind.RightParenthesis ? "statements stand in braces: `if c { … }`" : null;
    }

    public static Diagnostic UnclosedBlock(TokenInput open, TokenInput end) =>
        Error("GM0112", "expected `}`, found the end of the file", open.Tokens.Source, PlaceOf(end, open)) with
        {
            Related = [("this block is never closed", open.Tokens.Source.Locate(open.Span))],
        };

    public static Diagnostic StrayBrace(SourceText source, Span span) => Error("GM0113", $"this {Quote(source, span)} closes nothing", source, span);

    public static Diagnostic TooDeep(TokenInput here) => Error("GM0114",
        string.Create(CultureInfo.InvariantCulture, $"this stands more than {Rules.DepthLimit} levels deep in parentheses, operators and blocks"),
        here.Tokens.Source, here.Span, "name a part of it: `part = …`");

    public static Diagnostic ChainedComparison(SourceText source, ChainExpr chain)
    {
        var parts = chain.Operands.Zip(chain.Operands.Skip(1), (left, right) => (left, right)).Zip(chain.Operators,
            (pair, comparison) => $"{Printer.Print(pair.left)} {Printer.Sign(comparison)} {Printer.Print(pair.right)}");
        var remedy = string.Join(" and ", parts);
        return Error("GM0115", "comparisons do not chain", source, chain.Span, remedy.Length > 2 * LongestQuote ? "join two comparisons with `and`" : $"write `{remedy}`");
    }

    public static Diagnostic GivenOfNoVariable(SourceText source, Span subject) =>
        Error("GM0116", "left of `=`, `given` names a variable or an element of one", source, subject, "a condition is written with `==`");

    public static Diagnostic NoReturn(SourceText source, Span close) =>
        Error("GM0117", "the block of a `def` ends with what it returns", source, close, "write `return …` before the `}`");

    public static Diagnostic AfterReturn(TokenInput found) =>
        Error("GM0139", "`return` ends the block of a `def`", found.Tokens.Source, found.Span, "put this before the `return`");

    public static Diagnostic NotCallable(SourceText source, Span function) =>
        Error("GM0118", "only a name can be called", source, function, "a product is written with `*`");

    public static Diagnostic MisplacedShape(SourceText source, Span shape) =>
        Error("GM0119", "a list in parentheses stands only after `^`", source, shape, "an array is written in brackets: `[a, b]`");

    public static Diagnostic StrayReturn(SourceText source, Span span) =>
        Error("GM0120", "`return` stands only at the end of the block of a `def`", source, span);

    private static Diagnostic Error(string id, string message, SourceText source, Span span, string? remedy = null) =>
        new(id, Severity.Error, message, source.Locate(span), remedy);

    private static string? Remedy(string asked, TokenInput found, TokenKind start)
    {
        if (ForeignOperator(asked, found) is { } known) return known;
        if (found.Kind.IsKeyword() && found.Tokens.IsFirstOnLine(found.Index) && found.Tokens[found.Index + 1].Kind is TokenKind.Tilde or TokenKind.Assign) return $"`{found.Kind.Text()}` is a word of the language; choose another name";
        var previous = found.Index > 0 ? found.Tokens[found.Index - 1].Kind : TokenKind.End;
        return found.Kind switch
        {
            TokenKind.If when asked == "an expression" => "inside an expression, put `if … then … else …` in parentheses",
            TokenKind.Assign when asked.Length == 0 && previous == TokenKind.Name && ForeignArguments.Remedy(found.Tokens.TextOf(found.Index - 1)) is { } argument => argument,
            TokenKind.Assign when asked.Length == 0 && previous == TokenKind.Name => $"an argument is named with a colon: `{found.Tokens.TextOf(found.Index - 1)}: …`",
            TokenKind.Assign when asked.Length == 0 && start == TokenKind.LeftParenthesis => "two values are compared with `==`",
            TokenKind.Equal when asked == "`~` or `=`" => "a definition has one `=`; a condition begins with `given`",
            TokenKind.Colon when asked == "`{`" => "a block stands in braces: `{ … }`",
            TokenKind.Colon when asked == "`=` or `{`" => "a function is written `def f(x) = …`, or `def f(x) { …; return … }`",
            TokenKind.Then when asked == "`{`" => "a block stands in braces: `if c { … }`",
            TokenKind.LeftBrace when asked == "an expression" && previous == TokenKind.LeftParenthesis => "arguments are named in the call itself: `Normal(mean: 0, sd: 1)`",
            TokenKind.Name when asked == "a text in quotes" => $"write `\"{found.Tokens.TextOf(found.Index)}.gm\"`",
            TokenKind.Tilde when asked == "`=` or `{`" => "a random function is written `def f(x) = Normal(x, 1)`",
            _ when start == TokenKind.Net && asked == "`=`" => "a net gets its arguments where it is used; here it is `net f = mlp(hidden: [64])`",
            TokenKind.Assign when asked == "`then`" || asked == "`{`" && start is TokenKind.If or TokenKind.For => "two values are compared with `==`",
            TokenKind.Name or TokenKind.Number when asked.Length == 0 && previous is TokenKind.Name or TokenKind.Number && !found.Tokens.IsFirstOnLine(found.Index) =>
                $"a comma stands between two: `{found.Tokens.TextOf(found.Index - 1)}, {found.Tokens.TextOf(found.Index)}`{(previous == TokenKind.Name && found.Kind == TokenKind.Name ? ", and `*` in a product" : "")}",
            TokenKind.RightBracket when asked == "an expression" && previous == TokenKind.LeftBracket && found.Index > 1 && found.Tokens[found.Index - 2].Kind == TokenKind.Name =>
                $"the whole of it is `{found.Tokens.TextOf(found.Index - 2)}`, without brackets",
            TokenKind.Colon when asked == "an expression" && previous == TokenKind.LeftBracket && Operand(found.Tokens, found.Index + 1) is { } end => $"a range from the first is written `..{end}`",
            TokenKind.For when asked.Length == 0 && start == TokenKind.LeftBracket => "the `for` stands first: `[for i in 1..N: …]`",
            TokenKind.Else when asked == "`{`" => "a choice is written `if c then a else b`",
            TokenKind.At when asked == "a statement" => "drop it: the file is the model, with no function around it",
            _ when asked == "`else`" => "a choice has both its values: `if c then a else b`",
            _ when asked == "`then`" => "a choice is written `if c then a else b`",
            TokenKind.Tilde or TokenKind.Assign when previous.IsKeyword() && asked is "an expression" or "a name" => $"`{previous.Text()}` is a word of the language; choose another name",
            _ when start == TokenKind.If && asked == "`{`" && found.Kind == TokenKind.Name => "the statements of an `if` stand in braces: `if c { … }`",
            _ when asked == "`~` or `=`" && previous == TokenKind.Name => $"a statement says what something is: `{Shortened(found.Tokens.TextOf(found.Index - 1))} ~ …` or `{Shortened(found.Tokens.TextOf(found.Index - 1))} = …`",
            TokenKind.DotDot when asked.Length == 0 => "outside an index, a range has both its ends",
            TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered when asked != "a name" =>
                $"`{found.Kind.Text()}` follows a distribution, right of `~` or as an argument",
            TokenKind.For when asked == "an expression" && !found.Tokens.IsFirstOnLine(found.Index) => "values in a list are written `[for i in 1..N: …]`",
            _ when found.Kind.IsKeyword() && asked is "a name" or "an expression" && !found.Tokens.IsFirstOnLine(found.Index) => $"`{found.Kind.Text()}` is a word of the language; choose another name",
            _ => null,
        };
    }

    /// <summary>Operators of other languages, of which the first sign is one of ours.</summary>
    private static string? ForeignOperator(string asked, TokenInput found)
    {
        var tokens = found.Tokens;
        var previous = found.Index > 0 ? tokens[found.Index - 1].Kind : TokenKind.End;
        return (previous, found.Kind, asked) switch
        {
            (TokenKind.RightParenthesis, TokenKind.Caret, "a statement") when FollowsModifier(tokens, found.Index - 1) => "`^` stands before it: `Normal(0, 1) ^ N truncated (0, )`",
            (TokenKind.RightParenthesis, TokenKind.Caret, "a statement") => "several sizes stand in one list: `^ (M, N)`",
            (TokenKind.Star, TokenKind.Star, _) => "a power is written `^`",
            (TokenKind.Percent, TokenKind.Percent, _) => "the remainder is written with one `%`",
            (TokenKind.Percent, TokenKind.In, _) => "that it is one of several is written with `==` and `or`",
            (TokenKind.Percent, TokenKind.Star, _) => "a matrix product is written `@`",
            (TokenKind.Slash, TokenKind.Slash, _) => "a quotient rounded down is `floor(a / b)`",
            (TokenKind.Equal, TokenKind.Assign, _) => "two values are compared with `==`",
            (_, TokenKind.Plus, "`~` or `=`") when tokens[found.Index + 1].Kind == TokenKind.Plus => "a quantity is defined once and does not change",
            (TokenKind.Plus, TokenKind.Plus, _) => "a quantity is defined once and does not change",
            (_, TokenKind.Colon, "" or "`~` or `=`") when previous.CanEnd() && !tokens.IsFirstOnLine(found.Index) && Operand(tokens, found.Index + 1) is { } upper =>
                $"a range is written `{tokens.TextOf(found.Index - 1)}..{upper}`",
            (_, TokenKind.Name, "`,` or `)`" or "an expression" or "") when previous == TokenKind.Name && tokens.TextOf(found.Index - 1) == "lambda" => "a function has a name: `def f(x) = …`",
            _ => null,
        };
    }

    private static bool FollowsModifier(TokenList tokens, int close)
    {
        for (var i = close - 1; i > 0; i--)
            if (tokens.PartnerOf(i) == close) return tokens[i - 1].Kind is TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded;
        return false;
    }

    private static string Shortened(string name) => name.Length <= LongestQuote ? name : name[..LongestQuote] + "…";

    private static string? Operand(TokenList tokens, int place) =>
        tokens[place].Kind is TokenKind.Name or TokenKind.Number && !tokens.IsFirstOnLine(place) ? tokens.TextOf(place) : null;

    /// <summary>What is missing at the end of a line is missing there, not where the next line begins.</summary>
    private static Span PlaceOf(TokenInput found, TokenInput start) => found.Index > start.Index && (found.Kind == TokenKind.End || found.Tokens.IsFirstOnLine(found.Index))
        ? new Span(found.Tokens[found.Index - 1].Span.End, 1)
        : found.Span;

    private static string Found(TokenInput found) => found.AtEnd ? found.Kind.Description() : QuoteOf(found.Tokens, found.Index);

    private static string QuoteOf(TokenList tokens, int index) => Quote(tokens.Source, tokens[index].Span);

    private static string Quote(SourceText source, Span span) => Quote(source.TextOf(span with { Length = Math.Min(span.Length, LongestQuote + 1) }));

    private static string Quote(string text) => text.Length > LongestQuote ? $"`{text[..LongestQuote]}…`" : $"`{text}`";
}
