using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Says what one element of an array expression is, as an expression of scalars: of <c>a + X @ b</c> at i, <c>a + sum(for k: X[i, k] * b[k])</c>. Sums
/// over unknown quantities are written out, term by term.
/// </summary>
/// <param name="shapeOf">The shape of an expression.</param>
/// <param name="isRandom">Whether something in an expression is not known.</param>
/// <param name="known">A known number under no loops; null where loops or unknowns are in it.</param>
internal sealed class Scalarising(Func<Bound, int[]> shapeOf, Func<Bound, bool> isRandom, Func<Bound, double?> known)
{
    /// <summary>A sum of more terms than this is not written out.</summary>
    private const int MostTerms = 1000;

    public static ConstantValue Integer(int value, Span span) => new(value, ElementType.Integer, span);

    /// <summary>The element, or with fewer indices than dimensions the part, at indices that count from 1.</summary>
    public Bound At(Bound value, ImmutableArray<Bound> at)
    {
        if (at.IsEmpty) return value.Rank == 0 ? Reduced(value) : value;
        return value switch
        {
            VariableValue v => Element(v, at, v.Span),
            ElementwiseValue v => v with { Arguments = [.. v.Arguments.Select(a => Operand(a, at))], Rank = v.Rank - at.Length },
            ConditionalValue v => v with { Condition = Operand(v.Condition, at), Then = Operand(v.Then, at), Else = Operand(v.Else, at), Rank = v.Rank - at.Length },
            IndexedValue v => OfIndexed(v, at),
            ArrayLiteral v => OfLiteral(v, at),
            Comprehension v => At(Rewriting.OfLoops(new Dictionary<Loop, Bound> { [v.Loop] = Shifted(v.Lower, at[0]) }).In(v.Body), at[1..]),
            RangeValue v => Shifted(v.Lower, at[0]),
            ArrayFunctionValue v when isRandom(v) => OfFunction(v, at),
            _ => Element(value, at, value.Span),
        };
    }

    /// <summary>The draw of a batch at an index.</summary>
    public BoundDistribution At(BoundDistribution distribution, ImmutableArray<Bound> batch)
    {
        switch (distribution)
        {
            case CatalogDistribution d:
                var parameters = d.Distribution.Forms[d.Form].Parameters;
                return d with { Arguments = [.. d.Arguments.Select((a, i) => a is null ? null : At(a, a.Rank == parameters[i].Rank ? [] : batch))], Rank = d.Rank - batch.Length };
            case RepeatedDistribution d:
                return At(d.Base, batch[Math.Min(d.Sizes.Length, batch.Length)..]);
            case ChoiceDistribution d:
                return d with { Condition = Reduced(d.Condition), Then = Inner(d.Then), Else = Inner(d.Else) };
            case MixtureDistribution d:
                return d with { Weights = Weights(d.Weights), Components = [.. d.Components.Select(Inner)], Rank = d.Rank - batch.Length };
            case MixtureComprehension d:
                return d with { Weights = Weights(d.Weights), Component = Inner(d.Component) };
            case TruncatedDistribution d:
                return d with { Base = Inner(d.Base), Lower = Bound(d.Lower), Upper = Bound(d.Upper) };
            case ZeroDistribution d:
                return d with { Probability = Operand(d.Probability, batch), Rest = Inner(d.Rest), Rank = d.Rank - batch.Length };
            case PointDistribution d:
                return d with { Value = At(d.Value, batch) };
            default:
                return distribution;
        }

        BoundDistribution Inner(BoundDistribution d) => At(d, d.Rank == DistributionTraits.EventRank(d) ? [] : batch);
        Bound Weights(Bound weights) => weights.Rank == 1 ? weights : At(weights, batch);
        Bound? Bound(Bound? bound) => bound is null ? null : Operand(bound, batch);
    }

    private Bound Operand(Bound value, ImmutableArray<Bound> at) => At(value, value.Rank == 0 ? [] : at);

    private static Bound Element(Bound array, ImmutableArray<Bound> at, Span span) =>
        new IndexedValue(array, [.. at.Select(i => (BoundIndex)new AtIndex(i))], array.Rank - at.Length, array.Type, span);

    private static Bound Shifted(Bound lower, Bound place) => lower is ConstantValue { Value: 1 } ? place
        : Binary(Operators.Add, lower, Binary(Operators.Subtract, place, Integer(1, place.Span), ElementType.Integer), ElementType.Integer);

    public static ElementwiseValue Binary(ElementwiseFunction function, Bound a, Bound b, ElementType type) => new(function, [a, b], 0, type, a.Span);

    private Bound OfIndexed(IndexedValue indexed, ImmutableArray<Bound> at)
    {
        var (full, kept) = (ImmutableArray.CreateBuilder<Bound>(), 0);
        for (var d = 0; d < indexed.Array.Rank; d++)
        {
            var index = d < indexed.Indices.Length ? indexed.Indices[d] : null;
            if (index is AtIndex { Position.Rank: 0 } single) full.Add(single.Position);
            // What is left whole at the end stays so.
            else if (kept == at.Length) break;
            else full.Add(index switch
            {
                AtIndex several => At(several.Position, [at[kept++]]),
                SliceOf { Lower: { } lower } => Shifted(lower, at[kept++]),
                _ => at[kept++],
            });
        }
        return indexed.Array is VariableValue ? Element(indexed.Array, full.ToImmutable(), indexed.Span) : At(indexed.Array, full.ToImmutable());
    }

