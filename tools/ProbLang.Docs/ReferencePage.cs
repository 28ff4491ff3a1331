using System.Diagnostics;
using System.Globalization;
using System.Text;
using ProbLang.Distributions;
using ProbLang.Graph;
using ProbLang.Syntax;

namespace ProbLang.Docs;

/// <summary>The reference of every statement, type, function and distribution.</summary>
internal static class ReferencePage
{
    public static string Text()
    {
        var text = new StringBuilder("""
            # Reference

            Every statement, type, function and distribution of the language. This page is made from the catalogs in the code by
            `tools/ProbLang.Docs`. [The language](language.md) says how they work together, and [the grammar](grammar.md) how they are written.

            ## Statements


            """);
        foreach (var statement in StatementCatalog.All) Statement(text, statement);
        text.Append("## Types\n\n| type | values |\n|---|---|\n");
        foreach (var type in TypeCatalog.All)
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" ", type.Forms.Select(f => $"`{f}`"))} | {type.Summary} |\n");
        text.Append("\n## Functions\n\nAn elementwise function takes numbers and arrays; numbers are repeated, arrays agree in shape.\n\n| function | | of | gives |\n|---|---|---|---|\n");
        foreach (var function in FunctionCatalog.All.OrderBy(f => f.Name, StringComparer.Ordinal)) Function(text, function);
        foreach (var question in Enum.GetValues<DistributionQuestion>())
            text.Append(CultureInfo.InvariantCulture, $"| `{DistributionFunctions.NameOf(question)}(D, {DistributionFunctions.Argument(question)})` | {DistributionFunctions.Summary(question)} | a distribution and a value, for each independent draw | real |\n");
        text.Append("\n## Nets\n\nOf what [nets](nets.md) are built. Sizes and contexts follow from their uses.\n\n| net | | inverse |\n|---|---|---|\n");
        foreach (var net in NetCatalog.All)
            text.Append(CultureInfo.InvariantCulture, $"| `{net.Signature.Replace("|", "\\|", StringComparison.Ordinal)}` | {net.Summary} | {(net.IsChain ? "where all have one" : net.IsInvertible ? "yes" : "")} |\n");
        text.Append("\n## Distributions\n\nPositional arguments follow the order shown; what stands after a bar must be named.\n");
        foreach (var group in DistributionCatalog.All.GroupBy(GroupOf).OrderBy(g => g.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {TitleOf(group.Key)}\n");
            foreach (var distribution in group) Distribution(text, distribution);
        }
        Derived(text, "Made of others", DerivedDistributions.Calls);
        Derived(text, "Modifiers", DerivedDistributions.Modifiers);
        return text.ToString();
    }

    private static void Derived(StringBuilder text, string title, IEnumerable<DerivedEntry> entries)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {title}\n");
        foreach (var entry in entries)
            text.Append(CultureInfo.InvariantCulture, $"\n#### {entry.Name}\n\n{string.Join(" · ", entry.Forms.Select(f => $"`{f}`"))}\n\n{entry.Summary}\n");
    }

    private static void Statement(StringBuilder text, StatementEntry entry)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {entry.Name}\n\n`{entry.Form.Replace("   ", "` · `", StringComparison.Ordinal)}`\n\n{entry.Summary}\n\n```gm\n{entry.Example}\n```\n\n");
    }

    private static void Function(StringBuilder text, FunctionEntry entry)
    {
        var of = entry is ArrayEntry array ? string.Join(", ", array.Ranks.Select(NameOf)) : entry is ElementwiseEntry ? "elements" : "a category";
        text.Append(CultureInfo.InvariantCulture, $"| `{entry.Signature}` | {entry.Summary} | {of} | {TypeOf(entry.Result)} |\n");
    }

    private static string NameOf(ParameterRank rank) => rank switch
    {
        ParameterRank.Scalar => "a number",
        ParameterRank.Size => "a size",
        ParameterRank.Vector => "a vector",
        ParameterRank.Matrix => "a matrix",
        ParameterRank.VectorOrMatrix => "a vector or matrix",
        ParameterRank.ScalarOrVector => "a number or vector",
        ParameterRank.VectorOrMore => "a vector, or vectors along the last dimension",
        ParameterRank.Any => "anything",
        _ => throw new UnreachableException($"{rank}"),
    };

    private static string TypeOf(ResultType type) => type switch
    {
        ResultType.Real => "real",
        ResultType.Integer => "int",
        ResultType.Arithmetic => "int of integers, else real",
        ResultType.Same => "the type of its argument",
        _ => throw new UnreachableException($"{type}"),
    };

    private static void Distribution(StringBuilder text, Distribution distribution)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n#### {distribution.Name}\n\n`{distribution.Signature}`\n\n{distribution.Summary}\n\n");
        text.Append("| parameter | |\n|---|---|\n");
        foreach (var parameter in distribution.Forms.SelectMany(f => f.Parameters).DistinctBy(p => p.Name))
            text.Append(CultureInfo.InvariantCulture, $"| `{parameter.Name}` | {DomainText.Of(parameter)} |\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{DomainText.Abilities(distribution)}\n");
    }

    private enum Kind { RealLine, Positive, Interval, Discrete, Array }

    private static Kind GroupOf(Distribution distribution) => distribution switch
    {
        ArrayDistribution when distribution.EventRank > 0 => Kind.Array,
        { IsDiscrete: true } => Kind.Discrete,
        ScalarDistribution scalar => SupportOf(scalar),
        _ => Kind.Array,
    };

    /// <summary>By the support with all parameters one, or two where they must differ.</summary>
    private static Kind SupportOf(ScalarDistribution distribution)
    {
        Span<Numerics.Real> parameters = new Numerics.Real[distribution.Forms[0].Parameters.Length];
        for (var i = 0; i < parameters.Length; i++) parameters[i] = distribution.Forms[0].Parameters[i].Optional ? (i == 0 ? double.NegativeInfinity : double.PositiveInfinity) : i + 1.0;
        var bounds = distribution.Bounds<Numerics.Real>(0, parameters);
        return bounds.HasUpper && !double.IsInfinity(bounds.Upper.Value) ? Kind.Interval : bounds.HasLower && !double.IsInfinity(bounds.Lower.Value) ? Kind.Positive : Kind.RealLine;
    }

    private static string TitleOf(Kind kind) => kind switch
    {
        Kind.RealLine => "On the real line",
        Kind.Positive => "On positive numbers",
        Kind.Interval => "On an interval",
        Kind.Discrete => "On integers",
        _ => "Of vectors and matrices",
    };
}
