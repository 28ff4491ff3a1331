using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;
using ProbLang.FactorGraphs;
using Xunit;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>What <c>dump --stage infernet</c> prints of models as people write them: PROBLANG_ACCEPT=1 writes the golden files, then read them.</summary>
public class ExampleProgramTests
{
    [Theory]
    [InlineData("coal_mining/coal_mining", FactorAlgorithm.ExpectationPropagation)]
    [InlineData("clinical_trial/clinical_trial", FactorAlgorithm.ExpectationPropagation)]
    [InlineData("skill_league/skill_league", FactorAlgorithm.ExpectationPropagation)]
    [InlineData("bayes_point_machine/bayes_point_machine", FactorAlgorithm.ExpectationPropagation)]
    [InlineData("topics/topics", FactorAlgorithm.VariationalMessagePassing)]
    [InlineData("student_skills/student_skills", FactorAlgorithm.ExpectationPropagation)]
    [InlineData("nile/nile", FactorAlgorithm.ExpectationPropagation)]
    public void An_example_is_printed_as_its_golden_file_says(string example, FactorAlgorithm algorithm)
    {
        var text = ProblemOf(example).PrintFactorGraph(algorithm);
        var file = Path.Combine(Here(), "Printed", "Examples", Path.GetFileName(example) + ".cs.txt");
        if (Environment.GetEnvironmentVariable("PROBLANG_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, text, new UTF8Encoding(false));
        }
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), text);
        var tree = CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp9), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(tree.GetDiagnostics(TestContext.Current.CancellationToken));
    }

    private static Problem ProblemOf(string example)
    {
        var stem = Path.Combine(Here(), "..", "..", "..", "examples", example);
        var compilation = Model.Compile(File.ReadAllText(stem + ".gm"), new CompileOptions { Path = Path.GetFileName(stem) + ".gm" });
        Assert.True(compilation.Success, string.Join('\n', compilation.Diagnostics));
        var data = new[] { ".json", ".csv" }.Select(e => stem + e).Where(File.Exists).Aggregate(Data.Empty, (all, file) => all.With(Data.Load(file, TestContext.Current.CancellationToken)));
        return compilation.Model.Condition(data);
    }

    private static string Here([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
