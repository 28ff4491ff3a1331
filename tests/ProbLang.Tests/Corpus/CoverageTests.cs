using System.Collections;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;
using Xunit;

namespace ProbLang.Tests.Corpus;

/// <summary>The programs of this folder use, between them, all that there is in the language.</summary>
public class CoverageTests
{
    private static readonly Lazy<SyntaxNode[]> s_nodes = new(() => [.. CorpusProgram.Names.SelectMany(n => Nodes(new CorpusProgram(n).Tree))]);

    private static IEnumerable<T> All<T>() => s_nodes.Value.OfType<T>();

    [Fact]
    public void Every_kind_of_statement_expression_and_index_occurs()
    {
        var kinds = typeof(SyntaxNode).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(SyntaxNode)) && !t.IsAbstract);
        Assert.Empty(kinds.Except(s_nodes.Value.Select(n => n.GetType())).Select(t => t.Name));
    }

    [Fact]
    public void Every_operator_occurs()
    {
        Assert.Empty(Enum.GetValues<BinaryOperator>().Except(All<ChainExpr>().SelectMany(c => c.Operators)));
        Assert.Empty(Enum.GetValues<UnaryOperator>().Except(All<UnaryExpr>().Select(u => u.Operator)));
    }

    [Fact]
    public void Every_function_occurs() =>
        Assert.Empty(FunctionCatalog.All.Select(f => f.Name).Concat(DistributionFunctions.Names).Concat(NetCatalog.All.Select(n => n.Name)).Except(All<CallExpr>().Select(c => c.Function.Text)));

    [Fact]
    public void Every_form_of_every_distribution_occurs()
    {
        var calls = All<CallExpr>().ToLookup(c => c.Function.Text);
        var missing = DistributionCatalog.All.SelectMany(d => d.Forms.Select((form, i) => (d, form, i))).Where(f => !calls[f.d.Name].Any(call => IsOf(call, f.d, f.form, f.i)));
        Assert.Empty(missing.Select(f => $"{f.d.Name}({string.Join(", ", f.form.Parameters.Select(p => p.Name))})"));
        Assert.DoesNotContain(new[] { "Mixture", "ZeroInflated", "Hurdle", "Delta", "Energy", "Diffusion" }, name => !calls[name].Any());

        // Every form but the first is known by a name that the first has not.
        static bool IsOf(CallExpr call, Distribution distribution, Form form, int index)
        {
            var own = form.Parameters.Select(p => p.Name).Except(distribution.Forms[0].Parameters.Select(p => p.Name)).ToArray();
            var names = call.Arguments.Select(a => a.Name?.Text).ToArray();
            return index == 0 ? !distribution.Forms.Skip(1).SelectMany(f => f.Parameters).Select(p => p.Name).Except(form.Parameters.Select(p => p.Name)).Intersect(names).Any() : own.All(names.Contains);
        }
    }

    [Fact]
    public void Every_modifier_occurs_in_each_of_its_ways()
    {
        var ways = All<ModifiedExpr>().Select(m => $"{m.Modifier.Text} {string.Join(", ", m.Arguments.Select(a => a.Name?.Text ?? (a.Value is null ? "" : "value")))}".Trim()).ToHashSet();
        Assert.Empty(new[] { "truncated value, value", "truncated value,", "truncated , value", "censored value, value", "censored , value", "censored right", "censored left", "censored interval", "rounded value", "ordered" }.Except(ways));
        Assert.True(All<ModifiedExpr>().Select(m => m.Distribution).OfType<ModifiedExpr>().Any(), "no modifier follows another");
        Assert.True(All<ModifiedExpr>().Select(m => m.Distribution).OfType<PowerExpr>().Any(), "no modifier follows a repetition");
    }

    [Fact]
    public void Every_type_occurs() =>
        Assert.Empty(new[] { "real", "positive", "probability", "int", "count", "bool", "category", "simplex", "ordered", "unit", "covariance", "correlation", "cholesky" }.Except(All<TypeExpr>().Select(t => t.Name.Text)));

    private static IEnumerable<SyntaxNode> Nodes(object? part)
    {
        if (part is SyntaxNode node)
        {
            yield return node;
            foreach (var property in node.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0))
                foreach (var inner in Nodes(property.GetValue(node))) yield return inner;
        }
        else if (part is IEnumerable items and not string)
        {
            foreach (var inner in items.Cast<object?>().SelectMany(Nodes)) yield return inner;
        }
    }
}
