using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>What can be said of arguments that are constants.</summary>
internal static class ConstantChecks
{
    /// <summary>Reports constants outside a parameter's domain; what is not constant is left to the data.</summary>
    public static bool IsInDomain(CallExpr call, Parameter parameter, Bound argument, Span span, BindingDiagnostics report)
    {
        var (function, name) = (call.Function.Text, parameter.Name);
        var values = Constants(argument);
        foreach (var value in values)
        {
            if (Holds(parameter, value)) continue;
            report.OutsideDomain(span, function, name, Words(parameter.Domain), value);
            return false;
        }
        if (parameter.Domain == Domain.IncreasingVector) return Increases(call, parameter, argument, report);
        if (parameter.Domain != Domain.Simplex || values.Length == 0 || argument is not ArrayLiteral { Rank: 1 } list || values.Length != list.Elements.Length) return true;
        if (Math.Abs(values.Sum() - 1) <= Domains.Tolerance) return true;
        report.SumsTo(span, function, name, values.Sum());
        return false;
    }

    private static bool Increases(CallExpr call, Parameter parameter, Bound argument, BindingDiagnostics report)
    {
        if (argument is not ArrayLiteral { Rank: 1 } list) return true;
        for (var i = 1; i < list.Elements.Length; i++)
        {
            if (list.Elements[i - 1] is not ConstantValue before || list.Elements[i] is not ConstantValue value || before.Value < value.Value) continue;
            report.OutsideDomain(value.Span, call.Function.Text, parameter.Name, "increasing", value.Value);
            return false;
        }
        return true;
    }

    /// <summary>Reports a distribution of constants that no value can come from.</summary>
    public static bool HasSupport(CallExpr call, Distribution distribution, int form, Bound?[] arguments, BindingDiagnostics report)
    {
        if (distribution is not ScalarDistribution scalar) return true;
        var constants = new Real[arguments.Length];
        for (var i = 0; i < constants.Length; i++)
        {
            if (arguments[i] is not ConstantValue constant) return true;
            constants[i] = constant.Value;
        }
        var bounds = scalar.Bounds<Real>(form, constants);
        if (!bounds.HasLower || !bounds.HasUpper || (distribution.IsDiscrete ? bounds.Lower.Value <= bounds.Upper.Value : bounds.Lower.Value < bounds.Upper.Value)) return true;
        report.EmptySupport(Text.Span.Cover(call.Arguments[0].Span, call.Arguments[^1].Span), bounds.Lower, bounds.Upper);
        return false;
    }

    /// <summary>Reports a constant size below 0.</summary>
    public static bool IsSize(Bound size, Span span, BindingDiagnostics report)
    {
        if (size is not ConstantValue { Value: < 0 } constant) return true;
        report.OutsideDomain(span, "^", "number of draws", "0 or more", constant.Value);
        return false;
    }

    /// <summary>Reports constant sizes below 1.</summary>
    public static bool IsPositive(Bound sizes, string function, string parameter, BindingDiagnostics report)
    {
        foreach (var value in Constants(sizes))
        {
            if (value >= 1) continue;
            report.OutsideDomain(sizes.Span, function, parameter, "1 or more", value);
            return false;
        }
        return true;
    }

    private static double[] Constants(Bound argument) => argument switch
    {
        ConstantValue constant => [constant.Value],
        ArrayLiteral { Rank: 1 } list => [.. list.Elements.OfType<ConstantValue>().Select(e => e.Value)],
        _ => [],
    };

    private static bool Holds(Parameter parameter, double value) => parameter.Domain switch
    {
        Domain.Real or Domain.RealVector or Domain.IncreasingVector => double.IsFinite(value) || parameter.Optional && !double.IsNaN(value),
        Domain.Positive or Domain.PositiveVector => value > 0 && double.IsFinite(value),
        Domain.NonNegative => value >= 0 && double.IsFinite(value),
        Domain.Probability or Domain.Simplex => value is >= 0 and <= 1,
        Domain.Count or Domain.Size => value >= 0 && double.IsInteger(value),
        Domain.Integer => double.IsInteger(value),
        Domain.PositiveDefinite or Domain.CholeskyFactor => true,
        _ => throw new UnreachableException(parameter.Domain.ToString()),
    };

    private static string Words(Domain domain) => domain switch
    {
        Domain.Real or Domain.RealVector or Domain.IncreasingVector => "finite",
        Domain.Positive or Domain.PositiveVector => "above 0 and finite",
        Domain.NonNegative => "0 or more and finite",
        Domain.Probability or Domain.Simplex => "between 0 and 1",
        Domain.Count or Domain.Size => "a whole number, 0 or more",
        Domain.Integer => "a whole number",
        Domain.PositiveDefinite => "positive definite",
        Domain.CholeskyFactor => "a Cholesky factor",
        _ => throw new UnreachableException(domain.ToString()),
    };
}
