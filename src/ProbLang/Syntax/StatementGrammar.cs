using System.Collections.Immutable;
using ProbLang.Text;
using Sprache;
using static ProbLang.Syntax.ExpressionGrammar;
using static ProbLang.Syntax.Rules;

namespace ProbLang.Syntax;

/// <summary>
/// Statements and files. Places and documentation are filled in by <see cref="Statement"/>. A statement of the full language that
/// this version does not have is reported, skipped as a whole, and parses as null.
/// </summary>
internal static class StatementGrammar
{
    /// <summary>What stands left of <c>~</c> and <c>=</c>.</summary>
    internal sealed record Target(Identifier Name, ImmutableArray<Expr> Indices);

    // Dims = "[" Expr {"," Expr} "]"
    public static readonly Parser<Group<Expr>> Dims = Group(TokenKind.LeftBracket, ExpressionGrammar.Expr, TokenKind.RightBracket);

    // LValue = Name [Dims]
    public static readonly Parser<Target> LValue =
        from name in Name
        from dims in s_dims
        select new Target(name, dims?.Items ?? []);

    // Input = "input" LValue [":" Type] ["=" Expr]
    public static readonly Parser<Statement?> Input =
        from _ in Token(TokenKind.Input)
        from target in LValue
        from type in s_type
        from value in s_value
        select (Statement?)new InputStatement(target.Name, target.Indices, type, value, default);

    // Given = "given" Expr ["=" Expr]
    public static readonly Parser<Statement?> Given =
        from start in Token(TokenKind.Given)
        from subject in ExpressionGrammar.Expr
        from value in s_value
        select (Statement?)CheckGiven(new GivenStatement(subject, value, default), start.Tokens);

    // DefBody = "=" Expr | Block
    public static readonly Parser<Expr?> DefBody = OnFirst<Expr?>("`=`", kind => kind switch
    {
        TokenKind.Assign => s_value,
        TokenKind.LeftBrace => SkipBlockOfDef,
        _ => null,
    });

    // Def = "def" Name "(" [Name {"," Name}] ")" DefBody
    public static readonly Parser<Statement?> Def =
        from _ in Token(TokenKind.Def)
        from name in Name
        from parameters in s_parameters
        from body in DefBody
        select body is null ? null : (Statement?)new DefStatement(name, parameters.Items, body, default);

    // Block = "{" {Statement [";"]} "}"
    public static readonly Parser<Group<Statement>> Block = Nested<Group<Statement>>(input =>
    {
        var open = (TokenInput)input;
        if (open.Kind != TokenKind.LeftBrace) return Result.Failure<Group<Statement>>(open, "", [TokenKind.LeftBrace.Description()]);
        var close = (TokenInput)open.Advance();
        var statements = Statements(ref close);
        if (close.Kind == TokenKind.RightBrace) return Result.Success(new Group<Statement>(statements, Span.Cover(open.Span, close.Span)), close.Advance());
        open.Tokens.Diagnostics.Add(SyntaxDiagnostics.UnclosedBlock(open, close));
        return Failed<Group<Statement>>(close);
    });

    // For = "for" Name "in" Expr Block
    public static readonly Parser<Statement?> For =
        from start in Token(TokenKind.For)
        from variable in Name
        from _ in Token(TokenKind.In)
        from range in ExpressionGrammar.Expr
        from body in Block
        select (Statement?)new ForStatement(variable, range, body.Items, default);

    // Define = LValue [":" Type] ("~" Dist | "=" Expr)
    public static readonly Parser<Statement?> Define =
        from target in LValue
        from type in s_type
        from isRandom in s_relation
        from right in isRandom.Kind == TokenKind.Tilde ? Dist : ExpressionGrammar.Expr
        select (Statement?)new DefineStatement(target.Name, target.Indices, type, isRandom.Kind == TokenKind.Tilde, right, default);

    // Param = "param" LValue [":" Type] ["=" Expr]
    public static readonly Parser<Statement?> Param = Skip("`param`", "a quantity with a prior is written `x ~ …`");

    // Net = "net" Name "=" Expr
    public static readonly Parser<Statement?> Net = Skip("`net`", null);

    // Import = "import" String
    public static readonly Parser<Statement?> Import = Skip("`import`", null);

    // If = "if" Expr Block ["else" (Block | If)]
    public static readonly Parser<Statement?> If = Skip("an `if` block", "a value that depends on a condition is written `x = if … then … else …`");

    // Factor = "factor" Expr
    public static readonly Parser<Statement?> Factor = Skip("`factor`", null);

    // Guide = "guide" Block
    public static readonly Parser<Statement?> Guide = Skip("`guide`", null);

    private static readonly Parser<Statement?> s_statement = OnFirst("a statement", kind => kind switch
    {
        TokenKind.Name => Define,
        TokenKind.Input => Input,
        TokenKind.Given => Given,
        TokenKind.Def => Def,
        TokenKind.For => For,
        TokenKind.Param => Param,
        TokenKind.Net => Net,
        TokenKind.Import => Import,
        TokenKind.If => If,
        TokenKind.Factor => Factor,
        TokenKind.Guide => Guide,
        _ => null,
    });

