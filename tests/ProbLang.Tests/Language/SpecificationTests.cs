using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Xunit;

namespace ProbLang.Tests.Language;

/// <summary>README.md of this folder says of every statement of the language page which test holds it.</summary>
public partial class SpecificationTests
{
    private static readonly string[] s_sections = ["What it is for", "Lexical", "Grammar", "Statements", "Arrays and shapes", "Types", "Functions", "Distributions", "Modifiers", "Observing what is computed", "Generative families", "Diagnostics", "Limits"];

    public static TheoryData<string> Tests() => [.. Rows().SelectMany(r => r.Tests).Distinct()];

    [Theory, MemberData(nameof(Tests))]
    public void A_test_that_the_table_names_exists(string name)
    {
        var (type, method) = (name[..name.LastIndexOf('.')], name[(name.LastIndexOf('.') + 1)..]);
        var found = typeof(SpecificationTests).Assembly.GetTypes().Where(t => t.FullName!.EndsWith("." + type, StringComparison.Ordinal)).SelectMany(t => t.GetMethods()).Where(m => m.Name == method).ToArray();
        Assert.True(found.Length > 0, $"there is no test `{name}`");
        Assert.All(found, m => Assert.True(m.GetCustomAttributes().Any(a => a is FactAttribute), $"`{name}` is no test"));
    }

    [Fact]
    public void Every_section_has_rows_and_every_row_has_a_test()
    {
        Assert.Equal(s_sections, Rows().Select(r => r.Section).Distinct());
        Assert.All(Rows(), r => Assert.True(r.Said.Length > 0 && r.Tests.Length > 0, $"{r.Section}: {r.Said}"));
    }

    [Fact]
    public void Every_test_of_this_folder_is_in_the_table()
    {
        var named = Tests().Select(row => row.Data).ToHashSet();
        var all = typeof(SpecificationTests).Assembly.GetTypes().Where(t => t.Namespace == typeof(SpecificationTests).Namespace && t != typeof(SpecificationTests))
            .SelectMany(t => t.GetMethods().Where(m => m.GetCustomAttributes().Any(a => a is FactAttribute)).Select(m => $"Language.{t.Name}.{m.Name}"));
        Assert.Empty(all.Except(named));
    }

    private static IEnumerable<(string Section, string Said, string[] Tests)> Rows([CallerFilePath] string here = "")
    {
        foreach (var line in File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "README.md")))
        {
            if (!line.StartsWith("| ", StringComparison.Ordinal) || line.StartsWith("| section", StringComparison.Ordinal)) continue;
            var cells = line.Split(" | ");
            yield return (cells[0][2..].Trim(), cells[1].Trim(), [.. TestName().Matches(cells[^1]).Select(m => m.Groups[1].Value)]);
        }
    }

    [GeneratedRegex(@"`(\w+(?:\.\w+)+)`")]
    private static partial Regex TestName();
}
