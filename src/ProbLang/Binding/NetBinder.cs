using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using ProbLang.Graph;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Binding;

/// <summary>A <c>net</c> with the file that it stands in.</summary>
internal sealed record NetSite(NetStatement Statement, Net Net, Scope Scope);

/// <summary>Binds nets: first what kind each is, which decides the ranks of its values, then their sizes.</summary>
internal sealed class NetBinder(ExpressionBinder binder, BindingDiagnostics report)
{
    /// <summary>Nets that are written inside of a chain, and have no names.</summary>
    private readonly List<NetSite> _inside = [];

    public void BindKinds(IReadOnlyList<NetSite> sites)
    {
        foreach (var site in sites) BindKind(site);
        RefuseCycles([.. sites, .. _inside]);
    }

    /// <summary>Binds the sizes, once the ranks and types of the model's variables are known.</summary>
    public void BindArguments(IEnumerable<NetSite> sites)
    {
        foreach (var site in sites.Concat(_inside)) BindArguments(site);
    }

    private void BindKind(NetSite site)
    {
        if (site.Statement.Value is not CallExpr call)
        {
            report.NotANet(site.Statement.Value.Span);
            return;
        }
        if (NetCatalog.Find(call.Function.Text) is not { } kind)
        {
            report.UnknownNet(call.Function, Spelling.Nearest(call.Function.Text, [.. NetCatalog.All.Select(k => k.Name)]));
            return;
        }
        if (kind.IsChain) Chain(site, call, kind);
        else if (IsComplete(call, kind)) site.Net.Kind = kind;
    }

    private void Chain(NetSite site, CallExpr call, NetKind kind)
    {
        if (call.Arguments.Length == 0)
        {
            report.ArgumentCount(call.Function, 0, [kind.Signature]);
            return;
        }
        var parts = ImmutableArray.CreateBuilder<Net>();
        foreach (var argument in call.Arguments)
            if (argument.Name is { } name) report.UnknownArgument(name, call.Function.Text, kind.Signature, null);
            else if (Part(argument.Value, call, site, parts.Count + 1) is { } part) parts.Add(part);
        if (parts.Count < call.Arguments.Length) return;
        site.Net.Parts = parts.ToImmutable();
        site.Net.Kind = kind;
    }

    /// <summary>A net by its name, or one that is built where it is used, which is called after its place in the chain.</summary>
    private Net? Part(Expr? written, CallExpr chain, NetSite site, int place)
    {
        if (written is not CallExpr call) return binder.NetNamed(written, chain, "f", site.Scope);
        var name = string.Create(CultureInfo.InvariantCulture, $"{site.Net.Name}.{place}");
        var inner = new NetSite(new NetStatement(new Identifier(name, call.Span), call, call.Span), new Net(name, call.Span), site.Scope);
        BindKind(inner);
        _inside.Add(inner);
        return inner.Net;
    }

    /// <summary>A chain through itself has no end; a chain of a mistaken net is mistaken.</summary>
    private void RefuseCycles(IReadOnlyList<NetSite> sites)
    {
        var number = new Dictionary<Net, int>();
        foreach (var site in sites) number.Add(site.Net, number.Count);
        var parts = sites.Select(s => s.Net.Parts.Where(number.ContainsKey).Select(p => number[p]).ToHashSet()).ToArray();
        foreach (var cycle in CycleFinder.Find(parts))
            report.Recursive(sites[cycle[0]].Statement.Name, cycle.Skip(1).Select(i => sites[i].Statement.Name));
        var endless = CycleFinder.Trim(parts);
        for (var i = 0; i < sites.Count; i++)
            if (endless[i]) (sites[i].Net.Kind, sites[i].Net.Parts) = (null, []);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var site in sites)
                if (site.Net.Kind is { IsChain: true } && site.Net.Parts.Any(p => p.Kind is null)) (site.Net.Kind, changed) = (null, true);
        }
    }

    private bool IsComplete(CallExpr call, NetKind kind)
    {
        ImmutableArray<string> names = [.. kind.Parameters.Select(p => p.Name)];
        if (call.Arguments.Length > names.Length)
        {
            report.ArgumentCount(call.Function, call.Arguments.Length, [kind.Signature]);
            return false;
        }
        if (NamedArguments.Of(call.Arguments, kind.Name, names, names, kind.Signature, report) is not { } named) return false;
        string[] missing = [.. kind.Parameters.Where(p => p.IsRequired && !named.Any(n => n.Name == p.Name)).Select(p => p.Name)];
        if (missing.Length > 0) report.MissingArgument(call.Function, missing, kind.Signature);
        return missing.Length == 0;
    }

    private void BindArguments(NetSite site)
    {
        if (site.Net.Kind is not { IsChain: false } kind) return;
        var call = (CallExpr)site.Statement.Value;
        var arguments = ImmutableArray.CreateBuilder<NetArgument>();
        for (var i = 0; i < call.Arguments.Length; i++)
        {
            var parameter = call.Arguments[i].Name is { } name ? kind.Parameters.First(p => p.Name == name.Text) : kind.Parameters[i];
            if (Argument(kind, parameter, call.Arguments[i].Value!, site.Scope) is { } argument) arguments.Add(argument);
        }
        site.Net.Arguments = arguments.ToImmutable();
    }

    private NetArgument? Argument(NetKind kind, NetParameter parameter, Expr written, Scope scope)
    {
        var what = $"`{parameter.Name}` of `{kind.Name}`";
        switch (parameter.Kind)
        {
            case NetParameterKind.Word:
                return binder.Word(written, kind.Name, parameter.Name, parameter.Words) is { } word ? new(parameter.Name, null, word) : null;
            case NetParameterKind.Flag:
                if (binder.Number(written, scope, what) is not { } flag || !binder.IsCondition(flag)) return null;
                return new(parameter.Name, flag, null);
            case NetParameterKind.Size:
                if (binder.Integer(written, scope, what) is not { } size || !ConstantChecks.IsPositive(size, kind.Name, parameter.Name, report)) return null;
                return new(parameter.Name, size, null);
            case NetParameterKind.Sizes:
                if (binder.Value(written, scope) is not { } sizes) return null;
                if (sizes.Rank != 1) report.ArgumentShape(written.Span, kind.Name, parameter.Name, "a vector", sizes.Rank);
                // No layers at all.
                else if (sizes is ArrayLiteral { Elements: [] }) return new(parameter.Name, sizes, null);
                else if (binder.IsInteger(sizes, what) && ConstantChecks.IsPositive(sizes, kind.Name, parameter.Name, report)) return new(parameter.Name, sizes, null);
                return null;
            default:
                throw new UnreachableException(parameter.Kind.ToString());
        }
    }
}