    private Bound OfLiteral(ArrayLiteral literal, ImmutableArray<Bound> at)
    {
        if (known(at[0]) is { } place) return At(literal.Elements[(int)place - 1], at[1..]);
        if (!isRandom(literal)) return Element(literal, at, literal.Span);
        // Which element it is shows in each iteration; in all together it is a choice.
        var choice = At(literal.Elements[^1], at[1..]);
        for (var e = literal.Elements.Length - 2; e >= 0; e--)
            choice = new ConditionalValue(Binary(Operators.Equal, at[0], Integer(e + 1, literal.Span), ElementType.Boolean), At(literal.Elements[e], at[1..]), choice, choice.Rank, choice.Type, literal.Span);
        return choice;
    }

    private Bound OfFunction(ArrayFunctionValue function, ImmutableArray<Bound> at)
    {
        var a = function.Arguments;
        switch (function.Function)
        {
            case ArrayFunction.MatrixMultiply when at.Length == function.Rank:
                return Product(function, a[0].Rank == 2 ? [at[0]] : [], a[1].Rank == 2 ? [at[^1]] : []);
            case ArrayFunction.Transpose when at.Length == 2:
                return At(a[0], [at[1], at[0]]);
            case ArrayFunction.Diagonal:
                return At(a[0], [at[0], at[0]]);
            case ArrayFunction.Cumsum when known(at[0]) is { } last:
                return Sum([.. Enumerable.Range(1, (int)last).Select(i => At(a[0], [Integer(i, function.Span)]))], function.Span);
            case ArrayFunction.Outer when at.Length == 2:
                return Binary(Operators.Multiply, At(a[0], [at[0]]), At(a[1], [at[1]]), ElementType.Real);
            default:
                return Element(function, at, function.Span);
        }
    }

    private Bound Product(ArrayFunctionValue product, ImmutableArray<Bound> row, ImmutableArray<Bound> column)
    {
        var (a, b) = (product.Arguments[0], product.Arguments[1]);
        return Sum([.. Enumerable.Range(1, shapeOf(a)[^1]).Select(k => Integer(k, product.Span)).Select(k =>
            (Bound)Binary(Operators.Multiply, At(a, row.Add(k)), At(b, column.Insert(0, k)), ElementType.Real))], product.Span);
    }

    /// <summary>A number, with sums over unknown quantities in it written out.</summary>
    private Bound Reduced(Bound value)
    {
        if (!isRandom(value)) return value;
        switch (value)
        {
            case ElementwiseValue v:
                return v with { Arguments = [.. v.Arguments.Select(Reduced)] };
            case ConditionalValue v:
                return v with { Condition = Reduced(v.Condition), Then = Reduced(v.Then), Else = Reduced(v.Else) };
            case IndexedValue { Array: not VariableValue } v:
                return At(v.Array, [.. v.Indices.Select(i => ((AtIndex)i).Position)]);
            case ArrayFunctionValue { Function: ArrayFunction.Sum } v when Terms(v.Arguments[0]) is { } terms:
                return Sum(terms, v.Span);
            case ArrayFunctionValue { Function: ArrayFunction.Mean } v when Terms(v.Arguments[0]) is { Count: > 0 } terms:
                return Binary(Operators.Divide, Sum(terms, v.Span), Integer(terms.Count, v.Span), ElementType.Real);
            case ArrayFunctionValue { Function: ArrayFunction.Dot or ArrayFunction.MatrixMultiply } v when shapeOf(v.Arguments[0])[0] <= MostTerms:
                return Product(v, [], []);
            default:
                return value;
        }
    }

    /// <summary>What is summed; null where that differs between iterations, or is too much to write out.</summary>
    private List<Bound>? Terms(Bound array)
    {
        if (array is Comprehension { Body.Rank: 0 } each)
        {
            if (known(each.Lower) is not { } lower || known(each.Upper) is not { } upper || upper - lower >= MostTerms) return null;
            return [.. Enumerable.Range((int)lower, Math.Max(0, (int)(upper - lower) + 1))
                .Select(k => Reduced(Rewriting.OfLoops(new Dictionary<Loop, Bound> { [each.Loop] = Integer(k, each.Span) }).In(each.Body)))];
        }
        var shape = shapeOf(array);
        if (shape.Aggregate(1L, (count, size) => count * size) > MostTerms) return null;
        List<ImmutableArray<Bound>> places = [[]];
        foreach (var size in shape) places = [.. places.SelectMany(p => Enumerable.Range(1, size).Select(i => p.Add(Integer(i, array.Span))))];
        return [.. places.Select(p => At(array, p))];
    }

    private static Bound Sum(List<Bound> terms, Span span) =>
        terms.Count == 0 ? new ConstantValue(0, ElementType.Real, span) : terms.Aggregate((a, b) => Binary(Operators.Add, a, b, ElementType.Real));
}
