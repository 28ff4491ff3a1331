using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>Distributions with a probability of their own for one value: <c>Delta</c>, <c>ZeroInflated</c>, <c>Hurdle</c>.</summary>
internal sealed partial class ExpressionBinder
{
    private const string Delta = "Delta";
    private const string ZeroInflated = "ZeroInflated";
    private const string Hurdle = "Hurdle";

    private PointDistribution? Point(CallExpr call, Scope scope)
    {
        if (Counted(call, ["value"]) is not [var written] || Value(written, scope) is not { } value) return null;
        return new PointDistribution(value, call.Span);
    }

    private ZeroDistribution? WithZeros(CallExpr call, Scope scope)
    {
        var name = call.Function.Text;
        if (Counted(call, ["p", "distribution"]) is not [var first, var second]) return null;
        var p = Value(first, scope);
        var rest = Distribution(second, scope);
        if (p is null || rest is null || !ConstantChecks.IsInDomain(call, new Parameter("p", Domain.Probability), p, first.Span, report)) return null;
        if (DistributionTraits.EventRank(rest) > 0)
        {
            report.ArgumentShape(second.Span, name, "distribution", "one of single numbers", DistributionTraits.EventRank(rest));
            return null;
        }
        if (p.Rank != 0 && rest.Rank != 0 && p.Rank != rest.Rank)
        {
            report.ShapesDisagree(call.Span, $"`{name}`", [p.Rank, rest.Rank]);
            return null;
        }
        if (name == Hurdle)
        {
            if (!DistributionTraits.HasDistributionFunction(rest))
            {
                report.CannotModify(second.Span, DistributionTraits.Name(rest), "truncated", isOrdered: false);
                return null;
            }
            rest = new TruncatedDistribution(rest, new ConstantValue(rest.Type == ElementType.Real ? 0 : 1, ElementType.Integer, second.Span), null, second.Span)
            {
                IsLowerOpen = rest.Type == ElementType.Real && DistributionTraits.HasAtoms(rest),
            };
        }
        return new ZeroDistribution(p, rest, name == Hurdle, Math.Max(p.Rank, rest.Rank), call.Span);
    }

    /// <summary>The arguments in the order of the parameters, where their number and names are right.</summary>
    private ImmutableArray<Expr>? Counted(CallExpr call, ImmutableArray<string> parameters)
    {
        var signature = $"{call.Function.Text}({string.Join(", ", parameters)})";
        if (call.Arguments.Length == parameters.Length) return InOrder(call, parameters, signature);
        report.ArgumentCount(call.Function, call.Arguments.Length, [signature]);
        return null;
    }
}
