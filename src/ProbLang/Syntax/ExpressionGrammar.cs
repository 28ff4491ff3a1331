using System.Collections.Immutable;
using ProbLang.Text;
using Sprache;
using static ProbLang.Syntax.Rules;

namespace ProbLang.Syntax;

/// <summary>Expressions, distributions and types. Rules are initialised in this order, so each comes after those it is built of.</summary>
internal static class ExpressionGrammar
{
    private const string AnExpression = "an expression";

    /// <summary>A modifier before it meets its distribution.</summary>
    internal sealed record Modification(Identifier Name, ImmutableArray<Argument> Arguments, Span End);

    // Name = Letter {Letter | Digit}
    public static readonly Parser<Identifier> Name =
        Token(TokenKind.Name).Select(token => new Identifier(Nfkc.Normalize(token.Tokens.TextOf(token.Index)), token.Span));

    // Number = Digits ["." Digits] [Exponent]
    public static readonly Parser<Expr> Number =
        Token(TokenKind.Number).Select(Expr (token) => ReadNumber(token.Tokens.TextOf(token.Index), token.Span));

    // String = '"' {Character} '"'
    public static readonly Parser<Expr> String =
        Token(TokenKind.String).Select(Expr (token) => new StringExpr(Literals.Text(token.Tokens.TextOf(token.Index)), token.Span));

    // Bool = "true" | "false"
    public static readonly Parser<Expr> Bool = input =>
        Result.Success<Expr>(new BoolExpr(((TokenInput)input).Kind == TokenKind.True, ((TokenInput)input).Span), input.Advance());

    // Shape = "(" Expr "," Expr {"," Expr} ")"          (reads one expression in parentheses as well: which it is shows behind it)
    public static readonly Parser<Group<Expr>> Shape = Group(TokenKind.LeftParenthesis, input => Expr!(input), TokenKind.RightParenthesis);

    private static readonly Parser<Group<Expr>> s_elements =
        Group(TokenKind.LeftBracket, input => Item!(input), TokenKind.RightBracket, mayBeEmpty: true);

    // Array = "[" [Item {"," Item}] "]"          (a Comp alone is the array itself)
    public static readonly Parser<Expr> Array = input => s_elements(input).Map(group =>
        group.Items is [var only] && ((TokenInput)input).NextKind == TokenKind.For ? only with { Span = group.Span } : new ArrayExpr(group.Items, group.Span));

    // Primary = Number | String | Bool | Name | "(" Expr ")" | Array
    public static readonly Parser<Expr> Primary = OnFirst(AnExpression, kind => kind switch
    {
        TokenKind.Number => Number,
        TokenKind.String => String,
        TokenKind.True or TokenKind.False => Bool,
        TokenKind.Name => s_variable,
        TokenKind.LeftParenthesis => s_parenthesised,
        TokenKind.LeftBracket => Array,
        _ => null,
    });

    // Arg = [Name ":"] Item
    public static readonly Parser<Argument> Arg = input =>
    {
        var here = (TokenInput)input;
        if (here.Kind != TokenKind.Name || here.NextKind != TokenKind.Colon) return Item!(input).Map(value => new Argument(null, value, value.Span));
        var name = Name(input).Value;
        return Item!(input.Advance().Advance()).Map(value => new Argument(name, value, Span.Cover(name.Span, value.Span)));
    };

    // Args = "(" [[Arg] {"," [Arg]}] ")"          (holes: bounds only)
    public static readonly Parser<Group<Argument>> Args =
        Group(TokenKind.LeftParenthesis, ArgOrHole, TokenKind.RightParenthesis, mayBeEmpty: true);

    // Index = [Sum] ".." [Sum] | Expr
    public static readonly Parser<IndexArgument> Index = input =>
    {
        var here = (TokenInput)input;
        if (here.Kind == TokenKind.DotDot)
            return here.NextKind is TokenKind.Comma or TokenKind.RightBracket
                ? Result.Success<IndexArgument>(new SliceIndex(null, null, here.Span), here.Advance())
                : Sum!(here.Advance()).Map(IndexArgument (upper) => new SliceIndex(null, upper, Span.Cover(here.Span, upper.Span)));
        var result = Expr!(input);
        return result.WasSuccessful && ((TokenInput)result.Remainder).Kind == TokenKind.DotDot && IsSum(result.Value)
            ? Result.Success<IndexArgument>(new SliceIndex(result.Value, null, Span.Cover(result.Value.Span, ((TokenInput)result.Remainder).Span)), result.Remainder.Advance())
            : result.Map(IndexArgument (value) => value is RangeExpr range ? new SliceIndex(range.Lower, range.Upper, range.Span) : new ElementIndex(value, value.Span));
    };

