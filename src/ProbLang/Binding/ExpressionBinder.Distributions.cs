using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Distributions: those of the catalog, repeated, truncated and mixed.</summary>
internal sealed partial class ExpressionBinder
{
    private string? _target;
    private Expr? _right;

    /// <summary>The right side of <c>x = …</c>; messages may name <c>x</c>.</summary>
    public Bound? Right(string target, Expr expr, Scope scope)
    {
        (_target, _right) = (target, expr);
        var value = Value(expr, scope);
        (_target, _right) = (null, null);
        return value;
    }

    /// <summary>The right side of <c>x ~ …</c>; messages may name <c>x</c>.</summary>
    public BoundDistribution? Drawn(string target, Expr expr, Scope scope)
    {
        if (declarations.IsDistribution(expr, scope) || expr is CallExpr or IfExpr) return Distribution(expr, scope);
        if (Value(expr, scope) is not null) report.ValueAsDistribution(expr.Span, target);
        return null;
    }

    public BoundDistribution? Distribution(Expr expr, Scope scope)
    {
        if (!Descend(expr.Span)) return null;
        var distribution = DistributionOf(expr, scope);
        _depth--;
        return distribution;
    }

    private BoundDistribution? DistributionOf(Expr expr, Scope scope) => expr switch
    {
        CallExpr e => DistributionCall(e, scope),
        PowerExpr e => Repeated(e, scope),
        ModifiedExpr e => Modified(e, scope),
        IfExpr e => ConditionalDistribution(e, scope),
        NumberExpr or StringExpr or BoolExpr or NameExpr or ChainExpr or UnaryExpr or RangeExpr or IndexExpr or ArrayExpr or ComprehensionExpr => ValueAsDistribution(expr),
        _ => throw new UnreachableException(expr.GetType().Name),
    };

    private BoundDistribution? ValueAsDistribution(Expr expr)
    {
        report.ValueAsDistribution(expr.Span, null);
        return null;
    }

    private BoundDistribution? ConditionalDistribution(IfExpr expr, Scope scope)
    {
        if (declarations.IsDistribution(expr.Then, scope) || declarations.IsDistribution(expr.Else, scope)) report.ConditionalDistribution(expr.Span);
        else report.ValueAsDistribution(expr.Span, null);
        return null;
    }

    private BoundDistribution? DistributionCall(CallExpr call, Scope scope)
    {
        var name = call.Function.Text;
        if (declarations.Function(name, scope) is { } function)
        {
            if (!RandomFunctions.Expands(function)) return Inlined(call, function, scope, Distribution);
            if (ArgumentsOf(call, function, scope) is not null) report.DrawnInPart(call.Span, function.Name, report.TextOf(call.Span));
            return null;
        }
        if (name == Mixture) return MixtureOf(call, scope);
        if (name == Delta) return Point(call, scope);
        if (name is ZeroInflated or Hurdle) return WithZeros(call, scope);
        if (DistributionCatalog.Find(name) is { } distribution) return Catalog(call, distribution, scope);
        if (Enum.TryParse<LearnedForm>(name, out var form) && Enum.IsDefined(form) && name == form.ToString()) return Learned(call, form, scope);
        if (declarations.Unread.MayDefine(name)) { }
        else if (!FunctionCatalog.Find(name).IsEmpty && NearestDistribution(name) is null) report.ValueAsDistribution(call.Span, null);
        else report.UnknownDistribution(call.Function, () => NearestDistribution(name), () => OtherLanguages.Distribution(call));
        Arguments(call, scope);
        return null;
    }

    private static string? NearestDistribution(string name) => Spelling.Nearest(name, [.. DistributionCatalog.All.Select(d => d.Name), .. s_madeOfOthers]);

    private CatalogDistribution? Catalog(CallExpr call, Distribution distribution, Scope scope)
    {
        var form = FormMatcher.Match(call, distribution, report);
        if (form is null)
        {
            Arguments(call, scope);
            return null;
        }
        var parameters = distribution.Forms[form.Index].Parameters;
        var arguments = new Bound?[parameters.Length];
        var sound = true;
        for (var i = 0; i < arguments.Length; i++)
        {
            if (form.Values[i] is not { } value) continue;
            arguments[i] = Value(value, scope);
            sound &= arguments[i] is { } argument && IsParameter(call, parameters[i], argument, value.Span);
        }
        if (!sound || Batch(call, parameters, arguments) is not { } batch) return null;
        HardCodedScale.Check(call, distribution, form.Index, arguments, report);
        var type = distribution.IsBoolean ? ElementType.Boolean : distribution.IsDiscrete ? ElementType.Integer : ElementType.Real;
        return ConstantChecks.HasSupport(call, distribution, form.Index, arguments, report)
            ? new CatalogDistribution(distribution, form.Index, [.. arguments], batch + distribution.EventRank, type, call.Span)
            : null;
    }

    private bool IsParameter(CallExpr call, Parameter parameter, Bound argument, Span span)
    {
        if (argument.Rank < parameter.Rank)
        {
            report.ArgumentShape(span, call.Function.Text, parameter.Name, BindingDiagnostics.Shape(parameter.Rank), argument.Rank);
            return false;
        }
        if (parameter.Domain == Domain.Size && argument.Rank > 0)
        {
            report.ArgumentShape(span, call.Function.Text, parameter.Name, BindingDiagnostics.Shape(0), argument.Rank);
            return false;
        }
        if (parameter.Domain is Domain.Count or Domain.Integer or Domain.Size && !IsInteger(argument, $"`{parameter.Name}` of `{call.Function.Text}`")) return false;
        return ConstantChecks.IsInDomain(call, parameter, argument, span, report);
    }

    /// <summary>How many dimensions the arguments have beyond those of their parameters.</summary>
    private int? Batch(CallExpr call, ImmutableArray<Parameter> parameters, Bound?[] arguments)
    {
        var batches = new List<int>();
        for (var i = 0; i < arguments.Length; i++)
            if (arguments[i] is { } argument) batches.Add(argument.Rank - parameters[i].Rank);
        var batch = 0;
        foreach (var dimensions in batches) batch = Math.Max(batch, dimensions);
        if (batches.TrueForAll(b => b == 0 || b == batch)) return batch;
        report.BatchShapes(call.Function, parameters.Zip(arguments).Where(p => p.Second is not null).Select(p => (p.First.Name, p.Second!.Rank)));
        return null;
    }

    private RepeatedDistribution? Repeated(PowerExpr expr, Scope scope)
    {
        if (!declarations.IsDistribution(expr.Base, scope) && expr.Base is not CallExpr)
        {
            ValueAsDistribution(expr);
            return null;
        }
        var distribution = Distribution(expr.Base, scope);
        var sizes = new List<Bound>();
        foreach (var exponent in expr.Exponents)
            if (Integer(exponent, scope, "a number of draws") is { } size && ConstantChecks.IsSize(size, exponent.Span, report)) sizes.Add(size);
        return distribution is null || sizes.Count < expr.Exponents.Length ? null : new RepeatedDistribution(distribution, [.. sizes], expr.Span);
    }
}
