using System.Diagnostics;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Finds how a value, or one element of it, depends on the continuous unknowns, under the present values of everything else. Where the
/// evaluator leaves an answer open (NaN), this says of what.
/// </summary>
/// <param name="model">The shapes of the variables.</param>
/// <param name="evaluator">Knows all that is no continuous unknown, and what is computed of that.</param>
/// <param name="isOpen">Whether some element of a variable is a continuous unknown, or computed from one.</param>
/// <param name="cell">What an element is that the evaluator does not know.</param>
internal sealed class DependenceCode(ConditionedModel model, Evaluator evaluator, Func<Variable, bool> isOpen, Func<Variable, int, Dependence> cell)
{
    private readonly ExpressionCode _code = evaluator.Code;
    private readonly Shapes _shapes = new(evaluator.Code, v => model[v].Shape, v => model[v].Rows);
    private readonly CompiledParts _compiled = new(evaluator.Code);
    private readonly OpenParts _open = new(isOpen);

    /// <summary>What was computed whole and is good until an index or a value changes.</summary>
    private readonly Dictionary<Bound, Tensor> _present = new(ReferenceEqualityComparer.Instance);

    /// <summary>To be called when the index of a plate, or a value, has changed.</summary>
    public void Forget() => _present.Clear();

    public int[] ShapeOf(Bound value) => _shapes.Of(value) ?? throw new UnreachableException("the shapes of variables are known");

    /// <summary>A number.</summary>
    public Dependence Of(Bound value) => Of(value, []);

    /// <summary>The element of a value at an index from 0.</summary>
    public Dependence Of(Bound value, ReadOnlySpan<int> at)
    {
        Debug.Assert(value.Rank == at.Length);
        return _open.Has(value) ? OfOpen(value, at) : new KnownForm(KnownOf(value, at));
    }

    private Dependence OfOpen(Bound value, ReadOnlySpan<int> at)
    {
        switch (value)
        {
            case VariableValue variable:
                return OfCell(variable.Variable, Offset(at, model[variable.Variable].Shape));
            case ElementwiseValue function:
                var arguments = new Dependence[function.Arguments.Length];
                for (var i = 0; i < arguments.Length; i++) arguments[i] = Operand(function.Arguments[i], at);
                return Dependence.Of(function.Function, arguments, function.Span);
            case ConditionalValue choice:
                return Operand(choice.Condition, at) is not KnownForm { Value: not double.NaN and var condition } ? new InvolvedForm(choice.Condition.Span)
                    : Operand(condition != 0 ? choice.Then : choice.Else, at);
            case IndexedValue indexed:
                return OfIndexed(indexed, at);
            case ArrayLiteral literal:
                return Of(literal.Elements[at[0]], at[1..]);
            case Comprehension comprehension:
                return InBody(comprehension, at[0], at[1..]);
            case ArrayFunctionValue function:
                return OfFunction(function, at);
            default:
                return new InvolvedForm(value.Span);
        }
    }

    private Dependence Operand(Bound value, ReadOnlySpan<int> at) => Of(value, value.Rank == 0 ? [] : at);

    private Dependence OfCell(Variable variable, int number) => evaluator[variable][number] is var value && !double.IsNaN(value) ? new KnownForm(value) : cell(variable, number);

    private Dependence InBody(Comprehension comprehension, int place, ReadOnlySpan<int> at)
    {
        var box = _code[comprehension.Loop];
        box.Value = (int)Scalar(comprehension.Lower) + place;
        Forget();
        return Of(comprehension.Body, at);
    }

    /// <summary>An element of an element or a slice: its place in the array itself.</summary>
    private Dependence OfIndexed(IndexedValue indexed, ReadOnlySpan<int> at)
    {
        var place = new int[indexed.Array.Rank];
        var kept = 0;
        var shape = ShapeOf(indexed.Array);
        for (var d = 0; d < place.Length; d++)
        {
            switch (d < indexed.Indices.Length ? indexed.Indices[d] : null)
            {
                case AtIndex { Position.Rank: 0 } element:
                    place[d] = Position(Scalar(element.Position), d);
                    break;
                case AtIndex several:
                    place[d] = Position(KnownOf(several.Position, [at[kept++]]), d);
                    break;
                case SliceOf slice:
                    place[d] = at[kept++] + (slice.Lower is null ? 0 : Position(Scalar(slice.Lower), d));
                    break;
                default:
                    place[d] = at[kept++];
                    break;
            }
            // An index that is not known is a continuous unknown's doing, or a computed one's; one outside of the array is reported with its place.
            if (place[d] < 0) return new InvolvedForm(indexed.Span);
        }
        return Of(indexed.Array, place);

        int Position(double index, int d) => _code.Offset(index, shape[d], indexed.Array, d, indexed.Span);
    }

