using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Tests;

/// <summary>A stage knows only the stages before it.</summary>
public partial class ArchitectureTests
{
    /// <summary>Folders in the order of the data flow, each with its namespace.</summary>
    private static readonly (string Folder, string Namespace)[] Stages =
    [
        ("Text", "Text"), ("Numerics", "Numerics"), ("Distributions", "Distributions"), ("Syntax", "Syntax"), ("Graph", "Graph"), ("Binding", "Binding"),
        ("Data", "Datasets"), ("Analysis", "Analysis"), ("Programs", "Programs"), ("Results", "Results"), ("Inference", "Inference"),
    ];

    public static TheoryData<string> Folders => [.. Stages.Select(s => s.Folder)];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_those_before_it(string folder)
    {
        var position = Array.FindIndex(Stages, s => s.Folder == folder);
        var later = Stages[(position + 1)..].Select(s => s.Namespace).ToHashSet();
        var files = Directory.GetFiles(Path.Combine(Library(), folder), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        foreach (var file in files)
        {
            var text = File.ReadAllText(file);
            foreach (Match declared in Namespaces().Matches(text)) Assert.Equal("ProbLang." + Stages[position].Namespace, declared.Groups[1].Value);
            foreach (Match use in Uses().Matches(text))
                Assert.False(later.Contains(use.Groups[1].Value), $"{file} uses {use.Value}, which comes later");
        }
    }

    [Fact]
    public void Every_folder_of_the_library_is_a_stage() =>
        Assert.Equal(Stages.Select(s => s.Folder).Order(), Directory.GetDirectories(Library()).Select(d => Path.GetFileName(d)).Except(["bin", "obj"]).Order());

    private static string Library()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "ProbLang.sln"))) root = Path.GetDirectoryName(root)!;
        return Path.Combine(root, "src", "ProbLang");
    }

    [GeneratedRegex(@"(?m)^namespace ([\w.]+);")]
    private static partial Regex Namespaces();

    [GeneratedRegex(@"\bProbLang\.(\w+)")]
    private static partial Regex Uses();
}
