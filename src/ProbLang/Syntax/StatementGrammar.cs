using System.Collections.Immutable;
using ProbLang.Limits;
using ProbLang.Text;
using Sprache;
using static ProbLang.Syntax.ExpressionGrammar;
using static ProbLang.Syntax.Rules;

namespace ProbLang.Syntax;

/// <summary>Statements and files. Places and documentation are filled in by <see cref="Statement"/>.</summary>
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

    /// <summary>What a function is: an expression, or statements with what they return.</summary>
    internal sealed record Body(ImmutableArray<Statement>? Locals, Expr Value);

    // Return = "return" Expr [";"]
    public static readonly Parser<Expr> Return =
        from _ in Token(TokenKind.Return)
        from value in Dist
        from end in Optional(TokenKind.Semicolon, Token(TokenKind.Semicolon))
        select value;

    // DefBlock = "{" {Statement [";"]} Return "}"
    public static readonly Parser<Body> DefBlock = Nested<Body>(input =>
    {
        var open = (TokenInput)input;
        var close = (TokenInput)open.Advance();
        var locals = Statements(ref close, endAtReturn: true);
        if (close.Kind == TokenKind.End) return Unclosed<Body>(open, close);
        if (close.Kind != TokenKind.Return)
        {
            open.Tokens.Diagnostics.Add(SyntaxDiagnostics.NoReturn(open.Tokens.Source, close.Span));
            return Failed<Body>(close.Advance());
        }
        var value = Return(close);
        if (!value.WasSuccessful) return Result.Failure<Body>(value.Remainder, value.Message, value.Expectations);
        close = (TokenInput)value.Remainder;
        if (close.Kind is not (TokenKind.RightBrace or TokenKind.End) && close.Tokens.PartnerOf(open.Index) is > 0 and var last && StartsStatement(close.Kind))
        {
            close.Tokens.Diagnostics.Add(SyntaxDiagnostics.AfterReturn(close));
            return Failed<Body>(close.MoveTo(last + 1));
        }
        return close.Kind == TokenKind.RightBrace
            ? Result.Success(new Body(locals, value.Value), close.Advance())
            : Expected<Body>(close, TokenKind.RightBrace.Description());
    });

    // DefBody = "=" Dist | DefBlock
    public static readonly Parser<Body> DefBody = OnFirst("`=` or `{`", kind => kind switch
    {
        TokenKind.Assign => s_expressionBody,
        TokenKind.LeftBrace => DefBlock,
        _ => null,
    });

    // Def = "def" Name "(" [Name {"," Name}] ")" DefBody
    public static readonly Parser<Statement?> Def =
        from _ in Token(TokenKind.Def)
        from name in Name
        from parameters in s_parameters
        from body in DefBody
        select (Statement?)new DefStatement(name, parameters.Items, body.Value, default) { Locals = body.Locals };

    // Block = "{" {Statement [";"]} "}"
    public static readonly Parser<Group<Statement>> Block = Nested<Group<Statement>>(input =>
    {
        var open = (TokenInput)input;
        if (open.Kind != TokenKind.LeftBrace) return Result.Failure<Group<Statement>>(open, "", [TokenKind.LeftBrace.Description()]);
        var close = (TokenInput)open.Advance();
        var statements = Statements(ref close);
        if (close.Kind == TokenKind.RightBrace) return Result.Success(new Group<Statement>(statements, Span.Cover(open.Span, close.Span)), close.Advance());
        return Unclosed<Group<Statement>>(open, close);
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
    public static readonly Parser<Statement?> Param =
        from _ in Token(TokenKind.Param)
        from target in LValue
        from type in s_type
        from start in s_value
        select (Statement?)new ParamStatement(target.Name, target.Indices, type, start, default);

    // Net = "net" Name "=" Expr
    public static readonly Parser<Statement?> Net =
        from _ in Token(TokenKind.Net)
        from name in Name
        from sign in Token(TokenKind.Assign)
        from value in ExpressionGrammar.Expr
        select (Statement?)new NetStatement(name, value, default);

    // Import = "import" String
    public static readonly Parser<Statement?> Import =
        from _ in Token(TokenKind.Import)
        from path in ExpressionGrammar.String
        select (Statement?)new ImportStatement((StringExpr)path, default);

    // Else = "else" (If | Block)
    public static readonly Parser<Group<Statement>> Else =
        from _ in Token(TokenKind.Else)
        from body in s_elseBody
        select body;

    // If = "if" Expr Block [Else]
    public static readonly Parser<Statement?> If = Nested(
        from _ in Token(TokenKind.If)
        from condition in ExpressionGrammar.Expr
        from then in Block
        from otherwise in Optional(TokenKind.Else, Else)
        select (Statement?)new IfStatement(condition, then.Items, otherwise?.Items, default));

    // Factor = "factor" Expr
    public static readonly Parser<Statement?> Factor =
        from _ in Token(TokenKind.Factor)
        from value in ExpressionGrammar.Expr
        select (Statement?)new FactorStatement(value, default);

    // Guide = "guide" Block
    public static readonly Parser<Statement?> Guide =
        from _ in Token(TokenKind.Guide)
        from body in Block
        select (Statement?)new GuideStatement(body.Items, default);

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

    private static readonly Parser<Body> s_expressionBody =
        from _ in Token(TokenKind.Assign)
        from value in Dist
        select new Body(null, value);

    private static readonly Parser<Group<Statement>> s_elseBody = OnFirst("`{` or `if`", kind => kind switch
    {
        TokenKind.LeftBrace => Block,
        TokenKind.If => s_elseIf,
        _ => null,
    });

    private static readonly Parser<Group<Statement>> s_elseIf = input =>
        Statement(input).Map(inner => new Group<Statement>([inner!], inner!.Span));

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
    private static ImmutableArray<Statement> Statements(ref TokenInput here, bool endAtReturn = false)
    {
        var statements = ImmutableArray.CreateBuilder<Statement>();
        while (here.Kind is not (TokenKind.End or TokenKind.RightBrace) && !(endAtReturn && here.Kind == TokenKind.Return))
        {
            Budget.Current.Check();
            var mistakes = here.Tokens.Diagnostics.Count;
            var result = Statement(here);
            var rest = (TokenInput)result.Remainder;
            if (!result.WasSuccessful) rest = Recover(here, rest, result, statements);
            else if (here.Tokens.Diagnostics.Count > mistakes && !HasBlock(result.Value)) here.Tokens.Unread.Add(here.Tokens, here.Index, rest.Index);
            else if (result.Value is not null) statements.Add(result.Value);
            if (rest.Kind == TokenKind.Semicolon) rest = (TokenInput)rest.Advance();
            here = here.Tokens.Diagnostics.IsFull ? rest.MoveTo(rest.Tokens.Last) : rest;
        }
        return statements.DrainToImmutable();
    }

    /// <summary>The <c>else</c> of an <c>if</c> that cannot be read belongs to it; its blocks are read for their own mistakes.</summary>
    private static TokenInput AfterElse(TokenInput after)
    {
        var (rest, tokens) = (after, after.Tokens);
        while (rest.Kind == TokenKind.Else)
        {
            var brace = rest.Index + 1;
            if (tokens[brace].Kind == TokenKind.If)
                while (brace < tokens.Last && tokens[brace].Kind is not (TokenKind.LeftBrace or TokenKind.RightBrace)) brace++;
            if (tokens[brace].Kind != TokenKind.LeftBrace) return rest.MoveTo(brace);
            var block = tokens.Depth < tokens.DepthLimit ? Block(rest.MoveTo(brace)) : Failed<Group<Statement>>(rest);
            rest = block.WasSuccessful ? (TokenInput)block.Remainder : rest.MoveTo(Recovery.AfterBlock(tokens, brace));
        }
        return rest;
    }

    private static bool StartsStatement(TokenKind kind) => kind is TokenKind.Name or >= TokenKind.Input and <= TokenKind.For or TokenKind.If or TokenKind.Guide or TokenKind.Factor;

    private static bool HasBlock(Statement? statement) => statement is ForStatement or IfStatement or GuideStatement or DefStatement { Locals: not null };

    /// <summary>Reports a statement that cannot be read and finds the next; keeps of it what it can be taken for.</summary>
    private static TokenInput Recover(TokenInput start, TokenInput mistake, IResult<Statement?> failure, ImmutableArray<Statement>.Builder statements)
    {
        var tokens = start.Tokens;
        if (mistake.Index == start.Index) TakeOffUnfinished(start, statements);
        var said = failure.Message == Reported ? null : ForeignStatements.Recognise(start, statements);
        if (said is { Loop: { } loop } && Block(start.MoveTo(said.Resume)) is { WasSuccessful: true } body)
        {
            tokens.Diagnostics.Answer(tokens.Source.Locate(start.Span), tokens.Source.Locate(tokens[said.Resume].Span), said.Diagnostic);
            statements.Add(loop with { Body = body.Value.Items, Span = Span.Cover(start.Span, body.Value.Span) });
            return (TokenInput)body.Remainder;
        }
        var rest = start.MoveTo(said is { Resume: >= 0 } ? said.Resume : Recovery.NextStatement(tokens, start.Index, mistake.Index));
        if (said is not null) tokens.Diagnostics.Answer(tokens.Source.Locate(start.Span), tokens.Source.Locate(rest.Span), said.Diagnostic);
        else if (start.Kind == TokenKind.Return) tokens.Diagnostics.Add(SyntaxDiagnostics.StrayReturn(tokens.Source, start.Span));
        else if (start.Kind is TokenKind.RightParenthesis or TokenKind.RightBracket) tokens.Diagnostics.Add(SyntaxDiagnostics.StrayBrace(tokens.Source, start.Span));
        else if (failure.Message != Reported && mistake.Kind != TokenKind.Invalid)
            tokens.Diagnostics.Add(SyntaxDiagnostics.Expected(start, mistake, failure.Expectations));
        if (rest.Kind == TokenKind.LeftBrace)
        {
            // What is wrong stands before a block, which is read for its own mistakes.
            var block = tokens.Depth >= tokens.DepthLimit ? Failed<Group<Statement>>(rest)
                : start.Kind == TokenKind.Def ? DefBlock(rest).Map(body => new Group<Statement>(body.Locals!.Value, rest.Span))
                : Block(rest);
            var after = block.WasSuccessful ? (TokenInput)block.Remainder : rest.MoveTo(Recovery.AfterBlock(tokens, rest.Index));
            if (said is { KeepsBlock: true } && block.WasSuccessful)
            {
                statements.AddRange(block.Value.Items);
                return after;
            }
            rest = AfterElse(after);
        }
        if (said is not { DefinesNothing: true }) tokens.Unread.Add(tokens, start.Index, rest.Index);
        return rest;
    }

    /// <summary>What goes on, on its line, where no statement can begin, is not the statement that it seems to be.</summary>
    private static void TakeOffUnfinished(TokenInput start, ImmutableArray<Statement>.Builder statements)
    {
        if (statements.Count == 0 || HasBlock(statements[^1]) || start.Tokens.IsFirstOnLine(start.Index) || start.Kind is TokenKind.Tilde or TokenKind.Assign) return;
        if (start.Tokens[start.Index - 1].Kind is TokenKind.Semicolon or TokenKind.RightBrace || start.Kind.CanEnd() && start.Kind != TokenKind.Invalid && start.Kind != TokenKind.RightBracket && start.Kind != TokenKind.RightParenthesis) return;
        if (statements[^1] is DefineStatement define) start.Tokens.Unread.Add(define.Name);
        else if (statements[^1] is not (InputStatement or ParamStatement)) return;
        statements.RemoveAt(statements.Count - 1);
    }

    private static GivenStatement CheckGiven(GivenStatement given, TokenList tokens)
    {
        var isPlace = given.Subject is NameExpr or IndexExpr { Array: NameExpr };
        if (given.Value is not null && !isPlace) tokens.Diagnostics.Add(SyntaxDiagnostics.GivenOfNoVariable(tokens.Source, given.Subject.Span));
        return given;
    }

    private static IResult<T> Unclosed<T>(TokenInput open, TokenInput close)
    {
        // A bracket that closes nothing, on the line of the brace, was meant to close it.
        if (!open.Tokens.Diagnostics.Has("GM0113", open.Tokens.Source.Locate(open.Span).Line)) open.Tokens.Diagnostics.Add(SyntaxDiagnostics.UnclosedBlock(open, close));
        return Failed<T>(close);
    }
}
