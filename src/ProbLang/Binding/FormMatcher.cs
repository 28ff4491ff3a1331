using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Syntax;

namespace ProbLang.Binding;

/// <summary>A way to write a distribution's parameters, with their values in its order; null where one is left out.</summary>
internal sealed record MatchedForm(int Index, ImmutableArray<Expr?> Values);

/// <summary>Finds which of a distribution's forms a call is written in: positional arguments are the first form's, alternatives are named.</summary>
internal static class FormMatcher
{
    public static MatchedForm? Match(CallExpr call, Distribution distribution, BindingDiagnostics report)
    {
        var arguments = call.Arguments is [{ Name: null, Value: null }] ? [] : call.Arguments;
        ImmutableArray<string> positional = [.. distribution.Forms[0].Parameters.Select(p => p.Name)];
        ImmutableArray<string> names = [.. distribution.Forms.SelectMany(f => f.Parameters).Select(p => p.Name).Distinct()];
        ImmutableArray<string> optional = [.. distribution.Forms.SelectMany(f => f.Parameters).Where(p => p.Optional).Select(p => p.Name)];
        if (arguments is [{ Name: null, Value: StringExpr name }, ..])
        {
            report.NameAsArgument(name.Span, name.Value);
            return null;
        }
        if (arguments.Count(a => a.Name is null) > positional.Length)
        {
            report.ArgumentCount(call.Function, arguments.Length, [distribution.Signature]);
            return null;
        }
        if (NamedArguments.Of(arguments, distribution.Name, positional, names, distribution.Signature, report, optional) is not { } named) return null;

        var given = new HashSet<string>();
        foreach (var argument in named) given.Add(argument.Name);
        var candidates = new List<int>();
        for (var f = 0; f < distribution.Forms.Length; f++)
            if (given.IsSubsetOf(distribution.Forms[f].Parameters.Select(p => p.Name))) candidates.Add(f);
        if (candidates.Count == 0)
        {
            string[] different = [.. given.Where(g => !distribution.Forms.All(f => f.Parameters.Any(p => p.Name == g)))];
            report.ArgumentsExclude(call.Function, different.Length > 1 ? different : given, distribution.Signature);
            return null;
        }
        foreach (var form in candidates)
            if (Missing(distribution.Forms[form], given).Length == 0)
                return new MatchedForm(form, [.. distribution.Forms[form].Parameters.Select(p => named.FirstOrDefault(n => n.Name == p.Name)?.Value)]);
        report.MissingArgument(call.Function, Missing(distribution.Forms[candidates[0]], given), distribution.Signature);
        return null;
    }

    private static string[] Missing(Form form, HashSet<string> given) => [.. form.Parameters.Where(p => !p.Optional && !given.Contains(p.Name)).Select(p => p.Name)];
}
