using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Analysis;

/// <summary>Terms of a reduction: one, or one for each value of a loop.</summary>
/// <param name="Term">The term.</param>
/// <param name="Loop">Its loop; null where it is one.</param>
/// <param name="Lower">The first value of the loop.</param>
/// <param name="Upper">The last.</param>
internal sealed record ReducedTerms(Bound Term, Loop? Loop = null, Bound? Lower = null, Bound? Upper = null);

/// <summary>
/// A scalar that an associative operation makes of many terms: a sum, a product, a conjunction. Term by term, each partial result depends on the
/// one before it and one term, however many there are.
/// </summary>
/// <param name="Node">The expression.</param>
/// <param name="Operation">What makes one of two.</param>
/// <param name="Terms">In their order.</param>
internal sealed record Reduction(Bound Node, OpFunction Operation, ImmutableArray<ReducedTerms> Terms)
{
    private static readonly OpFunction Minimum = new("min", Op.Minimum);
    private static readonly OpFunction Maximum = new("max", Op.Maximum);
    private static readonly OpFunction Exponential = new("exp", Op.Exp);

    /// <summary>The reduction that an expression is; null where it is none.</summary>
    public static Reduction? Of(Bound value)
    {
        var operation = value switch
        {
            { Rank: > 0 } => null,
            ArrayFunctionValue { Function: ArrayFunction.Sum or ArrayFunction.Dot } => Operators.Add,
            ArrayFunctionValue { Function: ArrayFunction.Prod } => Operators.Multiply,
            ArrayFunctionValue { Function: ArrayFunction.Min } => Minimum,
            ArrayFunctionValue { Function: ArrayFunction.Max } => Maximum,
            ElementwiseValue { Function: OpFunction { Op: Op.Add or Op.Multiply or Op.And or Op.Or or Op.Minimum or Op.Maximum } function } => function,
            _ => null,
        };
        return operation is null ? null : Made(value, operation, [.. TermsOf(value, operation)]);
    }

    /// <summary>The product that an expression is, <c>exp</c> of a sum included; null where it is none.</summary>
    public static Reduction? ProductOf(Bound value) =>
        value.Rank == 0 && value is ElementwiseValue { Function: OpFunction { Op: Op.Multiply or Op.Exp } } or ArrayFunctionValue { Function: ArrayFunction.Prod } ? Made(value, Operators.Multiply, [.. Factors(value)]) : null;

    private static Reduction? Made(Bound value, OpFunction operation, ImmutableArray<ReducedTerms> terms) =>
        terms is [{ Loop: null }] or [] ? null : new Reduction(value, operation, terms);

    private static IEnumerable<ReducedTerms> TermsOf(Bound value, OpFunction operation) => value switch
    {
        { Rank: > 0 } => [new ReducedTerms(value)],
        ElementwiseValue { Function: OpFunction same } v when same.Op == operation.Op => v.Arguments.SelectMany(a => TermsOf(a, operation)),
        ArrayFunctionValue { Function: ArrayFunction.Sum, Arguments: [var all] } when operation.Op == Op.Add => Elements(all, value),
        ArrayFunctionValue { Function: ArrayFunction.Prod, Arguments: [var all] } when operation.Op == Op.Multiply => Elements(all, value),
        ArrayFunctionValue { Function: ArrayFunction.Min, Arguments: [var all] } when operation.Op == Op.Minimum => Elements(all, value),
        ArrayFunctionValue { Function: ArrayFunction.Max, Arguments: [var all] } when operation.Op == Op.Maximum => Elements(all, value),
        ArrayFunctionValue { Function: ArrayFunction.Dot, Arguments: [{ Rank: 1 } a, { Rank: 1 } b] } when operation.Op == Op.Add =>
            Elements(new ElementwiseValue(Operators.Multiply, [a, b], 1, value.Type, value.Span), value),
        _ => [new ReducedTerms(value)],
    };

    private static IEnumerable<ReducedTerms> Factors(Bound value) => value switch
    {
        ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Multiply } } v => v.Arguments.SelectMany(Factors),
        ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Exp }, Arguments: [var exponent] } => Exponents(exponent, isNegative: false),
        ArrayFunctionValue { Function: ArrayFunction.Prod, Arguments: [var all] } => Elements(all, value),
        _ => [new ReducedTerms(value)],
    };

    /// <summary>exp(a - b + …) is the product of exp(a), exp(-b) and so on.</summary>
    private static IEnumerable<ReducedTerms> Exponents(Bound value, bool isNegative) => value switch
    {
        ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Add } } v => v.Arguments.SelectMany(a => Exponents(a, isNegative)),
        ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Subtract }, Arguments: [var a, var b] } => [.. Exponents(a, isNegative), .. Exponents(b, !isNegative)],
        ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Negate }, Arguments: [var a] } => Exponents(a, !isNegative),
        _ => TermsOf(value, Operators.Add).Select(t => t with { Term = Exp(t.Term, isNegative) }),
    };

    private static ElementwiseValue Exp(Bound term, bool isNegative) =>
        new(Exponential, [isNegative ? new ElementwiseValue(Operators.Negate, [term], 0, ElementType.Real, term.Span) : term], 0, ElementType.Real, term.Span);

    /// <summary>The elements of a vector, by their index.</summary>
    private static IEnumerable<ReducedTerms> Elements(Bound array, Bound node)
    {
        if (array is Comprehension { Body.Rank: 0 } each) return [new ReducedTerms(each.Body, each.Loop, each.Lower, each.Upper)];
        if (array is ArrayLiteral { Rank: 1 } literal) return literal.Elements.Select(e => new ReducedTerms(e));
        if (array.Rank != 1) return [new ReducedTerms(node)];
        var loop = new Loop("k", array.Span);
        var length = new ArrayFunctionValue(ArrayFunction.Size, [array], 0, ElementType.Integer, array.Span);
        return [new ReducedTerms(new IndexedValue(array, [new AtIndex(new LoopValue(loop, array.Span))], 0, array.Type, array.Span), loop, new ConstantValue(1, ElementType.Integer, array.Span), length)];
    }
}
