using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Why an expression cannot be solved for a part of it, and where that shows.</summary>
internal sealed record NoInverse(string Why, Span Span);

/// <summary>An expression solved for a part of it.</summary>
/// <param name="Value">What the part is.</param>
/// <param name="LogJacobian">Terms that add up to log |det d part / d value of the expression|.</param>
/// <param name="Limits">Of the value of the expression.</param>
internal sealed record SolvedExpression(Bound Value, ImmutableArray<Bound> LogJacobian, ImmutableArray<RangeLimit> Limits);

/// <summary>
/// Solves <c>expression = value</c> for a part of the expression, from outside to inside: each map on the way is undone, and
/// adds the logarithm of the derivative of its inverse.
/// </summary>
/// <param name="target">The part that is sought.</param>
/// <param name="value">The value of the expression, which has as many elements as all on the way.</param>
/// <param name="facts">What is known of quantities beside.</param>
internal sealed class ExpressionInverse(Bound target, Bound value, QuantityFacts facts)
{
    /// <summary>Why there is no inverse, where there is none.</summary>
    public NoInverse? Reason { get; private set; }

    /// <summary>Null where the expression has no inverse.</summary>
    public SolvedExpression? Of(Bound expression) => Undo(expression, new SolvedExpression(value, [], []));

    /// <summary>Whether the part sought stands in an expression.</summary>
    public bool IsIn(Bound expression) => expression.Rank >= 0 && (SameMeaning.Holds(expression, target) || Parts.Of(expression).Any(IsIn));

    private SolvedExpression? Undo(Bound node, SolvedExpression soFar)
    {
        if (SameMeaning.Holds(node, target)) return soFar;
        return node switch
        {
            ElementwiseValue { Function: OpFunction function, Arguments: [var argument] } => UndoElementwise(node, argument, soFar, new ElementaryInverse(new(node.Span)).Of(function.Op, soFar.Value, argument, facts.IsNonNegative)),
            ElementwiseValue { Function: OpFunction function, Arguments: [var a, var b] } => UndoBinary(node, function, a, b, soFar),
            ConditionalValue choice => UndoChoice(choice, soFar),
            ArrayFunctionValue { Function: ArrayFunction.Transpose, Arguments: [var a] } => Undo(a, soFar with { Value = new Formula(node.Span).Transpose(soFar.Value) }),
            ArrayFunctionValue { Function: ArrayFunction.MatrixMultiply, Arguments: [var a, var b] } => UndoProduct(node, a, b, soFar),
            NetValue { Aspect: NetAspect.Value } net => UndoNet(net, soFar),
            _ => Refuse($"`{Text(node)}` has no inverse", node),
        };
    }

    /// <summary>A net of a number is one of vectors with one element.</summary>
    private SolvedExpression? UndoNet(NetValue net, SolvedExpression soFar)
    {
        if (net.Context is { } given && IsIn(given)) return Refuse($"`{Text(target)}` goes into the context of `{net.Net}`", given);
        if (!net.Net.IsInvertible) return Refuse($"the net `{net.Net}` has no inverse", net);
        var formula = new Formula(net.Span);
        Bound x = net.Rank == 0 ? new ArrayLiteral([soFar.Value], 1, ElementType.Real, net.Span) : soFar.Value;
        var inverse = NetValue.Of(net.Net, NetAspect.Inverse, x, net.Context, net.Span);
        var logJacobian = formula.Sum(NetValue.Of(net.Net, NetAspect.InverseLogJacobian, x, net.Context, net.Span));
        return Undo(net.Argument, Then(soFar, net.Rank == 0 ? formula.Element(inverse, 1) : inverse, logJacobian, []));
    }

    private SolvedExpression? UndoBinary(Bound node, OpFunction function, Bound a, Bound b, SolvedExpression soFar)
    {
        var isFirst = IsIn(a);
        if (isFirst && IsIn(b)) return Refuse($"`{Text(target)}` goes into it more than once", node);
        var (argument, other) = isFirst ? (a, b) : (b, a);
        return UndoElementwise(node, argument, soFar, new ElementaryInverse(new(node.Span)).Of(function.Op, soFar.Value, argument, other, isFirst, facts.IsNonNegative));
    }

    private SolvedExpression? UndoElementwise(Bound node, Bound argument, SolvedExpression soFar, UndoneMap? undone)
    {
        if (undone is null) return Refuse(WhyNot(node, argument), node);
        if (argument.Rank < node.Rank) return Refuse($"`{Text(argument)}` is one value that goes into all elements", node);
        return Undo(argument, Then(soFar, undone.Value, PerElement(undone.LogDerivative, node), undone.Limits));
    }

