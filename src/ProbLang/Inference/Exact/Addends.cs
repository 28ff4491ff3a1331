using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>One of the addends of a scalar: an expression, or an element of one, times a known number.</summary>
/// <param name="Value">The expression.</param>
/// <param name="Element">Which element of it.</param>
/// <param name="Coefficient">The number.</param>
/// <param name="SetLoops">Sets the indices of the comprehensions around it.</param>
/// <param name="Evaluate">The addend under the present values of the loops.</param>
internal sealed record Addend(Bound Value, int[] Element, double Coefficient, Action SetLoops, Func<double> Evaluate);

/// <summary>Takes a scalar apart into what it is the sum of: a <c>factor</c> of a sum is as many factors.</summary>
internal sealed class Addends(ExpressionCode code)
{
    private readonly CompiledParts _compiled = new(code);
    private readonly Dictionary<Bound, Bound> _products = new(ReferenceEqualityComparer.Instance);

    /// <summary>The addends under the present values of the loops.</summary>
    public IReadOnlyList<Addend> Of(Bound value)
    {
        var found = new List<Addend>();
        Collect(value, 1, [], found);
        return found;
    }

    private void Collect(Bound value, double coefficient, ImmutableArray<(Loop Loop, int Value)> loops, List<Addend> found)
    {
        switch (value)
        {
            case ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Add }, Arguments: var terms }:
                foreach (var term in terms) Collect(term, coefficient, loops, found);
                return;
            case ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Subtract }, Arguments: [var plus, var minus] }:
                Collect(plus, coefficient, loops, found);
                Collect(minus, -coefficient, loops, found);
                return;
            case ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Negate }, Arguments: [var negated] }:
                Collect(negated, -coefficient, loops, found);
                return;
            case ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Multiply }, Arguments: [var scale, var scaled] } when double.IsFinite(Scalar(scale)()):
                Collect(scaled, coefficient * Scalar(scale)(), loops, found);
                return;
            case ElementwiseValue { Rank: 0, Function: OpFunction { Op: Op.Multiply }, Arguments: [var scaled, var scale] } when double.IsFinite(Scalar(scale)()):
                Collect(scaled, coefficient * Scalar(scale)(), loops, found);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Sum, Arguments: [Comprehension { Body.Rank: 0 } each] }:
                var (first, count) = code.Extent(Scalar(each.Lower)(), Scalar(each.Upper)(), each.Span);
                for (var k = first; k < first + count; k++)
                {
                    code[each.Loop].Value = k;
                    Collect(each.Body, coefficient, loops.Add((each.Loop, k)), found);
                }
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Sum, Arguments: [{ Rank: > 0 } array] }:
                CollectElements(array, coefficient, loops, found);
                return;
            case ArrayFunctionValue { Function: ArrayFunction.Dot, Arguments: [{ Rank: 1 } left, { Rank: 1 } right] }:
                if (!_products.TryGetValue(value, out var product)) _products.Add(value, product = new ElementwiseValue(Operators.Multiply, [left, right], 1, ElementType.Real, value.Span));
                CollectElements(product, coefficient, loops, found);
                return;
            default:
                var scalar = Scalar(value);
                found.Add(new Addend(value, [], coefficient, () => Set(loops), () => coefficient * scalar()));
                return;
        }
    }

    private void CollectElements(Bound array, double coefficient, ImmutableArray<(Loop Loop, int Value)> loops, List<Addend> found)
    {
        var elements = _compiled.Array(array);
        var value = elements();
        for (var e = 0; e < value.Values.Length; e++)
        {
            if (value.Rows is { } rows && !rows.Contains(e)) continue;
            var at = e;
            found.Add(new Addend(array, FiniteScopes.Index(e, value.Shape), coefficient, () => Set(loops), () => coefficient * elements().Values[at]));
        }
    }

    private void Set(ImmutableArray<(Loop Loop, int Value)> loops)
    {
        foreach (var (loop, value) in loops) code[loop].Value = value;
    }

    private Func<double> Scalar(Bound value) => _compiled.Scalar(value);
}
