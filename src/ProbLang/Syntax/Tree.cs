using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>A part of a model as its author wrote it.</summary>
internal abstract record SyntaxNode(Span Span);

/// <summary>A whole file. <paramref name="Documentation"/> is the text of the leading <c>///</c> lines, without the slashes.</summary>
internal sealed record ModelFile(ImmutableArray<Statement> Statements, string? Documentation, Span Span) : SyntaxNode(Span);

/// <summary>A name where it is written; the text is in NFKC.</summary>
internal sealed record Identifier(string Text, Span Span) : SyntaxNode(Span);

internal abstract record Statement(Span Span) : SyntaxNode(Span)
{
    /// <summary>The <c>///</c> text before it, or null.</summary>
    public string? Documentation { get; init; }
}

/// <summary><c>input x[N, D]: real = default</c></summary>
internal sealed record InputStatement(Identifier Name, ImmutableArray<Expr> Dims, TypeExpr? Type, Expr? Default, Span Span) : Statement(Span);

/// <summary><c>given x[n] = value</c>, or <c>given condition</c> where <paramref name="Value"/> is null.</summary>
internal sealed record GivenStatement(Expr Subject, Expr? Value, Span Span) : Statement(Span);

/// <summary><c>param w[D]: real = start</c></summary>
internal sealed record ParamStatement(Identifier Name, ImmutableArray<Expr> Dims, TypeExpr? Type, Expr? Start, Span Span) : Statement(Span);

/// <summary><c>net f = mlp(hidden: [64])</c></summary>
internal sealed record NetStatement(Identifier Name, Expr Value, Span Span) : Statement(Span);

/// <summary><c>import "file.gm"</c></summary>
internal sealed record ImportStatement(StringExpr Path, Span Span) : Statement(Span);

/// <summary><c>def f(a, b) = body</c>, or <c>def f(a, b) { locals; return body }</c> where <see cref="Locals"/> is there.</summary>
internal sealed record DefStatement(Identifier Name, ImmutableArray<Identifier> Parameters, Expr Body, Span Span) : Statement(Span)
{
    /// <summary>The statements of the block before its <c>return</c>; null for a function that is one expression.</summary>
    public ImmutableArray<Statement>? Locals { get; init; }
}

/// <summary><c>if condition { … } else { … }</c>; <paramref name="Else"/> is null where there is none, and a single <c>if</c> for <c>else if</c>.</summary>
internal sealed record IfStatement(Expr Condition, ImmutableArray<Statement> Then, ImmutableArray<Statement>? Else, Span Span) : Statement(Span);

/// <summary><c>factor value</c></summary>
internal sealed record FactorStatement(Expr Value, Span Span) : Statement(Span);

/// <summary><c>guide { … }</c></summary>
internal sealed record GuideStatement(ImmutableArray<Statement> Body, Span Span) : Statement(Span);

/// <summary><c>for i in range { … }</c></summary>
internal sealed record ForStatement(Identifier Variable, Expr Range, ImmutableArray<Statement> Body, Span Span) : Statement(Span);

/// <summary><c>x[i]: type ~ distribution</c> or <c>x[i] = expr</c></summary>
internal sealed record DefineStatement(Identifier Name, ImmutableArray<Expr> Indices, TypeExpr? Type, bool IsRandom, Expr Right, Span Span) : Statement(Span);

/// <summary>A type as written: <c>real(0, )</c>; an argument left out is null.</summary>
internal sealed record TypeExpr(Identifier Name, ImmutableArray<Expr?> Arguments, Span Span) : SyntaxNode(Span);

internal abstract record Expr(Span Span) : SyntaxNode(Span);

/// <summary><paramref name="IsInteger"/>: written without point and exponent.</summary>
internal sealed record NumberExpr(double Value, bool IsInteger, Span Span) : Expr(Span);

internal sealed record StringExpr(string Value, Span Span) : Expr(Span);

internal sealed record BoolExpr(bool Value, Span Span) : Expr(Span);

internal sealed record NameExpr(Identifier Name, Span Span) : Expr(Span);

/// <summary>Operands of one precedence level from left to right, so that 100 000 terms are one node: <c>a + b - c</c>. There is one operator fewer than operands.</summary>
internal sealed record ChainExpr(ImmutableArray<Expr> Operands, ImmutableArray<BinaryOperator> Operators, Span Span) : Expr(Span);

internal enum BinaryOperator { Add, Subtract, Multiply, Divide, Remainder, MatrixMultiply, And, Or, Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual }

internal enum UnaryOperator { Negate, Not }

internal sealed record UnaryExpr(UnaryOperator Operator, Expr Operand, Span Span) : Expr(Span);

/// <summary><c>a ^ b</c>; of a distribution it is independent draws. More than one exponent only in <c>D ^ (M, N)</c>.</summary>
internal sealed record PowerExpr(Expr Base, ImmutableArray<Expr> Exponents, Span Span) : Expr(Span);

/// <summary><c>a .. b</c> outside an index.</summary>
internal sealed record RangeExpr(Expr Lower, Expr Upper, Span Span) : Expr(Span);

internal sealed record IfExpr(Expr Condition, Expr Then, Expr Else, Span Span) : Expr(Span);

/// <summary><c>f(args)</c></summary>
internal sealed record CallExpr(Identifier Function, ImmutableArray<Argument> Arguments, Span Span) : Expr(Span);

/// <summary>An argument; <paramref name="Value"/> is null for a hole (bounds only).</summary>
internal sealed record Argument(Identifier? Name, Expr? Value, Span Span) : SyntaxNode(Span);

/// <summary><c>x[i, 2..5]</c></summary>
internal sealed record IndexExpr(Expr Array, ImmutableArray<IndexArgument> Indices, Span Span) : Expr(Span);

/// <summary>One index: an element (or a vector of them), or a slice whose ends may be left out.</summary>
internal abstract record IndexArgument(Span Span) : SyntaxNode(Span);

internal sealed record ElementIndex(Expr Value, Span Span) : IndexArgument(Span);

internal sealed record SliceIndex(Expr? Lower, Expr? Upper, Span Span) : IndexArgument(Span);

/// <summary><c>[a, b, c]</c></summary>
internal sealed record ArrayExpr(ImmutableArray<Expr> Elements, Span Span) : Expr(Span);

/// <summary><c>for k in range: body</c> inside brackets or as an argument.</summary>
internal sealed record ComprehensionExpr(Identifier Variable, Expr Range, Expr Body, Span Span) : Expr(Span);

/// <summary>A distribution with a modifier: <c>Normal(0, 1) truncated (0, )</c>; <paramref name="Modifier"/> is the keyword.</summary>
internal sealed record ModifiedExpr(Expr Distribution, Identifier Modifier, ImmutableArray<Argument> Arguments, Span Span) : Expr(Span);