    private string WhyNot(Bound node, Bound argument) => node switch
    {
        ElementwiseValue { Function: OpFunction { Op: Op.Square or Op.Power or Op.Abs } } when argument.Rank >= 0 => $"`{Text(node)}` is the same for a number and its negative",
        _ => $"`{Text(node)}` has no inverse",
    };

    /// <summary>Both branches are undone; which holds is known when the value is.</summary>
    private SolvedExpression? UndoChoice(ConditionalValue choice, SolvedExpression soFar)
    {
        if (IsIn(choice.Condition)) return Refuse($"`{Text(target)}` decides what holds", choice.Condition);
        if (!IsIn(choice.Then) || !IsIn(choice.Else)) return Refuse($"`{Text(target)}` goes into one branch alone", choice);
        var start = new SolvedExpression(soFar.Value, [], []);
        if (Undo(choice.Then, start) is not { } then || Undo(choice.Else, start) is not { } otherwise) return null;
        var formula = new Formula(choice.Span);
        if (choice.Condition.Rank > 0 && (then.LogJacobian.Length > 0 || otherwise.LogJacobian.Length > 0)) return Refuse($"`{Text(choice)}` chooses element by element", choice);
        return Then(soFar, formula.Choose(choice.Condition, then.Value, otherwise.Value), formula.Choose(choice.Condition, Total(formula, then.LogJacobian), Total(formula, otherwise.LogJacobian)),
            [.. then.Limits.Select(l => l with { Holds = formula.Compare(Op.Or, formula.Compare(Op.Equal, choice.Condition, formula.Number(0)), l.Holds) }),
            .. otherwise.Limits.Select(l => l with { Holds = formula.Compare(Op.Or, choice.Condition, l.Holds) })]);
    }

    private static Bound Total(Formula formula, ImmutableArray<Bound> terms) => terms.Aggregate(formula.Number(0), formula.Add);

    private SolvedExpression? UndoProduct(Bound node, Bound a, Bound b, SolvedExpression soFar)
    {
        var isFirst = IsIn(a);
        if (isFirst && IsIn(b)) return Refuse($"`{Text(target)}` goes into it more than once", node);
        var (argument, matrix) = isFirst ? (a, b) : (b, a);
        if (matrix.Rank != 2) return Refuse($"`{Text(node)}` adds elements up", node);
        if (facts.ShapeOf(matrix) is [var rows, var columns] && rows != columns) return Refuse(string.Create(CultureInfo.InvariantCulture, $"`{Text(matrix)}` is {rows} × {columns}, and only a square matrix has an inverse"), matrix);
        var formula = new Formula(node.Span);
        var logDeterminant = LogDeterminant(formula, matrix);
        if (argument.Rank == 2) logDeterminant = formula.Multiply(formula.Call(isFirst ? ArrayFunction.Rows : ArrayFunction.Cols, 0, value), logDeterminant);
        return Undo(argument, Then(soFar, Solve(formula, matrix, soFar.Value, isFirst), formula.Negate(logDeterminant), []));
    }

    /// <summary>The x for which matrix @ x is the right side, or for which x @ matrix is.</summary>
    private static Bound Solve(Formula formula, Bound matrix, Bound right, bool isFirst)
    {
        if (!isFirst) return formula.Call(ArrayFunction.Solve, right.Rank, matrix, right);
        var transposed = formula.Transpose(matrix);
        return right.Rank == 1 ? formula.Call(ArrayFunction.Solve, 1, transposed, right)
            : formula.Transpose(formula.Call(ArrayFunction.Solve, 2, transposed, formula.Transpose(right)));
    }

    /// <summary>log |det|, which of a triangular matrix is the sum of the logarithms of its diagonal.</summary>
    private Bound LogDeterminant(Formula formula, Bound matrix) => facts.IsTriangular(matrix)
        ? formula.Sum(formula.LogAbs(formula.Call(ArrayFunction.Diagonal, 1, matrix)))
        : formula.LogAbs(formula.Call(ArrayFunction.Det, 0, matrix));

    /// <summary>A term for all elements of a node.</summary>
    private Bound PerElement(Bound term, Bound node)
    {
        var formula = new Formula(node.Span);
        return term.Rank == node.Rank ? formula.Sum(term) : term is ConstantValue { Value: 0 } ? term : formula.Multiply(formula.Call(ArrayFunction.Size, 0, value), term);
    }

    private static SolvedExpression Then(SolvedExpression soFar, Bound inner, Bound logJacobian, ImmutableArray<RangeLimit> limits) =>
        new(inner, logJacobian is ConstantValue { Value: 0 } ? soFar.LogJacobian : soFar.LogJacobian.Add(logJacobian), soFar.Limits.AddRange(limits));

    private SolvedExpression? Refuse(string why, Bound at)
    {
        Reason = new NoInverse(why, at.Span);
        return null;
    }

    private string Text(Bound part) => facts.TextOf(part);
}
