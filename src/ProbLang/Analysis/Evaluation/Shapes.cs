using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Datasets;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>
/// The concrete shapes of expressions and of draws, under the present values of the loops. Null stands for a shape that is
/// not known yet, because it is that of a variable that is only being laid out.
/// </summary>
internal sealed class Shapes(ExpressionCode code, Func<Variable, int[]?> shapeOf, Func<Variable, RowLengths?> rowsOf)
{
    /// <summary>The one shape of all that are not scalars; a scalar when all are.</summary>
    public static int[] Broadcast(IEnumerable<int[]> shapes)
    {
        int[] common = [];
        foreach (var shape in shapes) common = Common(common, shape);
        return common;
    }

    /// <summary>As <see cref="Broadcast(IEnumerable{int[]})"/>, of values.</summary>
    public static int[] Broadcast(ReadOnlySpan<Tensor> values)
    {
        int[] common = [];
        foreach (var value in values) common = Common(common, value.Shape);
        return common;
    }

    /// <summary>The one form of rows of all that are not scalars. Throws <see cref="ShapeMismatchException"/>.</summary>
    public static RowLengths? Rows(ReadOnlySpan<Tensor> values)
    {
        var ragged = Array.Find(values.ToArray(), v => v.Rows is not null)?.Rows;
        foreach (var value in values)
            if (ragged is not null && value.Rank > 0 && !ragged.IsAs(value.Rows)) throw new ShapeMismatchException("the rows of one have other lengths than those of the other");
        return ragged;
    }

    private static int[] Common(int[] common, int[] shape)
    {
        if (shape.Length == 0) return common;
        return common.Length == 0 || common.AsSpan().SequenceEqual(shape) ? shape
            : throw new ShapeMismatchException($"{ShapeText.Of(common)} and {ShapeText.Of(shape)} differ in shape, and only single numbers are repeated") { IsOfOperands = true };
    }

    public int[]? Of(Bound e) => e switch
    {
        { Rank: 0 } => [],
        VariableValue variable => shapeOf(variable.Variable),
        ElementwiseValue elementwise => BroadcastKnown(elementwise.Rank, elementwise.Arguments, e),
        ConditionalValue choice => BroadcastKnown(choice.Rank, [choice.Condition, choice.Then, choice.Else], e),
        ArrayFunctionValue function => OfFunction(function),
        IndexedValue indexed => OfIndexed(indexed),
        ArrayLiteral literal => literal.Elements.Length == 0 ? new int[literal.Rank] : Greatest([.. literal.Elements.Select(Of)]) is { } rest ? [literal.Elements.Length, .. rest] : null,
        Comprehension comprehension => OfComprehension(comprehension),
        DistributionValue value => OfQuestion(value),
        NetValue net => OfNet(net),
        RangeValue range => [code.Extent(code.Scalar(range.Lower)(), code.Scalar(range.Upper)(), range.Span).Count],
        _ => throw new UnreachableException($"{e.GetType().Name} has no shape"),
    };

    /// <summary>How long the rows of an array are, where it is ragged; <see cref="Of(Bound)"/> then has the greatest lengths.</summary>
    public RowLengths? RowsOf(Bound e) => e switch
    {
        { Rank: < 2 } => null,
        VariableValue variable => rowsOf(variable.Variable),
        ElementwiseValue elementwise => elementwise.Arguments.Select(RowsOf).FirstOrDefault(r => r is not null),
        ConditionalValue choice => RowsOf(choice.Then) ?? RowsOf(choice.Else),
        IndexedValue indexed => RowsOf(indexed.Array) is not null ? Gathered(indexed)?.Rows : null,
        ArrayLiteral literal => Stacked([.. literal.Elements.Select(Skeleton)], e.Rank)?.Rows,
        Comprehension comprehension => Stacked(EachBody(comprehension, Skeleton), e.Rank)?.Rows,
        _ => null,
    };

