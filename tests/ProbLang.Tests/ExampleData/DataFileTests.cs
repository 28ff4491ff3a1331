using ProbLang.ExampleData;
using ProbLang.ExampleData.Glyphs;
using ProbLang.Numerics;
using ProbLang.Tests.Docs;
using Xunit;

namespace ProbLang.Tests.ExampleData;

public class DataFileTests
{
    private static readonly Dictionary<string, string> s_files = DataFiles.Of().ToDictionary(f => f.Path, f => f.Text);

    public static TheoryData<string> Paths() => [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_data_of_an_example_are_what_the_tool_makes(string path)
    {
        var expected = s_files[path];
        var target = Path.Combine(GeneratedFileTests.Root(), path);
        Assert.True(File.Exists(target) && File.ReadAllText(target).ReplaceLineEndings("\n") == expected,
            $"`{path}` is stale: run `dotnet run --project tools/ProbLang.ExampleData` at the root of the repository");
    }

    [Theory]
    [InlineData(8)]
    [InlineData(12)]
    [InlineData(28)]
    public void Pictures_have_any_size_and_each_digit_about_as_often(int size)
    {
        var (pixels, digits) = GlyphTable.Binary(1000, size, new Philox(1, 0, 0));
        var rows = Rows(pixels);
        Assert.All(rows, r => Assert.Equal(size * size, r.Split(',').Length));
        Assert.InRange(rows.Average(r => r.Count(c => c == '1')) / (size * size), 0.15, 0.35);
        var counts = Rows(digits).CountBy(d => d).ToDictionary();
        // A count's standard deviation is 9.5.
        Assert.All("0123456789", digit => Assert.InRange(counts[digit.ToString()], 62, 138));
    }

    private static string[] Rows(string table) => table.Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
}
