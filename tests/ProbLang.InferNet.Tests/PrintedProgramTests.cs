using System.Globalization;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Tests.FactorGraphs;

namespace ProbLang.InferNet.Tests;

/// <summary>Printed programs, compiled and run as a console project would, against known answers and against the engines.</summary>
[Collection(nameof(PrintedProgramTests))]
[CollectionDefinition(nameof(PrintedProgramTests), DisableParallelization = true)]
public class PrintedProgramTests
{
    public static TheoryData<string> Names => [.. PrintedGraphs.All.Keys];

    [InferNetTheory, MemberData(nameof(Names))]
    public void A_printed_program_compiles_without_a_warning(string name)
    {
        var (graph, algorithm) = PrintedGraphs.All[name];
        Assert.Empty(PrintedProgram.Complaints(graph, algorithm));
    }

    [InferNetTheory, MemberData(nameof(Names))]
    public void A_printed_program_prints_what_is_believed_of_each_element_by_its_name(string name)
    {
        var (graph, algorithm) = PrintedGraphs.All[name];
        var lines = PrintedProgram.Run(graph, algorithm).Output.Split('\n');
        foreach (var query in graph.Queries)
            FactorCounting.ForEach(query.Ranges, at =>
                Assert.Contains(lines, line => line.StartsWith(query.Name + string.Concat(at.Select(i => string.Create(CultureInfo.InvariantCulture, $"[{i + 1}]"))) + ": ", StringComparison.Ordinal)));
    }

    [InferNetTheory, MemberData(nameof(Names))]
    public void A_printed_program_and_the_engine_agree(string name)
    {
        var (graph, algorithm) = PrintedGraphs.All[name];
        var marginals = PrintedProgram.Run(graph, algorithm, iterations: 1000).Marginals;
        var solution = EngineOf(algorithm).Solve(graph, null, TestContext.Current.CancellationToken);
        foreach (var query in graph.Queries)
        {
            var (expected, actual) = (solution.Beliefs[query].Select(Numbers.Of).ToArray(), Numbers.Each(marginals[query.Name]).ToArray());
            Assert.Equal(expected.Length, actual.Length);
            for (var i = 0; i < expected.Length; i++) Near(expected[i], actual[i], 1e-10);
        }
    }

    [InferNetTheory]
    [InlineData("coins", "first", new[] { 1 / 3d })]
    [InlineData("truncation", "x", new[] { 1.1410778, 0.26848041 })]
    [InlineData("truncation", "y", new[] { 0.79788456, 0.36338023 })]
    [InlineData("truncation", "z", new[] { 1.5251353, 0.19909767 })]
    [InlineData("gaussian", "mean", new[] { 1.4390942, 0.062902338 })]
    [InlineData("gaussian", "precision", new[] { 6d, 3.7765158 })]
    [InlineData("games", "skill", new[] { 29.205221, 51.760562 })]
    [InlineData("regression", "w", new[] { 1.5111975, 0.69238442, 0.0025006875 })]
    [InlineData("skills", "csharp", new[] { .80246914 })]
    [InlineData("skills", "sql", new[] { .034293553 })]
    [InlineData("clinical_trial", "effective", new[] { .75490196 })]
    [InlineData("clinical_trial", "treated_rate", new[] { 5d, 2d })]
    [InlineData("clinical_trial", "control_rate", new[] { 2d, 5d })]
    [InlineData("priors", "differ", new[] { 0.84175915 })]
    public void A_printed_program_has_the_known_answer(string name, string query, double[] expected)
    {
        var (graph, algorithm) = PrintedGraphs.All[name];
        var found = Numbers.Each(PrintedProgram.Run(graph, algorithm).Marginals[query]).First();
        Near(expected, found[..expected.Length], 1e-6);
    }

    private static MessagePassing EngineOf(FactorAlgorithm algorithm) => algorithm switch
    {
        FactorAlgorithm.ExpectationPropagation => new ExpectationPropagation { Tolerance = 0 },
        FactorAlgorithm.VariationalMessagePassing => new VariationalMessagePassing { Tolerance = 0 },
        _ => new GibbsSampling { Iterations = 1000 },
    };

    private static void Near(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            if (!expected[i].Equals(actual[i])) Assert.Equal(expected[i], actual[i], relative * Math.Max(1e-3, Math.Abs(expected[i])));
    }
}