    /// <summary>An array of the form of an expression, of values that are not known.</summary>
    private Tensor? Skeleton(Bound e) => Of(e) is { } shape ? new Tensor(shape, Tensor.Unknown(shape).Values) { Rows = RowsOf(e) } : null;

    private static Tensor? Stacked(Tensor?[] parts, int rank) => Array.Exists(parts, p => p is null) ? null : Tensor.Stacked(parts!, rank);

    private Tensor? Gathered(IndexedValue indexed) =>
        Skeleton(indexed.Array) is { } array ? new Gathering([.. indexed.Indices.Select((index, d) => Selection.Of(index, d, indexed, code))]).Of(array) : null;

    /// <summary>The shape of a draw.</summary>
    public int[]? Of(BoundDistribution distribution) => distribution switch
    {
        { Rank: 0 } => [],
        CatalogDistribution catalog => OfCatalog(catalog),
        RepeatedDistribution repeated => Of(repeated.Base) is { } shape ? [.. repeated.Sizes.Select(Size), .. shape] : null,
        TruncatedDistribution truncated => OfModified(truncated, truncated.Base, truncated.Lower, truncated.Upper),
        ChoiceDistribution choice => BroadcastKnown(choice.Rank, [Of(choice.Then), Of(choice.Else)], choice.Span),
        CensoredDistribution censored => OfModified(censored, censored.Base, censored.Lower, censored.Upper),
        MarkedDistribution marked => OfModified(marked, marked.Base, marked.Right, marked.Left, marked.Interval),
        RoundedDistribution rounded => OfModified(rounded, rounded.Base, rounded.Step),
        OrderedDistribution ordered => Of(ordered.Base),
        PointDistribution point => Of(point.Value),
        ZeroDistribution zero => BroadcastKnown(zero.Rank, [Of(zero.Probability), Of(zero.Rest)], zero.Span),
        MixtureDistribution mixture => OfMixture(mixture.Weights, [.. mixture.Components.Select(Of)], DistributionTraits.EventRank(mixture), mixture),
        MixtureComprehension mixture => OfMixture(mixture.Weights, [OfComponent(mixture)], DistributionTraits.EventRank(mixture), mixture),
        _ => throw new UnreachableException($"{distribution.GetType().Name} has no shape"),
    };

    /// <summary>Nets act on the last dimension; an embedding and a masked net add or take one.</summary>
    private int[]? OfNet(NetValue value)
    {
        if (Of(value.Argument) is not { } argument) return null;
        if (value.Aspect == NetAspect.InverseLogJacobian || value.Rank < argument.Length) return argument[..value.Rank];
        if (value.Aspect == NetAspect.Inverse || value.Net.Kind is { IsInvertible: true }) return argument;
        return [.. argument.AsSpan(0, value.Rank - 1), code.Plans(value.Net).Shape.Outputs];
    }

    private int[]? OfQuestion(DistributionValue value)
    {
        if (Of(value.Distribution) is not { } drawn || Of(value.At) is not { } at) return null;
        var rank = DistributionTraits.EventRank(value.Distribution);
        return code.Located(value.Span, () =>
        {
            if (!drawn.AsSpan(drawn.Length - rank).SequenceEqual(at.AsSpan(at.Length - rank)))
                throw new ShapeMismatchException($"a draw is {ShapeText.Of(drawn[^rank..])} and the value {ShapeText.Of(at[^rank..])}");
            return Broadcast([drawn[..^rank], at[..^rank]]);
        });
    }

    private int Size(Bound size)
    {
        var n = code.Scalar(size)();
        return n >= 0 && n == Math.Floor(n) && n <= int.MaxValue ? (int)n : throw new DiagnosticException(double.IsNaN(n)
            ? DataDiagnostics.RangeUnknown(code.Source.Locate(size.Span)) : DataDiagnostics.SizeNotWhole(code.Source.Locate(size.Span), n));
    }

