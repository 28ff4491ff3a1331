using ProbLang.ExampleData;
using ProbLang.ExampleData.Glyphs;
using ProbLang.Tests.Docs;
using Xunit;

namespace ProbLang.Tests.ExampleData;

public class DataFileTests
{
    public static TheoryData<string> Paths() => [.. DataFiles.Of().Select(f => f.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void The_data_of_an_example_are_what_the_tool_makes(string path)
    {
        var expected = DataFiles.Of().Single(f => f.Path == path).Text;
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
        var rows = GlyphTable.Binary(1000, size, new Numerics.Philox(1, 0, 0)).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..];
        Assert.All(rows, r => Assert.Equal(size * size + 1, r.Split(',').Length));
        var counts = rows.GroupBy(r => r[^1]).ToDictionary(g => g.Key, g => g.Count());
        // A count's standard deviation is 9.5.
        Assert.All("0123456789", digit => Assert.InRange(counts[digit], 62, 138));
        var black = rows.Average(r => r[..^1].Count(c => c == '1')) / (size * size);
        Assert.InRange(black, 0.15, 0.35);
    }
}
