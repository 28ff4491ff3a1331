using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>Writes real expressions that stand for a part of the model, at its place.</summary>
internal readonly struct Formula(Span span)
{
    public Bound Number(double value) => new ConstantValue(value, ElementType.Real, span);

    public Bound Apply(Op op, params ReadOnlySpan<Bound> arguments) => Of(op, ElementType.Real, arguments);

    public Bound Compare(Op op, Bound a, Bound b) => Of(op, ElementType.Boolean, [a, b]);

    public Bound Add(Bound a, Bound b) => a is ConstantValue { Value: 0 } ? b : b is ConstantValue { Value: 0 } ? a : Apply(Op.Add, a, b);

    public Bound Subtract(Bound a, Bound b) => b is ConstantValue { Value: 0 } ? a : Apply(Op.Subtract, a, b);

    public Bound Multiply(Bound a, Bound b) => a is ConstantValue { Value: 1 } ? b : b is ConstantValue { Value: 1 } ? a : Apply(Op.Multiply, a, b);

    public Bound Divide(Bound a, Bound b) => b is ConstantValue { Value: 1 } ? a : Apply(Op.Divide, a, b);

    public Bound Negate(Bound a) => Apply(Op.Negate, a);

    /// <summary>log |a|.</summary>
    public Bound LogAbs(Bound a) => Apply(Op.Log, Apply(Op.Abs, a));

    public Bound Choose(Bound condition, Bound then, Bound otherwise) =>
        new ConditionalValue(condition, then, otherwise, Math.Max(condition.Rank, Math.Max(then.Rank, otherwise.Rank)), ElementType.Real, span);

    public Bound Call(ArrayFunction function, int rank, params ReadOnlySpan<Bound> arguments) =>
        new ArrayFunctionValue(function, [.. arguments], rank, function is ArrayFunction.Size or ArrayFunction.Rows or ArrayFunction.Cols ? ElementType.Integer : ElementType.Real, span);

    /// <summary>The sum of all elements.</summary>
    public Bound Sum(Bound a) => a.Rank == 0 ? a : Call(ArrayFunction.Sum, 0, a);

    public Bound Transpose(Bound a) => Call(ArrayFunction.Transpose, 2, a);

    /// <summary>An element of a vector.</summary>
    public Bound Element(Bound vector, int place) => new IndexedValue(vector, [new AtIndex(new ConstantValue(place, ElementType.Integer, span))], 0, ElementType.Real, span);

    /// <summary>The part of a variable at some indices.</summary>
    public Bound Part(Variable variable, ImmutableArray<Bound> indices)
    {
        var whole = new VariableValue(variable, span);
        return indices.IsEmpty ? whole : new IndexedValue(whole, [.. indices.Select(i => new AtIndex(i))], variable.Rank - indices.Length, variable.Type, span);
    }

    private ElementwiseValue Of(Op op, ElementType type, ReadOnlySpan<Bound> arguments)
    {
        var rank = 0;
        foreach (var argument in arguments) rank = Math.Max(rank, argument.Rank);
        return new ElementwiseValue(Operators.Of(op), [.. arguments], rank, type, span);
    }
}
