using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using ProbLang.Docs;
using Xunit;

namespace ProbLang.Tests.Docs;

public class GeneratedFileTests
{
    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));

    public static TheoryData<string> Paths() => [.. GeneratedFiles.Of(Root()).Select(f => f.Path)];

    [Fact]
    public void A_diagram_names_all_that_its_rule_is_made_of()
    {
        var diagrams = GeneratedFiles.Of(Root()).Where(f => f.Path.EndsWith(".svg", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(diagrams);
        foreach (var (path, text) in diagrams)
        {
            var svg = XDocument.Parse(text).Root!;
            var rule = svg.Attribute("aria-label")!.Value.Split(" = ", 2)[1];
            var words = Regex.Matches(rule, "\"([^\"]*)\"|'([^']*)'|(\\w+)").Select(m => m.Groups.Values.Skip(1).First(g => g.Success).Value).ToHashSet();
            var drawn = svg.Descendants().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ToHashSet();
            Assert.True(words.SetEquals(drawn), path);
        }
    }

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
