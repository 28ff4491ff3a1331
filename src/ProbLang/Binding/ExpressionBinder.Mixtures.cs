using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>Mixtures: of a list of distributions, or of one for each value of a range.</summary>
internal sealed partial class ExpressionBinder
{
    private BoundDistribution? MixtureOf(CallExpr call, Scope scope)
    {
        const string Signature = "Mixture(weights, [D1, D2]) or Mixture(weights, for k in 1..K: D)";
        if (call.Arguments.Length != 2)
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, ["Mixture(weights, [D1, D2])", "Mixture(weights, for k in 1..K: D)"]);
            return null;
        }
        if (InOrder(call, ["weights", "components"], Signature) is not { } values) return null;
        var weights = Weights(call, values[0], scope);
        return values[1] switch
        {
            ArrayExpr list => Components(call, weights, list, scope),
            ComprehensionExpr each => Components(call, weights, each, scope),
            var other => NotComponents(other),
        };
    }

    private Bound? Weights(CallExpr call, Expr expr, Scope scope)
    {
        if (Value(expr, scope) is not { } weights) return null;
        var parameter = new Distributions.Parameter("weights", Distributions.Domain.Simplex, Rank: 1);
        return IsParameter(call, parameter, weights, expr.Span) ? weights : null;
    }

    private MixtureDistribution? Components(CallExpr call, Bound? weights, ArrayExpr list, Scope scope)
    {
        if (list.Elements.IsEmpty)
        {
            NotComponents(list);
            return null;
        }
        var components = new List<BoundDistribution>();
        foreach (var element in list.Elements)
            if (Component(element, list, scope) is { } component) components.Add(component);
        if (weights is null || components.Count < list.Elements.Length) return null;
        var events = components.ConvertAll(DistributionTraits.EventRank);
        int[] batches = [.. components.Select((c, k) => c.Rank - events[k]).Append(weights.Rank - 1).Where(b => b > 0).Distinct()];
        // A point goes with continuous distributions too; a fraction does not go with counts.
        var other = components.Find(c => c is not PointDistribution);
        for (var k = 0; k < components.Count; k++)
            if (events[k] != events[0] || batches.Length > 1 && k > 0
                || other is not null && IsContinuous(components[k]) != IsContinuous(other) && !(components[k] is PointDistribution && IsContinuous(other)))
            {
                report.MixedComponents(list.Elements[k].Span);
                return null;
            }
        if (weights is ArrayLiteral { Rank: 1 } listed && listed.Elements.Length != components.Count)
        {
            report.ComponentCount(call.Span, listed.Elements.Length, components.Count);
            return null;
        }
        return new MixtureDistribution(weights, [.. components], batches.FirstOrDefault() + events[0], components.Select(c => c.Type).Aggregate(Join), call.Span);
    }

    private MixtureComprehension? Components(CallExpr call, Bound? weights, ComprehensionExpr each, Scope scope)
    {
        var ends = Ends(each.Range, scope);
        var loop = new Loop(each.Variable.Text, each.Variable.Span) { Category = ends is { } range ? CategoryOf.Range(range.Lower, range.Upper) : null };
        var component = Component(each.Body, each, scope.With(loop));
        if (weights is null || ends is null || component is null) return null;
        if (weights.Rank > 1 && weights.Rank - 1 != component.Rank - DistributionTraits.EventRank(component))
        {
            report.WeightsPerElement(call.Span);
            return null;
        }
        return new MixtureComprehension(weights, loop, ends.Value.Lower, ends.Value.Upper, component, call.Span);
    }

    private BoundDistribution? Component(Expr expr, Expr list, Scope scope)
    {
        if (declarations.IsDistribution(expr, scope) || expr is CallExpr) return Distribution(expr, scope);
        if (Value(expr, scope) is not null) report.NotComponents(expr.Span, list.Span);
        return null;
    }

    private BoundDistribution? NotComponents(Expr expr)
    {
        report.NotComponents(expr.Span, expr.Span);
        return null;
    }

    private static bool IsContinuous(BoundDistribution distribution) => distribution.Type == Graph.ElementType.Real;
}
