using ProbLang.Syntax;
using ProbLang.Text;
using Xunit;

namespace ProbLang.Tests.Syntax;

/// <summary>Files made to exhaust a host. Each is read on a stack of a quarter of a megabyte.</summary>
public class LimitTests
{
    private const int SmallStack = 256 * 1024;

    [Theory]
    [InlineData("x = ", "(", "1", ")")]
    [InlineData("x = ", "[", "1", "]")]
    [InlineData("x = ", "f(", "1", ")")]
    [InlineData("x = ", "a[", "1", "]")]
    [InlineData("x = ", "-", "1", "")]
    [InlineData("x = ", "not ", "a", "")]
    [InlineData("x = ", "2 ^ ", "2", "")]
    [InlineData("x = ", "2 ^ (", "2", ")")]
    [InlineData("x = ", "if a then 1 else ", "2", "")]
    [InlineData("x = ", "[for i in 1..2: ", "1", "]")]
    [InlineData("x = a", "[1]", "", "")]
    [InlineData("x ~ N(0)", " ordered", "", "")]
    [InlineData("", "for i in 1..2 { ", "x[i] = 1", "}")]
    [InlineData("", "if a { ", "x = 1", "}")]
    [InlineData("", "if a { x = 1 } else ", "if b { x = 2 }", "")]
    [InlineData("", "guide { ", "x = 1", "}")]
    [InlineData("", "if a { x = 1 } else { ", "x = 2", "}")]
    public void Ten_thousand_levels_are_one_mistake(string start, string open, string middle, string close)
    {
        var result = OnSmallStack(start + Repeat(open, 10_000) + middle + Repeat(close, 10_000));
        var diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal("GM0114", diagnostic.Id);
        Assert.Equal("this stands more than 256 levels deep in parentheses, operators and blocks", diagnostic.Message);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("f(")]
    [InlineData("-(")]
    public void Ten_thousand_levels_that_never_close_are_one_mistake(string open) =>
        Assert.Equal("GM0114", Assert.Single(OnSmallStack("x = " + Repeat(open, 10_000)).Diagnostics).Id);

    [Fact]
    public void Blocks_that_never_close_end_with_the_file() =>
        Assert.Equal(["GM0114", "GM0112"], OnSmallStack(Repeat("for i in 1..2 {\n", 10_000)).Diagnostics.Select(diagnostic => diagnostic.Id));

    [Fact]
    public void The_statement_after_one_that_is_too_deep_is_read()
    {
        var result = OnSmallStack($"x = {Repeat("(", 300)}1{Repeat(")", 300)}\ny ~ Normal(0 1)");
        Assert.Equal(["GM0114", "GM0111"], result.Diagnostics.Select(diagnostic => diagnostic.Id));
    }

    [Theory]
    [InlineData("(", ")")]
    [InlineData("f(a: ", ")")]
    [InlineData("[", "]")]
    [InlineData("-", "")]
    public void Two_hundred_and_fifty_six_levels_are_fine_and_print(string open, string close)
    {
        var text = $"x = {Repeat(open, 256)}1{Repeat(close, 256)}";
        var result = OnSmallStack(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(open == "(" ? "x = 1\n" : text + "\n", OnSmallStack(() => Printer.Print(result.File)));
    }

    [Theory]
    [InlineData("a or b and c == d..e + f * g[1] - h(", 128)]
    [InlineData("a or b and not c == d..e + f * -g ^ (", 64)]
    public void Every_level_of_precedence_at_every_depth_is_fine_and_prints(string open, int times)
    {
        var text = $"x = {Repeat(open, times)}i + 1{Repeat(")", times)}\n";
        var result = OnSmallStack(text);
        Assert.Empty(result.Diagnostics);
        Assert.Equal(text, OnSmallStack(() => Printer.Print(result.File)));
    }

    [Fact]
    public void A_sum_of_a_hundred_thousand_terms_is_one_chain()
    {
        var result = OnSmallStack("x = " + string.Join(" + ", Enumerable.Range(1, 100_000).Select(i => $"a[{i}]")));
        Assert.Empty(result.Diagnostics);
        var define = Assert.IsType<DefineStatement>(Assert.Single(result.File.Statements));
        Assert.Equal(100_000, Assert.IsType<ChainExpr>(define.Right).Operands.Length);
    }

    [Fact]
    public void A_name_of_a_million_marks_is_read() =>
        Assert.Empty(OnSmallStack($"a{Repeat("\u0301\u0323", 500_000)} = 1").Diagnostics);

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static ParseResult OnSmallStack(string text) => OnSmallStack(() => Parser.Parse(new SourceText("m.gm", text)));

    private static T OnSmallStack<T>(Func<T> read)
    {
        T? result = default;
        var thread = new Thread(() => result = read(), SmallStack);
        thread.Start();
        thread.Join();
        return result!;
    }
}