    private int[]? OfOptional(Bound? e) => e is null ? [] : Of(e);

    private int[]? BroadcastKnown(int rank, ImmutableArray<Bound> operands, Bound e) => BroadcastKnown(rank, operands.Select(o => (o.Span, (Bound?)o, Of(o))), e.Span);

    private int[]? OfModified(BoundDistribution whole, BoundDistribution inside, params Bound?[] arguments) =>
        BroadcastKnown(whole.Rank, [(inside.Span, null, Of(inside)), .. arguments.OfType<Bound>().Select(a => (a.Span, (Bound?)a, Of(a)))], whole.Span);

    private int[]? BroadcastKnown(int rank, IEnumerable<int[]?> shapes, Text.Span span) => BroadcastKnown(rank, shapes.Select(s => (span, (Bound?)null, s)), span);

    private int[]? BroadcastKnown(int rank, IEnumerable<(Text.Span Span, Bound? Value, int[]? Shape)> operands, Text.Span span)
    {
        (Text.Span Span, Bound? Value, int[] Shape)[] known = [.. operands.Where(o => o.Shape is { Length: > 0 }).Select(o => (o.Span, o.Value, o.Shape!))];
        if (known.Length == 0) return rank == 0 ? [] : null;
        return code.Located(span, () => Broadcast(known.Select(o => o.Shape)), shapes: () => known.All(o => o.Span == span) ? [] : known);
    }

    private int[]? OfFunction(ArrayFunctionValue function)
    {
        var shapes = function.Arguments.Select(Of).ToArray();
        if (shapes.Any(s => s is null)) return null;
        return code.Located(function.Span, () => ArrayFunctions.ResultShape(function.Function, shapes!, i => Size(function.Arguments[i])),
            shapes: () => function.Arguments.Select((a, i) => (a.Span, (Bound?)a, shapes[i]!)));
    }

    private int[]? OfIndexed(IndexedValue indexed)
    {
        if (Of(indexed.Array) is not { } shape) return null;
        if (RowsOf(indexed.Array) is { } rows) return OfPart(indexed, rows);
        var result = new List<int>();
        for (var d = 0; d < indexed.Indices.Length; d++)
        {
            if (indexed.Indices[d] is AtIndex { Position.Rank: 0 }) continue;
            if (indexed.Indices[d] is AtIndex at)
            {
                if (Of(at.Position) is not { } positions) return null;
                result.Add(positions[0]);
            }
            else result.Add(Selection.Of(indexed.Indices[d], d, indexed, code).Offsets(shape[d], []).Length);
        }
        return [.. result, .. shape[indexed.Indices.Length..]];
    }

    /// <summary>The shape of a part of a ragged array: most often a row, or a slice of one.</summary>
    private int[]? OfPart(IndexedValue indexed, RowLengths rows)
    {
        var index = new List<int>();
        var prefix = 0;
        foreach (var at in indexed.Indices.TakeWhile(i => i is AtIndex { Position.Rank: 0 }))
        {
            var offset = Selection.Of(at, index.Count, indexed, code).Offsets(rows[index.Count, prefix], index.ToArray())[0];
            if (offset < 0) return Gathered(indexed)?.Shape;
            prefix = prefix * rows.Shape[index.Count] + offset;
            index.Add(offset);
        }
        var d = index.Count;
        if (d == indexed.Indices.Length) return rows.ShapeWithin(d, prefix);
        if (d + 1 < rows.Shape.Length) return Gathered(indexed)?.Shape;
        return [Selection.Of(indexed.Indices[d], d, indexed, code).Offsets(rows[d, prefix], index.ToArray()).Length];
    }

    private int[]? OfComprehension(Comprehension comprehension)
    {
        if (comprehension.Body.Rank == 0) return [Extent(comprehension).Count];
        var bodies = EachBody(comprehension, Of);
        return bodies.Length == 0 ? new int[comprehension.Rank] : Greatest(bodies) is { } rest ? [bodies.Length, .. rest] : null;
    }