    // Statement = Input | Param | Given | Net | Def | Import | For | If | Factor | Guide | Define
    public static readonly Parser<Statement?> Statement = input =>
    {
        var here = (TokenInput)input;
        return s_statement(input) switch
        {
            { WasSuccessful: true, Value: { } statement } result => Result.Success<Statement?>(statement with
            {
                Span = Span.Cover(here.Span, here.Tokens[((TokenInput)result.Remainder).Index - 1].Span),
                Documentation = here.Tokens.DocumentationOf(here.Index),
            }, result.Remainder),
            var result => result,
        };
    };

    // File = {Statement [";"]}
    public static readonly Parser<ModelFile> File = input =>
    {
        var here = (TokenInput)input;
        var all = ImmutableArray.CreateBuilder<Statement>();
        while (true)
        {
            all.AddRange(Statements(ref here));
            if (here.Kind == TokenKind.End)
                return Result.Success(new ModelFile(all.DrainToImmutable(), here.Tokens.FileDocumentation, new Span(0, here.Span.End)), here);
            here.Tokens.Diagnostics.Add(SyntaxDiagnostics.StrayBrace(here.Tokens.Source, here.Span));
            here = (TokenInput)here.Advance();
        }
    };

    private static readonly Parser<Group<Expr>?> s_dims = Optional(TokenKind.LeftBracket, Dims);

    private static readonly Parser<TypeExpr?> s_type = Optional(TokenKind.Colon, Token(TokenKind.Colon).Then(_ => ExpressionGrammar.Type));

    private static readonly Parser<Expr?> s_value = Optional(TokenKind.Assign, Token(TokenKind.Assign).Then(_ => ExpressionGrammar.Expr));

    private static readonly Parser<Group<Identifier>> s_parameters =
        Group(TokenKind.LeftParenthesis, Name, TokenKind.RightParenthesis, mayBeEmpty: true);

    private static readonly Parser<TokenInput> s_relation = OnFirst("`~` or `=`", kind => kind switch
    {
        TokenKind.Tilde => s_tilde,
        TokenKind.Assign => s_assign,
        _ => null,
    });

    private static readonly Parser<TokenInput> s_tilde = Token(TokenKind.Tilde);

    private static readonly Parser<TokenInput> s_assign = Token(TokenKind.Assign);

    /// <summary>Statements up to a closing brace or the end; a statement that is wrong is reported, and reading goes on at the next one.</summary>
    private static ImmutableArray<Statement> Statements(ref TokenInput here)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (here.Kind is not (TokenKind.End or TokenKind.RightBrace))
        {
            var result = Statement(here);
            var rest = (TokenInput)result.Remainder;
            if (!result.WasSuccessful) rest = Recover(here, rest, result);
            else if (result.Value is not null) statements.Add(result.Value);
            if (rest.Kind == TokenKind.Semicolon) rest = (TokenInput)rest.Advance();
            here = here.Tokens.Diagnostics.IsFull ? rest.MoveTo(rest.Tokens.Last) : rest;
        }
        return statements.DrainToImmutable();
    }

    private static TokenInput Recover(TokenInput start, TokenInput mistake, IResult<Statement?> failure)
    {
        if (failure.Message != Reported && mistake.Kind != TokenKind.Invalid)
            start.Tokens.Diagnostics.Add(SyntaxDiagnostics.Expected(start, mistake, failure.Expectations));
        var rest = start.MoveTo(Recovery.NextStatement(start.Tokens, start.Index, mistake.Index));
        if (rest.Kind != TokenKind.LeftBrace) return rest;
        // What is wrong stands before a block, which is read for its own mistakes.
        var block = start.Tokens.Depth < DepthLimit ? Block(rest) : Failed<Group<Statement>>(rest);
        return block.WasSuccessful ? (TokenInput)block.Remainder : rest.MoveTo(Recovery.AfterBlock(rest.Tokens, rest.Index));
    }

    private static GivenStatement CheckGiven(GivenStatement given, TokenList tokens)
    {
        var isPlace = given.Subject is NameExpr or IndexExpr { Array: NameExpr };
        if (given.Value is not null && !isPlace) tokens.Diagnostics.Add(SyntaxDiagnostics.GivenOfNoVariable(tokens.Source, given.Subject.Span));
        return given;
    }

    private static Parser<Statement?> Skip(string what, string? remedy) => input =>
    {
        var start = (TokenInput)input;
        start.Tokens.Diagnostics.Add(SyntaxDiagnostics.NotInThisVersion(start.Tokens.Source, start.Span, what, remedy));
        return Result.Success<Statement?>(null, start.MoveTo(Recovery.AfterStatement(start.Tokens, start.Index)));
    };

    private static IResult<Expr?> SkipBlockOfDef(IInput input)
    {
        var start = (TokenInput)input;
        start.Tokens.Diagnostics.Add(SyntaxDiagnostics.NotInThisVersion(
            start.Tokens.Source, start.Span, "a `def` with a block", "a function of one expression is written `def f(x) = …`"));
        return Result.Success<Expr?>(null, start.MoveTo(Recovery.AfterBlock(start.Tokens, start.Index)));
    }
}