    private Dependence OfFunction(ArrayFunctionValue function, ReadOnlySpan<int> at)
    {
        var a = function.Arguments;
        switch (function.Function)
        {
            case ArrayFunction.Sum:
                return Sum(function, a[0], 1);
            case ArrayFunction.Mean:
                return Sum(function, a[0], Tensor.CountOf(ShapeOf(a[0])));
            case ArrayFunction.Dot or ArrayFunction.MatrixMultiply:
                return Product(function, at);
            case ArrayFunction.Cumsum:
                var sum = new AffineSum();
                for (var i = 0; i <= at[0]; i++) sum.Add(Of(a[0], [i]));
                return sum.ToDependence(function.Span);
            case ArrayFunction.Transpose:
                return Of(a[0], [at[1], at[0]]);
            case ArrayFunction.Diagonal:
                return Of(a[0], [at[0], at[0]]);
            case ArrayFunction.Diag:
                return at[0] == at[1] ? Of(a[0], [at[0]]) : new KnownForm(0);
            case ArrayFunction.Outer:
                return Dependence.Multiply(Of(a[0], [at[0]]), Of(a[1], [at[1]])) ?? new InvolvedForm(function.Span);
            case ArrayFunction.Concat or ArrayFunction.Append:
                return OfJoined(function, at);
            default:
                return new InvolvedForm(function.Span);
        }
    }

    private Dependence Sum(ArrayFunctionValue function, Bound terms, int parts)
    {
        if (terms is Comprehension { Body.Rank: 0 } comprehension) return SumOfEach(comprehension, function.Span, parts);
        if (_shapes.RowsOf(terms) is not null) return new InvolvedForm(function.Span);
        var (sum, shape) = (new AffineSum(), ShapeOf(terms));
        var index = new int[shape.Length];
        for (var count = Tensor.CountOf(shape); count > 0; count--)
        {
            sum.Add(Of(terms, index));
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
        }
        return sum.ToDependence(function.Span, parts);
    }

    private Dependence SumOfEach(Comprehension comprehension, Span span, int parts)
    {
        var sum = new AffineSum();
        var (first, count) = _code.Extent(Scalar(comprehension.Lower), Scalar(comprehension.Upper), comprehension.Span);
        for (var k = 0; k < count; k++)
        {
            _code.Tick();
            _code[comprehension.Loop].Value = first + k;
            Forget();
            sum.Add(Of(comprehension.Body));
        }
        return sum.ToDependence(span, parts);
    }

    private Dependence Product(ArrayFunctionValue product, ReadOnlySpan<int> at)
    {
        var (a, b) = (product.Arguments[0], product.Arguments[1]);
        var (length, sum) = (ShapeOf(a)[^1], new AffineSum());
        int[] left = a.Rank == 2 ? [at[0], 0] : [0], right = b.Rank == 2 ? [0, at[^1]] : [0];
        for (var k = 0; k < length; k++)
        {
            left[^1] = right[0] = k;
            sum.Add(Dependence.Multiply(Of(a, left), Of(b, right)));
        }
        return sum.ToDependence(product.Span);
    }

    private Dependence OfJoined(ArrayFunctionValue joined, ReadOnlySpan<int> at)
    {
        var first = at[0];
        foreach (var part in joined.Arguments)
        {
            var length = part.Rank < joined.Rank ? 1 : ShapeOf(part)[0];
            if (first < length) return Of(part, part.Rank < joined.Rank ? at[1..] : [first, .. at[1..]]);
            first -= length;
        }
        throw new UnreachableException("an index outside of what is joined");
    }

    private double KnownOf(Bound value, ReadOnlySpan<int> at)
    {
        switch (value)
        {
            case ConstantValue constant:
                return constant.Value;
            case VariableValue variable:
                return evaluator[variable.Variable][Offset(at, model[variable.Variable].Shape)];
            case { Rank: 0 }:
                return Scalar(value);
            default:
                if (!_present.TryGetValue(value, out var whole)) _present.Add(value, whole = Copy(Elements(value)));
                return whole.Values[Offset(at, whole.Shape)];
        }
    }

    private static Tensor Copy(Tensor whole) => new(whole.Shape, (double[])whole.Values.Clone());

    private static int Offset(ReadOnlySpan<int> at, int[] shape)
    {
        var offset = 0;
        for (var d = 0; d < at.Length; d++) offset = offset * shape[d] + at[d];
        return offset;
    }

    private double Scalar(Bound value) => _compiled.Scalar(value)();

    private Tensor Elements(Bound value) => _compiled.Array(value)();
}
