using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using ProbLang.FactorGraphs;
using Xunit;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>Programs of Infer.NET as golden files: PROBLANG_ACCEPT=1 writes them, then read them.</summary>
public class FactorGraphPrinterTests
{
    public static TheoryData<string> Names => [.. PrintedGraphs.All.Keys];

    [Theory, MemberData(nameof(Names))]
    public void A_graph_is_printed_as_its_golden_file_says(string name)
    {
        var text = Print(name);
        var file = Path.Combine(Folder(), "Printed", name + ".cs.txt");
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1") File.WriteAllText(file, text, new UTF8Encoding(false));
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_printed_program_has_no_mistakes_of_syntax(string name)
    {
        var tree = CSharpSyntaxTree.ParseText(Print(name), new CSharpParseOptions(LanguageVersion.CSharp9), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
    }

    [Theory, MemberData(nameof(Names))]
    public void No_line_is_much_longer_than_a_screen_is_wide(string name) =>
        Assert.DoesNotContain(Print(name).Split('\n'), line => line.Length > 140);

    [Fact]
    public void Every_operation_gate_constraint_domain_and_index_is_printed_somewhere()
    {
        var structures = string.Concat(PrintedGraphs.All.Values.Select(g => g.Graph.Structure));
        Assert.All(Enum.GetNames<FactorOperation>(), o => Assert.Contains($"= {o}(", structures, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<GateKind>(), k => Assert.Contains($" {k} ", structures, StringComparison.Ordinal));
        Assert.All(Enum.GetNames<FactorConstraint>(), c => Assert.Contains($"{c}(", structures, StringComparison.Ordinal));
        var variables = PrintedGraphs.All.Values.SelectMany(g => g.Graph.Variables).ToArray();
        Assert.All(Enum.GetValues<FactorDomain>(), d => Assert.Contains(variables, v => v.Domain == d));
        Assert.All([0, 1, 2, 3], depth => Assert.Contains(variables, v => v.Ranges.Length == depth));
    }

    [Theory]
    [InlineData(FactorAlgorithm.ExpectationPropagation)]
    [InlineData(FactorAlgorithm.VariationalMessagePassing)]
    [InlineData(FactorAlgorithm.GibbsSampling)]
    public void The_program_runs_the_algorithm_that_was_asked_for(FactorAlgorithm algorithm)
    {
        var text = FactorGraphPrinter.Print(PrintedGraphs.All["gaussian"].Graph, algorithm, iterations: 77, seed: 5);
        Assert.Contains($"new InferenceEngine(new {algorithm}", text, StringComparison.Ordinal);
        Assert.Contains("NumberOfIterations = 77,", text, StringComparison.Ordinal);
        Assert.Equal(algorithm == FactorAlgorithm.GibbsSampling, text.Contains("Rand.Restart(5);", StringComparison.Ordinal));
    }

    private static string Print(string name)
    {
        var (graph, algorithm) = PrintedGraphs.All[name];
        return FactorGraphPrinter.Print(graph, algorithm);
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
