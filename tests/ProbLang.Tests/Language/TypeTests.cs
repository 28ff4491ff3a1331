using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Types” of the language page.</summary>
public class TypeTests
{
    [Theory]
    [InlineData("real", "-2.5", "\"a\"")]
    [InlineData("real(0, 1)", "1", "1.1")]
    [InlineData("real(0, )", "0", "-0.1")]
    [InlineData("real( , 3)", "3", "3.1")]
    [InlineData("positive", "0.1", "0")]
    [InlineData("probability", "0", "1.1")]
    [InlineData("int", "-3", "0.5")]
    [InlineData("int(0, 9)", "9", "10")]
    [InlineData("count", "0", "-1")]
    [InlineData("bool", "true", "2")]
    [InlineData("simplex(2)", "[0.25, 0.75]", "[0.5, 0.75]")]
    [InlineData("ordered(2)", "[1, 2]", "[2, 1]")]
    [InlineData("unit(2)", "[0.6, 0.8]", "[1, 1]")]
    [InlineData("covariance(2)", "[[2, 1], [1, 2]]", "[[1, 2], [2, 1]]")]
    [InlineData("correlation(2)", "[[1, 0.5], [0.5, 1]]", "[[2, 0.5], [0.5, 1]]")]
    [InlineData("cholesky(2)", "[[1, 0], [0.5, 1]]", "[[1, 0.5], [0, 1]]")]
    [InlineData("category(\"low\", \"high\")", "\"low\"", "\"middle\"")]
    public void A_value_is_checked_against_its_type(string type, string right, string wrong)
    {
        var text = $"input x: {type}\ny = sum([x])";
        if (type.StartsWith("category", StringComparison.Ordinal)) text = $"input x: {type}\ny = x == \"low\"";
        Assert.Empty(Mistakes(text, $"x={right}"));
        Assert.Contains("error", Mistakes(text, $"x={wrong}"), StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_may_be_expressions()
    {
        const string Text = "input top: real\ninput x: real(0, 2 * top)\ny = x";
        Assert.Empty(Mistakes(Text, "top=2", "x=4"));
        Assert.Contains("GM0307", Mistakes(Text, "top=2", "x=4.1"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_truth_value_counts_as_1_or_0_in_arithmetic() => Assert.Equal(3, Value("true + true * 2 - false"));

    [Fact]
    public void Levels_are_sorted_unless_they_are_listed()
    {
        Assert.Equal([2, 1, 2], Values("input N: count\ninput g[N]: category\nx = [for i in 1..N: sum(for r in levels(g): r * (g[i] == r))]", "x", "g=[\"b\", \"a\", \"b\"]"));
        Assert.Equal([1, 2, 1], Values("input N: count\ninput g[N]: category(\"b\", \"a\")\nx = [for i in 1..N: sum(for r in levels(g): r * (g[i] == r))]", "x", "g=[\"b\", \"a\", \"b\"]"));
    }

    [Fact]
    public void Variables_of_one_category_share_its_levels()
    {
        const string Text = "input a: category(place)\ninput b: category(place)\nk = size(levels(place))\nl = size(levels(a))\nsame = a == b";
        Assert.Equal(2, Value(Text, "k", "a=\"x\"", "b=\"y\""));
        Assert.Equal(2, Value(Text, "l", "a=\"x\"", "b=\"y\""));
        Assert.Equal(1, Value(Text, "same", "a=\"x\"", "b=\"x\""));
    }

    [Fact]
    public void A_label_that_is_not_among_the_levels_is_a_mistake() =>
        Assert.Contains("GM0342", Mistakes("input g: category(\"low\", \"high\")\nx = g == \"low\"", "g=\"hihg\""), StringComparison.Ordinal);

    [Fact]
    public void Types_are_inferred_or_declared()
    {
        var graph = Compiled("a ~ Normal(0, 1)\nb ~ Poisson(2)\nc ~ Bernoulli(0.5)\nd = b + c\ne = a > 0\nf = b / 2\ng: count = b").PrintGraph();
        foreach (var line in new[] { "random a: real", "random b: integer", "random c: boolean", "deterministic d: integer", "deterministic e: boolean", "deterministic f: real", "deterministic g: integer, from 0" })
            Assert.Contains(line, graph, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_is_taken_from_the_shapes_in_the_data()
    {
        const string Text = "input J: count\ninput sigma[J]: positive\nx = J";
        Assert.Equal(3, Value(Text, "x", "sigma=[1, 2, 3]"));
        Assert.Contains("GM0303", Mistakes("input J: count\ninput a[J]\ninput b[J]\nx = sum(a) + sum(b)", "a=[1, 2]", "b=[1, 2, 3]"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("7 / 2", 3.5), InlineData("7 % 3", 1), InlineData("-7 % 3", 2), InlineData("7 % -3", -2), InlineData("-7 % -3", -1), InlineData("-7.5 % 2", 0.5)]
    public void A_quotient_of_integers_is_real_and_a_remainder_has_the_sign_of_its_divisor(string expression, double value) => Assert.Equal(value, Value(expression));

    [Fact]
    public void What_is_rounded_is_an_integer()
    {
        foreach (var function in new[] { "floor", "round", "ceil" }) Assert.Empty(Mistakes($"v = [1, 2, 3]\nx = v[{function}(5 / 2)]"));
        Assert.Contains("GM0244", Mistakes("v = [1, 2, 3]\nx = v[4 / 2]"), StringComparison.Ordinal);
    }
}
