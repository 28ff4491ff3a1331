using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>What follows a distribution: <c>truncated</c>, <c>censored</c>, <c>rounded</c> and <c>ordered</c>.</summary>
internal sealed partial class ExpressionBinder
{
    private const string CensoredByMarks = "censored (right: c)` or `censored (left: c)` or `censored (interval: upper)";

    private BoundDistribution? Modified(ModifiedExpr expr, Scope scope)
    {
        var keyword = expr.Modifier.Text;
        var inside = Distribution(expr.Distribution, scope);
        return keyword switch
        {
            "truncated" => Between(expr, inside, scope) is var (lower, upper) && CanModify(expr, inside) ? new TruncatedDistribution(inside!, lower, upper, expr.Span) : null,
            "censored" when expr.Arguments.Any(a => a.Name is { Text: not ("lower" or "upper") }) => Marked(expr, inside, scope),
            "censored" => Between(expr, inside, scope) is var (lower, upper) && CanModify(expr, inside)
                ? new CensoredDistribution(inside!, lower, upper, Recorded(inside!, lower, upper), expr.Span) : null,
            "rounded" => Rounded(expr, inside, scope),
            "ordered" => Ordered(expr, inside),
            _ => throw new UnreachableException(keyword),
        };
    }

    /// <summary>The bounds of a modifier, either of which may be left out; null, after a report, where they or the distribution are mistaken.</summary>
    private (Bound? Lower, Bound? Upper)? Between(ModifiedExpr expr, BoundDistribution? inside, Scope scope)
    {
        var keyword = expr.Modifier.Text;
        var signature = $"{keyword} (lower, upper)";
        if (expr.Arguments.Length != 2)
        {
            report.ArgumentCount(expr.Modifier, expr.Arguments.Length, [signature, $"{keyword} (lower, )", $"{keyword} (, upper)", .. keyword == "censored" ? [CensoredByMarks] : System.Array.Empty<string>()]);
            return null;
        }
        ImmutableArray<string> bounds = ["lower", "upper"];
        if (NamedArguments.Of(expr.Arguments, keyword, bounds, bounds, signature, report, bounds) is not { } named) return null;
        var sound = true;
        var (lower, upper) = (End("lower"), End("upper"));
        if (inside is null || !sound) return null;
        if (lower is ConstantValue from && upper is ConstantValue to && (from.Value > to.Value || from.Value == to.Value && inside.Type == ElementType.Real))
        {
            report.EmptySupport(Span.Cover(expr.Arguments[0].Span, expr.Arguments[1].Span), from.Value, to.Value);
            return null;
        }
        // An infinite bound is none.
        return (lower is ConstantValue { Value: double.NegativeInfinity } ? null : lower, upper is ConstantValue { Value: double.PositiveInfinity } ? null : upper);

        Bound? End(string name)
        {
            if (named.FirstOrDefault(n => n.Name == name)?.Value is not { } end) return null;
            var bound = ModifierArgument(expr, end, inside, scope);
            sound &= bound is not null;
            return bound;
        }
    }

    private MarkedDistribution? Marked(ModifiedExpr expr, BoundDistribution? inside, Scope scope)
    {
        ImmutableArray<string> names = ["right", "left", "interval"];
        if (expr.Arguments.Any(a => a.Name is null || a.Name.Text is "lower" or "upper"))
        {
            report.ArgumentsExclude(expr.Modifier, expr.Arguments.Select(a => a.Name?.Text).OfType<string>().Where(names.Contains).Prepend("bounds"), CensoredByMarks);
            return null;
        }
        if (NamedArguments.Of(expr.Arguments, "censored", [], names, CensoredByMarks, report) is not { } named) return null;
        var sound = true;
        var (right, left, interval) = (Mark("right"), Mark("left"), Mark("interval"));
        return inside is not null && sound && CanModify(expr, inside) ? new MarkedDistribution(inside, right, left, interval, expr.Span) : null;

        Bound? Mark(string name)
        {
            if (named.FirstOrDefault(n => n.Name == name)?.Value is not { } written) return null;
            var mark = ModifierArgument(expr, written, inside, scope);
            sound &= mark is not null && (name == "interval" || IsCondition(mark));
            return mark;
        }
    }

    private RoundedDistribution? Rounded(ModifiedExpr expr, BoundDistribution? inside, Scope scope)
    {
        const string Signature = "rounded (step)";
        if (expr.Arguments.Length != 1)
        {
            report.ArgumentCount(expr.Modifier, expr.Arguments.Length, [Signature]);
            return null;
        }
        if (NamedArguments.Of(expr.Arguments, "rounded", ["step"], ["step"], Signature, report) is not [{ Value: { } written }]
            || ModifierArgument(expr, written, inside, scope) is not { } step || inside is null || !CanModify(expr, inside)) return null;
        if (step is ConstantValue { Value: var value } && !(value > 0 && double.IsFinite(value)))
        {
            report.OutsideDomain(written.Span, "rounded", "step", "above 0 and finite", value);
            return null;
        }
        return new RoundedDistribution(inside, step, step.Type == ElementType.Real ? ElementType.Real : ElementType.Integer, expr.Span);
    }

    private OrderedDistribution? Ordered(ModifiedExpr expr, BoundDistribution? inside)
    {
        if (inside is null) return null;
        if (inside.Rank > 0 && DistributionTraits.EventRank(inside) == 0 && inside.Type == ElementType.Real && DistributionTraits.IsIid(inside) && !DistributionTraits.HasAtoms(inside))
            return new OrderedDistribution(inside, expr.Span);
        report.NotIid(expr.Distribution.Span);
        return null;
    }

    /// <summary>A single value for all draws, or one for each.</summary>
    private Bound? ModifierArgument(ModifiedExpr expr, Expr written, BoundDistribution? inside, Scope scope)
    {
        if (Value(written, scope) is not { } value || inside is null) return null;
        if (value.Rank == 0 || value.Rank == inside.Rank) return value;
        report.ShapesDisagree(written.Span, $"`{expr.Modifier.Text}`", [inside.Rank, value.Rank]);
        return null;
    }

    private bool CanModify(ModifiedExpr expr, BoundDistribution? inside)
    {
        if (inside is not null && DistributionTraits.HasDistributionFunction(inside)) return true;
        if (inside is not null) report.CannotModify(expr.Distribution.Span, DistributionTraits.Name(inside), expr.Modifier.Text, inside is OrderedDistribution);
        return false;
    }

    /// <summary>What is recorded are values of the distribution and the bounds.</summary>
    private static ElementType Recorded(BoundDistribution inside, Bound? lower, Bound? upper) =>
        new[] { lower, upper }.OfType<Bound>().Select(b => b.Type).Aggregate(inside.Type, Join);
}
