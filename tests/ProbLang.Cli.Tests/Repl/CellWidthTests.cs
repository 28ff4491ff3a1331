using ProbLang.Cli.Repl;
using Xunit;

namespace ProbLang.Cli.Tests.Repl;

public class CellWidthTests
{
    [Theory]
    [InlineData("mu ~ Normal(0, 1)", 17)]
    [InlineData("é", 1)]
    [InlineData("e\u0301", 1)]
    [InlineData("日本語", 6)]
    [InlineData("한국", 4)]
    [InlineData("ｗｉｄｅ", 8)]
    [InlineData("😀", 2)]
    [InlineData("αβ", 2)]
    [InlineData("▁▂█", 3)]
    [InlineData("\u200b", 0)]
    public void A_text_takes_as_many_cells_as_terminals_give_it(string text, int width) => Assert.Equal(width, CellWidth.Of(text));
}
