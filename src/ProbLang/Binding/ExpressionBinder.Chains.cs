using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Chains of operators, which become trees of binary ones: short chains as they are read, long ones balanced.</summary>
internal sealed partial class ExpressionBinder
{
    /// <summary>Up to here a chain is folded from left to right.</summary>
    private const int LongestFold = 16;

    /// <summary>Chains that cannot be regrouped are as deep as they are long.</summary>
    private const int LongestFixedChain = 100;

    /// <summary>An operand; <paramref name="Inverse"/> where it is subtracted or divided by.</summary>
    private readonly record struct Operand(Bound Value, bool Inverse, Span Span);

    private Bound? Chain(ChainExpr expr, Scope scope)
    {
        var labelled = LabelOperands(expr, scope, out var isOfLabel);
        if (isOfLabel) return labelled is { } both ? Comparison(both, expr) : null;
        var operands = ImmutableArray.CreateBuilder<Operand>(expr.Operands.Length);
        for (var i = 0; i < expr.Operands.Length; i++)
            if (Value(expr.Operands[i], scope) is { } value)
                operands.Add(new(value, i > 0 && expr.Operators[i - 1] is BinaryOperator.Subtract or BinaryOperator.Divide && i > 0, expr.Operands[i].Span));
        if (operands.Count < expr.Operands.Length) return null;
        var all = operands.MoveToImmutable();
        return expr.Operators[0] switch
        {
            BinaryOperator.Add or BinaryOperator.Subtract => Fold(all, Plus)?.Value,
            BinaryOperator.Multiply or BinaryOperator.Divide or BinaryOperator.Remainder or BinaryOperator.MatrixMultiply => Product(all, expr),
            BinaryOperator.And => Logic(all, Operators.And),
            BinaryOperator.Or => Logic(all, Operators.Or),
            BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual =>
                Comparison(all, expr),
            _ => throw new UnreachableException(expr.Operators[0].ToString()),
        };
    }

    private Bound? Product(ImmutableArray<Operand> operands, ChainExpr expr)
    {
        if (expr.Operators.All(o => o is BinaryOperator.Multiply or BinaryOperator.Divide)) return Fold(operands, Times)?.Value;
        if (operands.Length > LongestFixedChain)
        {
            report.TooLongProduct(expr.Span);
            return null;
        }
        Operand? product = operands[0];
        for (var i = 1; i < operands.Length && product is { } left; i++)
        {
            var right = operands[i];
            var span = Span.Cover(left.Span, right.Span);
            var value = expr.Operators[i - 1] switch
            {
                BinaryOperator.Multiply or BinaryOperator.Divide => Times(left, right)?.Value,
                BinaryOperator.Remainder => Elementwise(Operators.Remainder, [left.Value, right.Value], ResultType.Arithmetic, span),
                BinaryOperator.MatrixMultiply => MatrixProduct(left, right, span),
                _ => throw new UnreachableException(expr.Operators[i - 1].ToString()),
            };
            product = value is null ? null : new Operand(value, false, span);
        }
        return product?.Value;
    }

    private ArrayFunctionValue? MatrixProduct(Operand left, Operand right, Span span)
    {
        foreach (var operand in (ReadOnlySpan<Operand>)[left, right])
            if (operand.Value.Rank is 0 or > 2)
            {
                report.MatrixOperand(operand.Span, operand.Value.Rank);
                return null;
            }
        ImmutableArray<Bound> arguments = [left.Value, right.Value];
        var rank = left.Value.Rank + right.Value.Rank - 2;
        var function = rank == 0 ? ArrayFunction.Dot : ArrayFunction.MatrixMultiply;
        return new ArrayFunctionValue(function, arguments, rank, TypeOf(ResultType.Arithmetic, arguments), span);
    }

    private Bound? Logic(ImmutableArray<Operand> operands, OpFunction function)
    {
        var sound = true;
        foreach (var operand in operands) sound &= IsCondition(operand.Value);
        return sound ? Fold(operands, (a, b) => Combine(function, a.Value, b.Value, ElementType.Boolean, false, Span.Cover(a.Span, b.Span)))?.Value : null;
    }

    private Bound? Comparison(ImmutableArray<Operand> operands, ChainExpr expr)
    {
        if (operands.Length > 2)
        {
            report.ComparisonChain(expr.Span);
            return null;
        }
        var (left, right) = (operands[0].Value, operands[1].Value);
        if (CategoryOf.Value(left) is { } first && CategoryOf.Value(right) is { } second && !first.HasLevelsOf(second))
        {
            report.OtherCategory(expr.Span, first.Name, second.Name);
            return null;
        }
        return expr.Operators[0] switch
        {
            BinaryOperator.Equal => Compare(Operators.Equal, left, right),
            BinaryOperator.NotEqual => Compare(Operators.NotEqual, left, right),
            BinaryOperator.Less => Compare(Operators.Less, left, right),
            BinaryOperator.LessOrEqual => Compare(Operators.LessOrEqual, left, right),
            BinaryOperator.Greater => Compare(Operators.Less, right, left),
            BinaryOperator.GreaterOrEqual => Compare(Operators.LessOrEqual, right, left),
            _ => throw new UnreachableException(expr.Operators[0].ToString()),
        };

        Bound? Compare(OpFunction function, Bound a, Bound b) => Elementwise(function, [a, b], ElementType.Boolean, expr.Span);
    }

    /// <summary>Joins operands pairwise: in halves where they are many, so that the tree is as deep as the logarithm of their number.</summary>
    private static Operand? Fold(ReadOnlySpan<Operand> operands, Func<Operand, Operand, Operand?> join)
    {
        if (operands.Length > LongestFold)
        {
            var half = operands.Length / 2;
            var (left, right) = (Fold(operands[..half], join), Fold(operands[half..], join));
            return left is null || right is null ? null : join(left.Value, right.Value);
        }
        Operand? folded = operands[0];
        for (var i = 1; i < operands.Length && folded is not null; i++) folded = join(folded.Value, operands[i]);
        return folded;
    }

    private static Operand? Fold(ImmutableArray<Operand> operands, Func<Operand, Operand, Operand?> join) => Fold(operands.AsSpan(), join);

    private Operand? Plus(Operand a, Operand b) => Join(a, b, Operators.Add, Operators.Subtract, null);

    private Operand? Times(Operand a, Operand b) => Join(a, b, Operators.Multiply, Operators.Divide, ElementType.Real);

    private Operand? Join(Operand a, Operand b, OpFunction direct, OpFunction inverse, ElementType? inverseType)
    {
        var span = Span.Cover(a.Span, b.Span);
        var function = a.Inverse == b.Inverse ? direct : inverse;
        var (left, right) = a.Inverse && !b.Inverse ? (b.Value, a.Value) : (a.Value, b.Value);
        var type = function == inverse && inverseType is { } t ? t : TypeOf(ResultType.Arithmetic, [left, right]);
        return Combine(function, left, right, type, a.Inverse && b.Inverse, span);
    }

    private Operand? Combine(OpFunction function, Bound left, Bound right, ElementType type, bool inverse, Span span) =>
        Elementwise(function, [left, right], type, span) is { } value ? new Operand(value, inverse, span) : null;
}