    private static readonly Parser<Group<IndexArgument>> s_indices = Group(TokenKind.LeftBracket, Index, TokenKind.RightBracket);

    // Postfix = Primary {Args | "[" Index {"," Index} "]"}
    public static readonly Parser<Expr> Postfix = input =>
    {
        var result = Primary(input);
        return result.WasSuccessful && StartsPostfix(result.Remainder) ? PostfixFrom(result) : result;
    };

    // Power = Postfix ["^" (Shape | Unary)]
    public static readonly Parser<Expr> Power = input =>
    {
        var result = Postfix(input);
        return result.WasSuccessful && ((TokenInput)result.Remainder).Kind == TokenKind.Caret ? PowerFrom(result) : result;
    };

    // Unary = "-" Unary | Power
    public static readonly Parser<Expr> Unary = OnFirst(AnExpression, kind => kind == TokenKind.Minus ? s_negation : Power);

    // Product = Unary {("*" | "/" | "%" | "@") Unary}
    public static readonly Parser<Expr> Product = Chain(Unary, kind => kind switch
    {
        TokenKind.Star => BinaryOperator.Multiply,
        TokenKind.Slash => BinaryOperator.Divide,
        TokenKind.Percent => BinaryOperator.Remainder,
        TokenKind.At => BinaryOperator.MatrixMultiply,
        _ => null,
    });

    // Sum = Product {("+" | "-") Product}
    public static readonly Parser<Expr> Sum = Chain(Product, kind => kind switch
    {
        TokenKind.Plus => BinaryOperator.Add,
        TokenKind.Minus => BinaryOperator.Subtract,
        _ => null,
    });

    // Range = Sum [".." Sum]          (a ".." that ends an index is the index's own)
    public static readonly Parser<Expr> Range = input =>
    {
        var lower = Sum(input);
        if (!lower.WasSuccessful || lower.Remainder is not TokenInput { Kind: TokenKind.DotDot, NextKind: not (TokenKind.Comma or TokenKind.RightBracket) }) return lower;
        return Sum(lower.Remainder.Advance()).Map(Expr (upper) => new RangeExpr(lower.Value, upper, Span.Cover(lower.Value.Span, upper.Span)));
    };

    // Compare = Range [("==" | "!=" | "<" | "<=" | ">" | ">=") Range]
    public static readonly Parser<Expr> Compare = input =>
    {
        var left = Range(input);
        return left.WasSuccessful && Comparison(((TokenInput)left.Remainder).Kind) is not null ? CompareFrom(left) : left;
    };

    // Not = "not" Not | Compare
    public static readonly Parser<Expr> Not = OnFirst(AnExpression, kind => kind == TokenKind.Not ? s_denial : Compare);

    // And = Not {"and" Not}
    public static readonly Parser<Expr> And = Chain(Not, kind => kind == TokenKind.And ? BinaryOperator.And : null);

    // Or = And {"or" And}
    public static readonly Parser<Expr> Or = Chain(And, kind => kind == TokenKind.Or ? BinaryOperator.Or : null);

    // Conditional = "if" Expr "then" Expr "else" Expr
    public static readonly Parser<Expr> Conditional = Nested(
        from start in Token(TokenKind.If)
        from condition in Expr
        from _ in Token(TokenKind.Then)
        from then in Expr
        from __ in Token(TokenKind.Else)
        from otherwise in Expr
        select (Expr)new IfExpr(condition, then, otherwise, Span.Cover(start.Span, otherwise.Span)));

    // Expr = Conditional | Or
    public static readonly Parser<Expr> Expr = OnFirst(AnExpression, kind => kind == TokenKind.If ? Conditional : Or);

    // Dist = Expr {Modifier}
    public static readonly Parser<Expr> Dist = input =>
    {
        var result = Expr(input);
        return result.WasSuccessful && IsModifier(((TokenInput)result.Remainder).Kind) ? ModifiedFrom(result) : result;
    };