    private T[] EachBody<T>(Comprehension comprehension, Func<Bound, T> of)
    {
        var (first, n) = Extent(comprehension);
        var (bodies, budget, held) = (new T[n], Budget.Current, 0.0);
        for (var i = 0; i < n; i++)
        {
            code.Tick();
            code[comprehension.Loop].Value = first + i;
            bodies[i] = of(comprehension.Body);
            if (bodies[i] is not Tensor { Values.Length: var size }) continue;
            budget.Take((double)size * sizeof(double), "an array");
            held += (double)size * sizeof(double);
        }
        budget.Return(held);
        return bodies;
    }

    private (int First, int Count) Extent(Comprehension comprehension) =>
        code.Extent(code.Scalar(comprehension.Lower)(), code.Scalar(comprehension.Upper)(), comprehension.Span);

    /// <summary>The greatest size in each dimension; null where a shape is not known.</summary>
    private static int[]? Greatest(int[]?[] shapes)
    {
        if (shapes[0] is not { } first) return null;
        var greatest = (int[])first.Clone();
        foreach (var shape in shapes)
        {
            if (shape is null) return null;
            for (var d = 0; d < greatest.Length; d++) greatest[d] = Math.Max(greatest[d], shape[d]);
        }
        return greatest;
    }

    private int[]? OfComponent(MixtureComprehension mixture)
    {
        code[mixture.Loop].Value = code.Extent(code.Scalar(mixture.Lower)(), code.Scalar(mixture.Upper)(), mixture.Span).First;
        return Of(mixture.Component);
    }

    private int[]? OfMixture(Bound weights, int[]?[] components, int eventRank, BoundDistribution mixture)
    {
        var known = components.FirstOrDefault(c => c is not null);
        var batch = Of(weights)?[..^1] ?? [];
        if (known is not null && batch.Length > 0 && known.Length == eventRank) return [.. batch, .. known];
        return BroadcastKnown(mixture.Rank, components, mixture.Span);
    }

    private static string Disagreement(string first, int[] ofFirst, string second, int[] ofSecond) => first == second
        ? $"the {first} is {ofFirst[0]} by {ofFirst[^1]}, but must be square"
        : $"the {first} is {Words(ofFirst)}, but the {second} {Words(ofSecond)}";

    private static string Words(int[] shape) => shape.Length == 1 ? $"a vector of {shape[0]}" : $"{shape[0]} by {shape[1]}";

    private int[]? OfCatalog(CatalogDistribution catalog)
    {
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        var batches = new List<(Text.Span, Bound?, int[]?)>();
        var own = new int[parameters.Length][];
        for (var i = 0; i < parameters.Length; i++)
        {
            var shape = OfOptional(catalog.Arguments[i]);
            var batchShape = shape?[..(shape.Length - Math.Min(shape.Length, parameters[i].Rank))];
            if (catalog.Arguments[i] is { } argument) batches.Add((argument.Span, parameters[i].Rank == 0 ? argument : null, batchShape));
            own[i] = parameters[i].Domain == Domain.Size ? [Size(catalog.Arguments[i]!)] : shape?[^Math.Min(shape.Length, parameters[i].Rank)..]!;
        }
        if (catalog.Distribution is not ArrayDistribution array) return BroadcastKnown(catalog.Rank, batches, catalog.Span);
        if (own.Any(s => s is null)) return null;
        var each = code.Located(catalog.Span, () => array.Disagreement(catalog.Form, own) is var (first, second)
            ? throw new ShapeMismatchException(Disagreement(parameters[first].Name, own[first], parameters[second].Name, own[second]))
            : array.EventShape(catalog.Form, own));
        var batch = BroadcastKnown(catalog.Rank - each.Length, batches, catalog.Span);
        return batch is null ? null : [.. batch, .. each];
    }
}
