using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Text;

public class SpellingTests
{
    [Theory]
    [InlineData("normal", "Normal")]
    [InlineData("Norml", "Normal")]
    [InlineData("Nromal", "Normal")]
    [InlineData("HalfNorm", "HalfNormal")]
    [InlineData("Zebra", null)]
    [InlineData("N", null)]
    public void The_nearest_name_is_found_where_one_is_near(string name, string? nearest) =>
        Assert.Equal(nearest, Spelling.Nearest(name, ["Normal", "HalfNormal", "Beta", "n2"]));
}
