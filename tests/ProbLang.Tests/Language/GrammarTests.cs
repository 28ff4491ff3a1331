using ProbLang.Syntax;
using ProbLang.Tests.Syntax;
using ProbLang.Text;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Grammar” of the language page; that the parser reads what the rules make and nothing else is held by <see cref="EbnfTests"/>.</summary>
public class GrammarTests
{
    [Theory]
    [InlineData("2 + 3 * 4 ^ 2", 50)]
    [InlineData("-2 ^ 2", -4)]
    [InlineData("2 ^ -1", 0.5)]
    [InlineData("2 ^ 3 ^ 2", 512)]
    [InlineData("2 ^ (3)", 8)]
    [InlineData("7 - 2 - 1", 4)]
    [InlineData("8 / 4 / 2", 1)]
    [InlineData("8 / 4 * 2", 4)]
    [InlineData("7 % 4 * 2", 6)]
    [InlineData("- -2", 2)]
    [InlineData("not true == false", 1)]
    [InlineData("not true and false", 0)]
    [InlineData("true or false and false", 1)]
    [InlineData("1 + 1 == 2", 1)]
    [InlineData("2 * (if true then 3 else 4) + 1", 7)]
    [InlineData("if false then 1 else if true then 2 else 3", 2)]
    [InlineData("if true then 1 else 2 + 10", 1)]
    [InlineData("length(1..2 + 1)", 3)]
    [InlineData("sum([1, 2, 3][2..])", 5)]
    [InlineData("[[1, 2], [3, 4]][2, 1]", 3)]
    [InlineData("[[1, 2], [3, 4]][2][1]", 3)]
    public void Operators_bind_as_the_rules_nest(string expression, double value) => Assert.Equal(value, Value(expression));

    [Fact]
    public void A_choice_that_is_an_operand_stands_in_parentheses() => Assert.NotEmpty(Mistakes("a = 1 + if true then 1 else 2"));

    [Fact]
    public void Comparisons_do_not_chain() => Assert.Contains("GM0115", Mistakes("x ~ Normal(0, 1)\na = 0 < x < 1"), StringComparison.Ordinal);

    [Fact]
    public void A_comprehension_that_is_an_argument_is_an_array() => Assert.Equal(Tree("a = sum([for i in 1..3: i^2])"), Tree("a = sum(for i in 1..3: i^2)"));

    [Theory]
    [InlineData("a ~ Normal(0, 1) truncated (0, )")]
    [InlineData("a ~ Normal(0, 1) truncated ( , 0)")]
    [InlineData("a: real( , 1) ~ Uniform(0, 1)")]
    [InlineData("input a: int(0, )\nx = a")]
    [InlineData("a ~ Flat( , 1)\ny ~ Normal(a, 1)")]
    public void A_bound_may_be_left_out(string text) => Assert.DoesNotContain("error", Mistakes(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("a ~ Normal( , 1)")]
    [InlineData("a = max( , 1)")]
    [InlineData("def f(a, b) = a + b\nx = f(1, )")]
    public void Nothing_else_may_be_left_out(string text) => Assert.Contains("error", Mistakes(text), StringComparison.Ordinal);

    [Theory]
    [InlineData("given x + 1 = 3")]
    [InlineData("given 2 = x")]
    [InlineData("given exp(x) = 3")]
    public void What_is_given_a_value_is_a_variable_or_an_element(string given) => Assert.Contains("GM0116", Mistakes($"x ~ Normal(0, 1)\n{given}"), StringComparison.Ordinal);

    [Fact]
    public void A_list_in_parentheses_after_a_power_is_a_shape()
    {
        Assert.Equal([2, 3], Shape("x ~ Normal(0, 1) ^ (2, 3)", "x"));
        Assert.Equal([6], Shape("x ~ Normal(0, 1) ^ (2 * 3)", "x"));
        Assert.Contains("GM0119", Mistakes("a = (1, 2)"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_range_after_digits_is_no_fraction() => Assert.Equal([1, 2, 3], Values("n = 3\nx = 1..n", "x"));

    [Fact]
    public void A_block_of_a_function_ends_with_what_it_returns()
    {
        Assert.Equal(5, Value("def f(a) { t = a^2; return t + 1 }\nx = f(2)", "x"));
        Assert.Contains("GM0117", Mistakes("def f(a) { t = a^2 }\nx = f(2)"), StringComparison.Ordinal);
        Assert.Contains("GM0120", Mistakes("return 3"), StringComparison.Ordinal);
    }

    [Fact]
    public void Only_names_are_called() => Assert.Contains("GM0118", Mistakes("x = (1 + 2)(3)"), StringComparison.Ordinal);

    private static string Tree(string text)
    {
        var parsed = Parser.Parse(new SourceText("m.gm", text));
        Assert.Empty(parsed.Diagnostics);
        return TreeText.Of(parsed.File);
    }
}
