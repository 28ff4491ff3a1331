using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Tests;

/// <summary>The folders of the library are stages, and a stage knows only those before it.</summary>
public partial class ArchitectureTests
{
    private static readonly string[] s_stages =
        ["Text", "Limits", "Numerics", "Distributions", "Syntax", "Networks", "Graph", "Binding", "Data", "Analysis", "Programs", "FactorGraphs", "Results", "Inference", "Editing"];

    public static TheoryData<string> Stages => [.. s_stages];

    [Theory, MemberData(nameof(Stages))]
    public void A_stage_uses_only_the_stages_before_it(string stage)
    {
        var place = Array.IndexOf(s_stages, stage);
        var files = Directory.GetFiles(Path.Combine(Library(), stage), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            foreach (Match used in UsedNamespace().Matches(File.ReadAllText(file)))
            {
                var name = used.Groups["name"].Value is "Datasets" ? "Data" : used.Groups["name"].Value;
                if (Array.IndexOf(s_stages, name) is var at && at >= 0) Assert.True(at <= place, $"{Path.GetFileName(file)} in {stage} uses {name}, which comes later");
            }
        }
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_stage()
    {
        var folders = Directory.GetDirectories(Library()).Select(d => Path.GetFileName(d)).Where(d => d is not ("bin" or "obj"));
        Assert.Equal(s_stages.Order(), folders.Order());
    }

    [GeneratedRegex(@"ProbLang\.(?<name>[A-Z]\w+)")]
    private static partial Regex UsedNamespace();

    private static string Library([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "..", "..", "src", "ProbLang");
}
