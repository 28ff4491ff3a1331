using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Elements, rows and slices.</summary>
internal sealed partial class ExpressionBinder
{
    private IndexedValue? Index(IndexExpr expr, Scope scope)
    {
        var array = Value(expr.Array, scope);
        var indices = new List<BoundIndex>();
        foreach (var index in expr.Indices)
            if (Index(index, scope) is { } bound) indices.Add(bound);
        if (array is null || indices.Count < expr.Indices.Length) return null;
        var name = array is VariableValue variable ? $"`{variable.Variable.Name}`" : "this";
        if (array.Rank == 0)
        {
            report.NotAnArray(expr.Span, name);
            return null;
        }
        if (indices.Count > array.Rank)
        {
            report.TooManyIndices(expr.Span, name, array.Rank, indices.Count);
            return null;
        }
        var rank = array.Rank - indices.Count(IsElement);
        // x[i][j] is x[i, j], which a back end reads as one element.
        if (array is IndexedValue inner && inner.Indices.All(IsElement))
            return new IndexedValue(inner.Array, [.. inner.Indices, .. indices], rank, array.Type, expr.Span);
        return new IndexedValue(array, [.. indices], rank, array.Type, expr.Span);
    }

    private BoundIndex? Index(IndexArgument index, Scope scope) => index switch
    {
        ElementIndex { Value: RangeExpr range } => Ends(range, scope) is { } ends ? Slice(ends.Lower, ends.Upper) : null,
        ElementIndex element => Element(element, scope),
        SliceIndex slice => Slice(slice, scope),
        _ => throw new UnreachableException(index.GetType().Name),
    };

    private AtIndex? Element(ElementIndex index, Scope scope)
    {
        if (Value(index.Value, scope) is not { } position) return null;
        if (position.Rank > 1)
        {
            report.IndexShape(index.Span, position.Rank);
            return null;
        }
        return IsIndex(position, index.Span) ? new AtIndex(position) : null;
    }

    private SliceOf? Slice(SliceIndex slice, Scope scope)
    {
        var lower = slice.Lower is null ? null : Integer(slice.Lower, scope, "an end of a slice");
        var upper = slice.Upper is null ? null : Integer(slice.Upper, scope, "an end of a slice");
        if (lower is null != slice.Lower is null || upper is null != slice.Upper is null) return null;
        return Slice(lower, upper);
    }

    private SliceOf? Slice(Bound? lower, Bound? upper)
    {
        // x[1..0] is empty, so an upper end of 0 is no mistake.
        if (lower is ConstantValue { Value: < 1 } constant)
        {
            report.IndexBelowOne(constant.Span, constant.Value);
            return null;
        }
        return new SliceOf(lower, upper);
    }

    /// <summary>An index on the left of a definition.</summary>
    public Bound? TargetIndex(Expr expr, Scope scope)
    {
        if (expr is RangeExpr)
        {
            report.SliceOnTheLeft(expr.Span, report.TextOf(expr.Span));
            return null;
        }
        return Number(expr, scope, "an index on the left") is { } index && IsIndex(index, expr.Span) ? index : null;
    }

    private bool IsIndex(Bound position, Span span)
    {
        if (position.Type == ElementType.Boolean)
        {
            report.BooleanIndex(span);
            return false;
        }
        if (!IsInteger(position, "an index")) return false;
        if (IsZeroOrOne(position))
        {
            report.ZeroOrOneIndex(span);
            return false;
        }
        if (position is not ConstantValue { Value: < 1 } constant) return true;
        report.IndexBelowOne(span, constant.Value);
        return false;
    }

    private static bool IsZeroOrOne(Bound position) =>
        (position is IndexedValue element ? element.Array : position) is VariableValue { Variable: { Lower: ConstantValue { Value: 0 }, Upper: ConstantValue { Value: 1 } } };

    private static bool IsElement(BoundIndex index) => index is AtIndex { Position.Rank: 0 };
}
