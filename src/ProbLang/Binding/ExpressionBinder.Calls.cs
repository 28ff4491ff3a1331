using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Calls: functions of the model, which are inlined, and those of the language.</summary>
internal sealed partial class ExpressionBinder
{
    private const string Mixture = "Mixture";

    /// <summary>Distributions that are not in the catalog, because they are made of others.</summary>
    private static readonly string[] s_madeOfOthers = [.. DerivedDistributions.Calls.Select(d => d.Name)];

    public static bool IsBuiltIn(string name) => !FunctionCatalog.Find(name).IsEmpty || DistributionFunctions.Find(name) is not null || IsDistributionName(name);

    public static bool IsDistributionName(string name) => DistributionCatalog.Find(name) is not null || s_madeOfOthers.Contains(name) || name is nameof(LearnedForm.Energy) or nameof(LearnedForm.Diffusion);

    private Bound? Call(CallExpr call, Scope scope)
    {
        var name = call.Function.Text;
        if (declarations.Function(name, scope) is { } function)
        {
            if (!declarations.IsDistribution(call, scope)) return Inlined(call, function, scope, Value);
            report.DrawnAsValue(call.Span, function.Name, call == _right ? _target : null, report.TextOf(call.Span));
            return null;
        }
        if (declarations.Net(name, scope) is { } net) return NetCall(call, net, scope);
        if (IsDistributionName(name)) return DistributionAsValue(call);
        if (DistributionFunctions.Find(name) is { } question) return Question(call, question, scope);
        var overloads = FunctionCatalog.Find(name);
        if (overloads is [LevelsEntry levels]) return LevelsOf(call, levels, scope);
        if (name == OneHot && call.Arguments is [{ Name: null or { Text: "x" }, Value: { } codes }]) return OneHotOf(call, codes, scope);
        if (overloads.IsEmpty)
        {
            UnknownFunction(call.Function, scope, call);
            Arguments(call, scope);
            return null;
        }
        var entry = overloads.FirstOrDefault(f => f.Takes(call.Arguments.Length));
        if (entry is null)
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, overloads.Select(f => f.Signature));
            Arguments(call, scope);
            return null;
        }
        return Arguments(call, entry, scope) is { } arguments ? Apply(call, entry, arguments) : null;
    }

    private Bound? Apply(CallExpr call, FunctionEntry entry, ImmutableArray<Bound> arguments)
    {
        if (entry is ElementwiseEntry elementwise) return Elementwise(elementwise.Function, arguments, elementwise.Result, call.Span);
        var function = (ArrayEntry)entry;
        for (var i = 0; i < arguments.Length; i++)
            if (!Fits(call, function, i, arguments[i])) return null;
        if (function.Function == ArrayFunction.Concat && arguments.Max(a => Math.Max(1, a.Rank)) is var whole && arguments.Any(a => a.Rank < whole - 1))
        {
            report.ShapesDisagree(call.Span, "`concat`", arguments.Select(a => a.Rank));
            return null;
        }
        if (NumberOfLevels(function.Function, arguments) is { } size) return size;
        if (function.Function == ArrayFunction.OneHot && !AreCodes(arguments[0])) return null;
        return new ArrayFunctionValue(function.Function, arguments, function.RankOf([.. arguments.Select(a => a.Rank)]), TypeOf(function.Result, arguments), call.Span);
    }

    private bool Fits(CallExpr call, ArrayEntry function, int position, Bound argument)
    {
        var parameter = function.Parameters[Math.Min(position, function.Parameters.Length - 1)];
        var (fits, needed) = function.RankAt(position) switch
        {
            ParameterRank.Scalar or ParameterRank.Size => (argument.Rank == 0, "a single number"),
            ParameterRank.Vector => (argument.Rank == 1, "a vector"),
            ParameterRank.Matrix => (argument.Rank == 2, "a matrix"),
            ParameterRank.VectorOrMatrix => (argument.Rank is 1 or 2, "a vector or a matrix"),
            ParameterRank.ScalarOrVector => (argument.Rank <= 1, "a single number or a vector"),
            ParameterRank.VectorOrMore => (argument.Rank >= 1, "a vector or an array of more dimensions"),
            ParameterRank.Any => (true, ""),
            _ => throw new UnreachableException(function.RankAt(position).ToString()),
        };
        if (!fits) report.ArgumentShape(argument.Span, call.Function.Text, parameter, needed, argument.Rank);
        else if (function.RankAt(position) == ParameterRank.Size) fits = IsInteger(argument, $"`{parameter}` of `{call.Function.Text}`");
        return fits;
    }

    /// <summary>Binds the body of a function of the model at a place of use, its arguments and locals bound once.</summary>
    private T? Inlined<T>(CallExpr call, FunctionSite function, Scope scope, Func<Expr, Scope, T?> bind) where T : class
    {
        if (ArgumentsOf(call, function, scope) is not { } values) return null;
        var inside = function.Outside;
        var sound = function is { IsRecursive: false, IsMistaken: false };
        for (var i = 0; i < values.Length; i++)
            if (BindArgument(values[i], scope) is { } argument) inside = inside.With(function.Statement.Parameters[i].Text, argument);
            else sound = false;
        if (!sound || !Descend(call.Span)) return null;
        report.EnterUse(function.Name, call.Span);
        _inlining++;
        var body = bind(function.Statement.Body, FunctionBlock.Around(function, inside));
        _inlining--;
        report.LeaveUse();
        _depth--;
        return body;
    }

    /// <summary>The arguments of a function of the model, as written, in the order of its parameters.</summary>
    private ImmutableArray<Expr>? ArgumentsOf(CallExpr call, FunctionSite function, Scope scope)
    {
        // Reported where the function is.
        if (function.Statement.Parameters.DistinctBy(p => p.Text).Count() < function.Statement.Parameters.Length) return null;
        if (call.Arguments.Length == function.Statement.Parameters.Length)
            return InOrder(call, [.. function.Statement.Parameters.Select(p => p.Text)], function.Signature);
        report.ArgumentCount(call.Function, call.Arguments.Length, [function.Signature]);
        Arguments(call, scope);
        return null;
    }

    private ArgumentLocal? BindArgument(Expr expr, Scope scope) => BindArgument(around => Value(expr, around), scope);

    /// <summary>Binds what stands behind a name, and how large it is.</summary>
    private ArgumentLocal? BindArgument(Func<Scope, Bound?> bind, Scope scope)
    {
        var (before, deepest) = (_inlined, _greatestDepth);
        _greatestDepth = _depth;
        _inlining++;
        var value = bind(scope);
        _inlining--;
        var height = _greatestDepth - _depth;
        _greatestDepth = Math.Max(deepest, _greatestDepth);
        // What is shared counts where it is used, as the walks over it will.
        var size = _inlined - before;
        _inlined = before;
        return value is null ? null : new ArgumentLocal(value, size, height);
    }

    private ImmutableArray<Bound>? Arguments(CallExpr call, FunctionEntry entry, Scope scope)
    {
        if (InOrder(call, entry.IsVariadic ? [] : entry.Parameters, entry.Signature) is not { } values) return null;
        var arguments = ImmutableArray.CreateBuilder<Bound>(values.Length);
        foreach (var value in values)
            if (Value(value, scope) is { } bound) arguments.Add(bound);
        return arguments.Count == values.Length ? arguments.MoveToImmutable() : null;
    }

    /// <summary>The arguments in the order of the parameters, where every one is there.</summary>
    private ImmutableArray<Expr>? InOrder(CallExpr call, ImmutableArray<string> parameters, string signature)
    {
        if (NamedArguments.Of(call.Arguments, call.Function.Text, parameters, parameters, signature, report) is not { } named) return null;
        if (parameters.IsEmpty) return [.. named.Select(n => n.Value!)];
        return [.. parameters.Select(p => named.First(n => n.Name == p).Value!)];
    }

    /// <summary>Binds arguments whose call is mistaken already, for the mistakes of their own.</summary>
    private void Arguments(CallExpr call, Scope scope)
    {
        foreach (var argument in call.Arguments)
            if (argument.Value is { } value && !declarations.IsDistribution(value, scope) && !(value is ComprehensionExpr comprehension && declarations.IsDistribution(comprehension.Body, scope))) Value(value, scope);
    }

    private void UnknownFunction(Identifier name, Scope scope, CallExpr? call = null)
    {
        if (scope.SeesModel && declarations.Unread.MayDefine(name.Text)) return;
        if (scope.Find(name.Text) is ArgumentLocal or LateArgument) report.ArgumentAsFunction(name);
        else if (declarations.Find(name.Text, scope) is not null) report.NotAFunction(name);
        else
        {
            var target = _target;
            report.UnknownFunction(name, () => NearestFunction(name.Text, scope), () => call is null ? null : OtherLanguages.Function(call, target));
        }
    }

    /// <summary>Reports names and functions in the body of a function, used or not, as far as can be said without its arguments.</summary>
    public void CheckNames(FunctionSite function)
    {
        var (names, scope) = (function.FreeNames(), function.Outside);
        foreach (var name in names.Values)
            if (declarations.Find(name.Text, scope) is null && (!scope.SeesModel || declarations.Categories.Find(name.Text) is null)) Name(new NameExpr(name, name.Span), scope);
        foreach (var name in names.Calls)
            if (declarations.Function(name.Text, scope) is null && declarations.Net(name.Text, scope) is null && FunctionCatalog.Find(name.Text).IsEmpty && DistributionFunctions.Find(name.Text) is null && !IsDistributionName(name.Text))
            {
                if (function.Statement.Parameters.Any(p => p.Text == name.Text)) report.ArgumentAsFunction(name);
                else UnknownFunction(name, scope);
            }
    }

    private string? NearestFunction(string name, Scope scope) => OtherLanguages.FunctionName(name) ?? Spelling.Nearest(name,
        [.. FunctionCatalog.All.Select(f => f.Name), .. DistributionFunctions.Names, .. (scope.Module ?? declarations.Own).Functions.Keys, .. declarations.NetNames(scope), .. DistributionCatalog.All.Select(d => d.Name), .. s_madeOfOthers]);
}
