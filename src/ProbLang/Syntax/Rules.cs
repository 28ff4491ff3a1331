using System.Collections.Immutable;
using ProbLang.Text;
using Sprache;

namespace ProbLang.Syntax;

/// <summary>What stands between two brackets, which the span includes.</summary>
internal sealed record Group<T>(ImmutableArray<T> Items, Span Span);

/// <summary>
/// Ways to put rules together beyond Sprache's own. Each looks at one token and then commits, so a mistake is reported where it
/// is; none recurses along a list or a chain, and each level of an expression costs one stack frame.
/// </summary>
internal static class Rules
{
    /// <summary>How deep parentheses, brackets, calls, unary operators, powers, conditions and blocks may stand in each other.</summary>
    public const int DepthLimit = 256;

    /// <summary>The message of a failure that is among the diagnostics already.</summary>
    public const string Reported = "reported";

    /// <summary>One token of that kind.</summary>
    public static Parser<TokenInput> Token(TokenKind kind)
    {
        var expected = kind.Description();
        return input =>
        {
            var here = (TokenInput)input;
            return here.Kind == kind ? Result.Success(here, here.Kind == TokenKind.End ? here : here.Advance()) : Expected<TokenInput>(here, expected);
        };
    }

    /// <summary>The alternatives of a rule told apart by their first token: an exclusive or without attempts.</summary>
    public static Parser<T> OnFirst<T>(string expected, Func<TokenKind, Parser<T>?> choose) => input =>
        choose(((TokenInput)input).Kind) is { } rule ? rule(input) : Expected<T>(input, expected);

    /// <summary>The rule where it starts with this token, else null.</summary>
    public static Parser<T?> Optional<T>(TokenKind first, Parser<T> rule) where T : class => input =>
        ((TokenInput)input).Kind == first ? rule(input) : Result.Success<T?>(null, input);

    /// <summary>Operands of one level with operators between them, folded from left to right into one expression, however long.</summary>
    public static Parser<Expr> Chain(Parser<Expr> operand, Func<TokenKind, BinaryOperator?> operatorOf) => input =>
    {
        var first = operand(input);
        return first.WasSuccessful && operatorOf(((TokenInput)first.Remainder).Kind) is not null ? ChainFrom(first, operand, operatorOf) : first;
    };

    public static IResult<Expr> ChainFrom(IResult<Expr> first, Parser<Expr> operand, Func<TokenKind, BinaryOperator?> operatorOf)
    {
        var operands = ImmutableArray.CreateBuilder<Expr>();
        var operators = ImmutableArray.CreateBuilder<BinaryOperator>();
        operands.Add(first.Value);
        var rest = first.Remainder;
        while (operatorOf(((TokenInput)rest).Kind) is { } found)
        {
            var next = operand(rest.Advance());
            if (!next.WasSuccessful) return next;
            operators.Add(found);
            operands.Add(next.Value);
            rest = next.Remainder;
        }
        var span = Span.Cover(operands[0].Span, operands[^1].Span);
        return Result.Success<Expr>(new ChainExpr(operands.DrainToImmutable(), operators.DrainToImmutable(), span), rest);
    }

    /// <summary>Items with commas between two brackets.</summary>
    public static Parser<Group<T>> Group<T>(TokenKind open, Parser<T> item, TokenKind close, bool mayBeEmpty = false) => Nested<Group<T>>(input =>
    {
        var here = (TokenInput)input;
        if (here.Kind != open) return Expected<Group<T>>(here, open.Description());
        var items = ImmutableArray.CreateBuilder<T>();
        var rest = here.Advance();
        var isEmpty = mayBeEmpty && ((TokenInput)rest).Kind == close;
        while (!isEmpty)
        {
            var next = item(rest);
            if (!next.WasSuccessful) return Result.Failure<Group<T>>(next.Remainder, next.Message, next.Expectations);
            items.Add(next.Value);
            rest = next.Remainder;
            if (((TokenInput)rest).Kind != TokenKind.Comma) break;
            rest = rest.Advance();
        }
        var last = (TokenInput)rest;
        if (last.Kind == close) return Result.Success(new Group<T>(items.DrainToImmutable(), Span.Cover(here.Span, last.Span)), last.Advance());
        // What begins a definition on a line of its own ends the group, as a `name` alone would.
        if (last.Kind == TokenKind.Assign && last.Index - 2 > here.Index && last.Tokens.IsFirstOnLine(last.Index - 1) && last.Tokens[last.Index - 1].Kind == TokenKind.Name) last = last.MoveTo(last.Index - 1);
        if (last.Kind != TokenKind.Invalid || last.Tokens.IsFirstOnLine(last.Index)) here.Tokens.Diagnostics.Add(SyntaxDiagnostics.UnclosedGroup(here, close, last));
        return Failed<Group<T>>(last);
    });

    /// <summary>A rule that counts towards the depth. All recursion of the grammar goes through one.</summary>
    public static Parser<T> Nested<T>(Parser<T> rule) => input =>
    {
        var tokens = ((TokenInput)input).Tokens;
        if (tokens.Depth >= tokens.DepthLimit) return TooDeep<T>((TokenInput)input);
        tokens.Depth++;
        var result = StackGuard.HasRoom ? rule(input) : OnFreshStack(rule, input);
        tokens.Depth--;
        return result;
    };

    // Apart, so that Nested itself has no closure to make.
    private static IResult<T> OnFreshStack<T>(Parser<T> rule, IInput input) => StackGuard.OnFreshStack(() => rule(input));

    public static IResult<T> TooDeep<T>(TokenInput here)
    {
        var limit = here.Tokens.DepthLimit;
        if (limit < DepthLimit) throw new ResourceLimitException(ResourceLimit.Depth, limit, limit + 1, null, here.Tokens.Source.Locate(here.Span));
        here.Tokens.Diagnostics.Add(SyntaxDiagnostics.TooDeep(here));
        return Failed<T>(here);
    }

    /// <summary>The result with another value, or the same failure.</summary>
    public static IResult<TTo> Map<TFrom, TTo>(this IResult<TFrom> result, Func<TFrom, TTo> map) => result.WasSuccessful
        ? Result.Success(map(result.Value), result.Remainder)
        : Result.Failure<TTo>(result.Remainder, result.Message, result.Expectations);

    /// <summary>A failure that needs no further message.</summary>
    public static IResult<T> Failed<T>(IInput input) => Result.Failure<T>(input, Reported, []);

    public static IResult<T> Expected<T>(IInput input, string expected) => Result.Failure<T>(input, "", [expected]);
}
