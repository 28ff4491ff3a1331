using System.Runtime.CompilerServices;
using ProbLang.Docs;
using Xunit;

namespace ProbLang.Tests.Docs;

public class GeneratedFileTests
{
    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    public static TheoryData<string> Paths() => [.. GeneratedFiles.Of(Root()).Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void A_generated_file_is_what_the_code_makes(string path)
    {
        var expected = GeneratedFiles.Of(Root()).Single(f => f.Path == path).Text;
        var target = Path.Combine(Root(), path);
        Assert.True(File.Exists(target) && File.ReadAllText(target).ReplaceLineEndings("\n") == expected,
            $"`{path}` is stale: run `dotnet run --project tools/ProbLang.Docs` at the root of the repository");
    }
}
