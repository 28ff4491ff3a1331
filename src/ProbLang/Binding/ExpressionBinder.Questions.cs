using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>Functions of a distribution: <c>log_density(D, x)</c>, <c>cdf(D, x)</c>, <c>log_survival(D, x)</c>, <c>quantile(D, p)</c>.</summary>
internal sealed partial class ExpressionBinder
{
    private DistributionValue? Question(CallExpr call, DistributionQuestion question, Scope scope)
    {
        var name = call.Function.Text;
        if (Counted(call, ["distribution", DistributionFunctions.Argument(question)]) is not [var first, var second])
        {
            Arguments(call, scope);
            return null;
        }
        var at = Value(second, scope);
        if (!declarations.IsDistribution(first, scope))
        {
            if (first is not CallExpr || Value(first, scope) is not null) report.NotADistribution(first.Span, name);
            return null;
        }
        if (Distribution(first, scope) is not { } distribution || at is null) return null;
        if (question != DistributionQuestion.LogDensity && !DistributionTraits.HasDistributionFunction(distribution))
        {
            report.NoDistributionFunction(first.Span, DistributionTraits.Name(distribution), name);
            return null;
        }
        if (question == DistributionQuestion.Quantile && at is ConstantValue { Value: var p } && !(p is >= 0 and <= 1))
        {
            report.OutsideDomain(second.Span, name, "p", "between 0 and 1", p);
            return null;
        }
        var rank = DistributionTraits.EventRank(distribution);
        var (draws, values) = (distribution.Rank - rank, at.Rank - rank);
        if (values < 0 || draws > 0 && values > 0 && draws != values)
        {
            report.ShapesDisagree(call.Span, $"`{name}`", [distribution.Rank, at.Rank]);
            return null;
        }
        var type = question == DistributionQuestion.Quantile && distribution.Type != ElementType.Real ? ElementType.Integer : ElementType.Real;
        return new DistributionValue(question, distribution, at, Math.Max(draws, values), type, call.Span);
    }
}
