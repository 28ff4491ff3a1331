using Xunit;

namespace ProbLang.Tests.Docs;

/// <summary>The C# on the page about embedding is code that runs: each block stands, line by line, in a file of the tests or of the examples.</summary>
public class EmbeddingPageTests
{
    private const string Fence = "```csharp\n";

    private static string[] Blocks() =>
        [.. File.ReadAllText(Path.Combine(GeneratedFileTests.Root(), "docs", "embedding.md")).ReplaceLineEndings("\n").Split(Fence)[1..].Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)])];

    public static TheoryData<int> Numbers() => [.. Enumerable.Range(0, Blocks().Length)];

    [Theory, MemberData(nameof(Numbers))]
    public void A_block_of_code_is_part_of_a_program_that_runs(int block)
    {
        var wanted = Squeezed(Blocks()[block]);
        Assert.NotEmpty(wanted);
        Assert.True(Sources().Any(file => Squeezed(File.ReadAllText(file)).Contains(wanted, StringComparison.Ordinal)),
            $"No file Embedding*.cs of the tests and no file of examples/hosts has these lines:\n{Blocks()[block]}");
    }

    private static IEnumerable<string> Sources()
    {
        var (root, hosts) = (GeneratedFileTests.Root(), Path.Combine(GeneratedFileTests.Root(), "examples", "hosts"));
        return Directory.EnumerateFiles(Path.Combine(root, "tests"), "Embedding*.cs", SearchOption.AllDirectories)
            .Concat(Directory.Exists(hosts) ? Directory.EnumerateFiles(hosts, "*.cs", SearchOption.AllDirectories) : []);
    }

    /// <summary>The lines without their indentation and without blank ones.</summary>
    private static string Squeezed(string code) =>
        string.Concat(code.ReplaceLineEndings("\n").Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0).Select(l => l + "\n"));
}
