using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// The concrete shapes of expressions and of draws, under the present values of the loops. Null stands for a shape that is
/// not known yet, because it is that of a variable that is only being laid out.
/// </summary>
internal sealed class Shapes(ExpressionCode code, Func<Variable, int[]?> shapeOf)
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

    private static int[] Common(int[] common, int[] shape)
    {
        if (shape.Length == 0) return common;
        return common.Length == 0 || common.AsSpan().SequenceEqual(shape) ? shape
            : throw new ShapeMismatchException($"{ShapeText.Of(common)} and {ShapeText.Of(shape)} differ in shape, and only single numbers are repeated");
    }

    public int[]? Of(Bound e) => e switch
    {
        { Rank: 0 } => [],
        VariableValue variable => shapeOf(variable.Variable),
        ElementwiseValue elementwise => BroadcastKnown(elementwise.Rank, elementwise.Arguments.Select(Of), e),
        ConditionalValue choice => BroadcastKnown(choice.Rank, [Of(choice.Condition), Of(choice.Then), Of(choice.Else)], e),
        ArrayFunctionValue function => OfFunction(function),
        IndexedValue indexed => OfIndexed(indexed),
        ArrayLiteral literal => literal.Elements.Length == 0 ? new int[literal.Rank] : Of(literal.Elements[0]) is { } rest ? [literal.Elements.Length, .. rest] : null,
        Comprehension comprehension => OfComprehension(comprehension),
        RangeValue range => [code.Extent(code.Scalar(range.Lower)(), code.Scalar(range.Upper)(), range.Span).Count],
        _ => throw new UnreachableException($"{e.GetType().Name} has no shape"),
    };

    /// <summary>The shape of a draw.</summary>
    public int[]? Of(BoundDistribution distribution) => distribution switch
    {
        { Rank: 0 } => [],
        CatalogDistribution catalog => OfCatalog(catalog),
        RepeatedDistribution repeated => Of(repeated.Base) is { } shape ? [.. repeated.Sizes.Select(Size), .. shape] : null,
        TruncatedDistribution truncated => BroadcastKnown(truncated.Rank, [Of(truncated.Base), OfOptional(truncated.Lower), OfOptional(truncated.Upper)], truncated.Span),
        ChoiceDistribution choice => BroadcastKnown(choice.Rank, [Of(choice.Then), Of(choice.Else)], choice.Span),
        MixtureDistribution mixture => OfMixture(mixture.Weights, [.. mixture.Components.Select(Of)], mixture.Components.Max(EventRank), mixture),
        MixtureComprehension mixture => OfMixture(mixture.Weights, [OfComponent(mixture)], EventRank(mixture.Component), mixture),
        _ => throw new UnreachableException($"{distribution.GetType().Name} has no shape"),
    };

    /// <summary>How many dimensions a single draw has, as against a batch of them.</summary>
    public static int EventRank(BoundDistribution distribution) => distribution switch
    {
        CatalogDistribution catalog => catalog.Distribution.EventRank,
        RepeatedDistribution repeated => EventRank(repeated.Base),
        TruncatedDistribution truncated => EventRank(truncated.Base),
        ChoiceDistribution choice => Math.Max(EventRank(choice.Then), EventRank(choice.Else)),
        MixtureDistribution mixture => mixture.Components.Max(EventRank),
        MixtureComprehension mixture => EventRank(mixture.Component),
        _ => throw new UnreachableException($"{distribution.GetType().Name} has no event"),
    };

    private int Size(Bound size)
    {
        var n = code.Scalar(size)();
        return n >= 0 && n == Math.Floor(n) && n <= int.MaxValue ? (int)n : throw new DiagnosticException(double.IsNaN(n)
            ? DataDiagnostics.RangeUnknown(code.Source.Locate(size.Span)) : DataDiagnostics.SizeNotWhole(code.Source.Locate(size.Span), n));
    }

    private int[]? OfOptional(Bound? e) => e is null ? [] : Of(e);

    private int[]? BroadcastKnown(int rank, IEnumerable<int[]?> shapes, Bound e) => BroadcastKnown(rank, shapes, e.Span);

    private int[]? BroadcastKnown(int rank, IEnumerable<int[]?> shapes, Text.Span span)
    {
        var known = shapes.OfType<int[]>().Where(s => s.Length > 0).ToArray();
        if (known.Length > 0) return code.Located(span, () => Broadcast(known));
        return rank == 0 ? [] : null;
    }

    private int[]? OfFunction(ArrayFunctionValue function)
    {
        var shapes = function.Arguments.Select(Of).ToArray();
        if (shapes.Any(s => s is null)) return null;
        return code.Located(function.Span, () => ArrayFunctions.ResultShape(function.Function, shapes!, i => Size(function.Arguments[i])));
    }

    private int[]? OfIndexed(IndexedValue indexed)
    {
        if (Of(indexed.Array) is not { } shape) return null;
        var result = new List<int>();
        for (var d = 0; d < indexed.Indices.Length; d++)
        {
            if (indexed.Indices[d] is AtIndex { Position.Rank: 0 }) continue;
            if (indexed.Indices[d] is AtIndex at)
            {
                if (Of(at.Position) is not { } positions) return null;
                result.Add(positions[0]);
            }
            else result.Add(Selection.Of(indexed.Indices[d], d, indexed, code).Offsets(shape[d]).Length);
        }
        return [.. result, .. shape[indexed.Indices.Length..]];
    }

    private int[]? OfComprehension(Comprehension comprehension)
    {
        var (first, n) = code.Extent(code.Scalar(comprehension.Lower)(), code.Scalar(comprehension.Upper)(), comprehension.Span);
        code[comprehension.Loop].Value = first;
        if (n == 0) return new int[comprehension.Rank];
        return Of(comprehension.Body) is { } rest ? [n, .. rest] : null;
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

    private int[]? OfCatalog(CatalogDistribution catalog)
    {
        var parameters = catalog.Distribution.Forms[catalog.Form].Parameters;
        var batches = new List<int[]?>();
        var own = new int[parameters.Length][];
        for (var i = 0; i < parameters.Length; i++)
        {
            var shape = OfOptional(catalog.Arguments[i]);
            batches.Add(shape?[..(shape.Length - Math.Min(shape.Length, parameters[i].Rank))]);
            own[i] = shape?[^Math.Min(shape.Length, parameters[i].Rank)..]!;
        }
        if (catalog.Distribution is not ArrayDistribution array) return BroadcastKnown(catalog.Rank, batches, catalog.Span);
        if (own.Any(s => s is null)) return null;
        var each = code.Located(catalog.Span, () => array.EventShape(catalog.Form, own));
        var batch = BroadcastKnown(catalog.Rank - each.Length, batches, catalog.Span);
        return batch is null ? null : [.. batch, .. each];
    }
}