    // Modifier = ("truncated" | "censored" | "rounded") Args | "ordered"
    public static readonly Parser<Modification> Modifier = input =>
    {
        var here = (TokenInput)input;
        var name = new Identifier(here.Kind.Text(), here.Span);
        return here.Kind == TokenKind.Ordered
            ? Result.Success(new Modification(name, [], here.Span), here.Advance())
            : Args(here.Advance()).Map(args => new Modification(name, args.Items, args.Span));
    };

    // Comp = "for" Name "in" Expr ":" Item
    public static readonly Parser<Expr> Comp = Nested(
        from start in Token(TokenKind.For)
        from variable in Name
        from _ in Token(TokenKind.In)
        from range in Expr
        from __ in Token(TokenKind.Colon)
        from body in Item!
        select (Expr)new ComprehensionExpr(variable, range, body, Span.Cover(start.Span, body.Span)));

    // Item = Comp | Dist
    public static readonly Parser<Expr> Item = OnFirst(AnExpression, kind => kind == TokenKind.For ? Comp : Dist);

    private static readonly Parser<Identifier> s_typeName = OnFirst("a name", kind => kind switch
    {
        TokenKind.Name => Name,
        TokenKind.Ordered => s_ordered,
        _ => null,
    });

    // Type = (Name | "ordered") ["(" [Expr] {"," [Expr]} ")"]
    public static readonly Parser<TypeExpr> Type =
        from name in s_typeName
        from arguments in s_typeArguments
        select new TypeExpr(name, arguments?.Items ?? [], arguments is null ? name.Span : Span.Cover(name.Span, arguments.Span));

    private static readonly Parser<Identifier> s_ordered = Token(TokenKind.Ordered).Select(token => new Identifier(TokenKind.Ordered.Text(), token.Span));

    private static readonly Parser<Group<Expr?>?> s_typeArguments =
        Optional(TokenKind.LeftParenthesis, Group(TokenKind.LeftParenthesis, ExprOrHole, TokenKind.RightParenthesis, mayBeEmpty: true));

    private static readonly Parser<Expr> s_variable = Name.Select(Expr (name) => new NameExpr(name, name.Span));

    private static readonly Parser<Expr> s_parenthesised = input =>
    {
        var shape = Shape(input);
        return shape.Map(group =>
        {
            if (group.Items.Length > 1) Report(input, SyntaxDiagnostics.MisplacedShape(SourceOf(input), group.Span));
            return group.Items[0] with { Span = group.Span };
        });
    };

    private static readonly Parser<Expr> s_negation = Prefix(UnaryOperator.Negate, input => Unary(input));

    private static readonly Parser<Expr> s_denial = Prefix(UnaryOperator.Not, input => Not(input));

    private static Parser<Expr> Prefix(UnaryOperator sign, Parser<Expr> operand) => Nested<Expr>(input =>
        operand(input.Advance()).Map(Expr (value) => new UnaryExpr(sign, value, Span.Cover(((TokenInput)input).Span, value.Span))));

    private static bool StartsPostfix(IInput input) => ((TokenInput)input).Kind is TokenKind.LeftParenthesis or TokenKind.LeftBracket;

    /// <summary>Calls and indices one after the other; each makes the tree one deeper.</summary>
    private static IResult<Expr> PostfixFrom(IResult<Expr> start)
    {
        var result = start;
        var tokens = ((TokenInput)start.Remainder).Tokens;
        var depth = tokens.Depth;
        while (result.WasSuccessful && StartsPostfix(result.Remainder))
        {
            var here = (TokenInput)result.Remainder;
            result = here.Kind == TokenKind.LeftBracket ? Indexed(result.Value, here) : Called(result.Value, here);
            tokens.Depth++;
        }
        tokens.Depth = depth;
        return result;
    }

    private static IResult<Expr> Indexed(Expr array, TokenInput here) =>
        s_indices(here).Map(Expr (indices) => new IndexExpr(array, indices.Items, Span.Cover(array.Span, indices.Span)));

    private static IResult<Expr> Called(Expr function, TokenInput here) => Args(here).Map(arguments =>
    {
        if (function is NameExpr { Name: var name }) return new CallExpr(name, arguments.Items, Span.Cover(function.Span, arguments.Span));
        Report(here, SyntaxDiagnostics.NotCallable(SourceOf(here), function.Span));
        return function;
    });

