using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>Values of nets, and distributions made by them.</summary>
internal sealed partial class ExpressionBinder
{
    private NetValue? NetCall(CallExpr call, Net net, Scope scope)
    {
        ImmutableArray<string> names = ["x", "context"];
        var signature = $"{net.Name}(x, context: c)";
        if (call.Arguments.Length is 0 or > 2)
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, [signature]);
            Arguments(call, scope);
            return null;
        }
        if (NamedArguments.Of(call.Arguments, net.Name, names, names, signature, report) is not { } named) return null;
        if (!named.Any(n => n.Name == "x"))
        {
            report.MissingArgument(call.Function, ["x"], signature);
            return null;
        }
        var argument = Value(named.First(n => n.Name == "x").Value!, scope);
        var isSound = Context(named, scope, out var context);
        if (argument is null || !isSound || net.Kind is null) return null;
        return new NetValue(net, argument, context, net.RankOf(argument.Rank), call.Span);
    }

    private bool Context(NamedArgument[] named, Scope scope, out Bound? context)
    {
        var written = named.FirstOrDefault(n => n.Name == "context")?.Value;
        context = written is null ? null : Value(written, scope);
        return written is null || context is not null;
    }

    private LearnedDistribution? Learned(CallExpr call, LearnedForm form, Scope scope)
    {
        var names = LearnedForms.Parameters(form);
        var signature = LearnedForms.Signature(form);
        if (call.Arguments.Length == 0 || call.Arguments.Length > names.Length)
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, [signature]);
            return null;
        }
        if (NamedArguments.Of(call.Arguments, call.Function.Text, names, names, signature, report) is not { } named) return null;
        var net = NetNamed(named.FirstOrDefault(n => n.Name == names[0])?.Value, call, names[0], scope);
        var isSound = Context(named, scope, out var context);
        Bound? steps = null;
        if (named.FirstOrDefault(n => n.Name == "steps")?.Value is { } count)
            isSound &= (steps = Integer(count, scope, "`steps` of `Diffusion`")) is not null && ConstantChecks.IsPositive(steps, call.Function.Text, "steps", report);
        string? schedule = null;
        if (named.FirstOrDefault(n => n.Name == "schedule")?.Value is { } word)
            isSound &= (schedule = Word(word, call.Function.Text, "schedule", LearnedDistribution.Schedules)) is not null;
        return net is { Kind: not null } && isSound ? new LearnedDistribution(form, net, steps, schedule, context, call.Span) : null;
    }

    /// <summary>The net whose name an argument is.</summary>
    public Net? NetNamed(Expr? expr, CallExpr call, string parameter, Scope scope)
    {
        if (expr is NameExpr name && declarations.Net(name.Name.Text, scope) is { } net) return net;
        if (expr is null) report.MissingArgument(call.Function, [parameter], $"{call.Function.Text}({parameter}, …)");
        else report.NeedsNet(expr.Span, call.Function.Text, (expr as NameExpr)?.Name.Text, Spelling.Nearest((expr as NameExpr)?.Name.Text ?? "", [.. declarations.NetNames(scope)]));
        return null;
    }

    /// <summary>One of some words; reports what is not.</summary>
    public string? Word(Expr expr, string function, string parameter, ImmutableArray<string> words)
    {
        if (expr is NameExpr name && words.Contains(name.Name.Text)) return name.Name.Text;
        report.NotAWord(expr.Span, function, parameter, words, expr is NameExpr other ? Spelling.Nearest(other.Name.Text, words) : null);
        return null;
    }
}