    /// <summary>After "^ (" it shows only behind the first expression whether it is in parentheses or begins a shape.</summary>
    private static IResult<Expr> PowerFrom(IResult<Expr> start)
    {
        var exponents = s_exponents(start.Remainder.Advance());
        return exponents.Map(Expr (group) => new PowerExpr(start.Value, group.Items, Span.Cover(start.Value.Span, group.Span)));
    }

    private static readonly Parser<Group<Expr>> s_exponents = Nested<Group<Expr>>(input =>
    {
        if (((TokenInput)input).Kind != TokenKind.LeftParenthesis) return Unary(input).Map(value => new Group<Expr>([value], value.Span));
        var shape = Shape(input);
        if (!shape.WasSuccessful || shape.Value.Items.Length > 1) return shape;
        var result = Result.Success(shape.Value.Items[0] with { Span = shape.Value.Span }, shape.Remainder);
        if (StartsPostfix(result.Remainder)) result = PostfixFrom(result);
        if (result.WasSuccessful && ((TokenInput)result.Remainder).Kind == TokenKind.Caret) result = PowerFrom(result);
        return result.Map(value => new Group<Expr>([value], value.Span));
    });

    private static IResult<Expr> CompareFrom(IResult<Expr> left)
    {
        var result = ChainFrom(left, Range, Comparison);
        if (result.WasSuccessful && result.Value is ChainExpr { Operators.Length: > 1 } chain)
            Report(left.Remainder, SyntaxDiagnostics.ChainedComparison(SourceOf(left.Remainder), chain));
        return result;
    }

    private static BinaryOperator? Comparison(TokenKind kind) => kind switch
    {
        TokenKind.Equal => BinaryOperator.Equal,
        TokenKind.NotEqual => BinaryOperator.NotEqual,
        TokenKind.Less => BinaryOperator.Less,
        TokenKind.LessOrEqual => BinaryOperator.LessOrEqual,
        TokenKind.Greater => BinaryOperator.Greater,
        TokenKind.GreaterOrEqual => BinaryOperator.GreaterOrEqual,
        _ => null,
    };

    private static bool IsModifier(TokenKind kind) => kind is TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered;

    private static IResult<Expr> ModifiedFrom(IResult<Expr> start)
    {
        var result = start;
        var tokens = ((TokenInput)start.Remainder).Tokens;
        var depth = tokens.Depth;
        while (result.WasSuccessful && IsModifier(((TokenInput)result.Remainder).Kind))
        {
            if (++tokens.Depth > tokens.DepthLimit) result = TooDeep<Expr>((TokenInput)result.Remainder);
            else
            {
                var distribution = result.Value;
                result = Modifier(result.Remainder).Map(Expr (modifier) =>
                    new ModifiedExpr(distribution, modifier.Name, modifier.Arguments, Span.Cover(distribution.Span, modifier.End)));
            }
        }
        tokens.Depth = depth;
        return result;
    }

    /// <summary>Whether an expression binds as tightly as the end of a slice must.</summary>
    private static bool IsSum(Expr expr) => expr is not (
        IfExpr or RangeExpr or UnaryExpr { Operator: UnaryOperator.Not } or
        ChainExpr { Operators: [BinaryOperator.And or BinaryOperator.Or or >= BinaryOperator.Equal, ..] });

    private static IResult<Argument> ArgOrHole(IInput input) => IsHole(input)
        ? Result.Success(new Argument(null, null, new Span(((TokenInput)input).Span.Start, 0)), input)
        : Arg(input);

    private static IResult<Expr?> ExprOrHole(IInput input) => IsHole(input) ? Result.Success<Expr?>(null, input) : Expr(input);

    private static bool IsHole(IInput input) => ((TokenInput)input).Kind is TokenKind.Comma or TokenKind.RightParenthesis;

    private static NumberExpr ReadNumber(string text, Span span) =>
        new(Literals.Number(text), !text.AsSpan().ContainsAny('.', 'e', 'E'), span);

    private static SourceText SourceOf(IInput input) => ((TokenInput)input).Tokens.Source;

    private static void Report(IInput input, Diagnostic diagnostic) => ((TokenInput)input).Tokens.Diagnostics.Add(diagnostic);
}
