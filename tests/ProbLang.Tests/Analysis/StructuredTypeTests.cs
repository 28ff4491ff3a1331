using System.Globalization;
using Xunit;
using static ProbLang.Tests.Analysis.ModelText;

namespace ProbLang.Tests.Analysis;

public class StructuredTypeTests
{
    [Fact]
    public void A_type_of_vectors_or_matrices_adds_dimensions_whose_size_the_data_tell()
    {
        var model = Condition("""
            input N: count
            input K: count
            input w[N]: simplex(K)
            input S: covariance(D)
            input D: count
            x = w[2, 1] + S[1, 2]
            """, Given("w", [3, 2], 0.5, 0.5, 0.25, 0.75, 1, 0), Given("S", [2, 2], 2, 0.5, 0.5, 1));
        Assert.Equal([3.0, 2, 2], new[] { "N", "K", "D" }.Select(n => model.State(n).Values[0]));
        Assert.Equal([0.75], model.State("x").Values);
    }

    [Theory]
    [InlineData("simplex(3)", 0.2, 0.3, 0.5)]
    [InlineData("simplex(3)", 0, 0, 1)]
    [InlineData("simplex(3)", 0.333333, 0.333333, 0.333334)]
    [InlineData("ordered(3)", -1, 0, 7)]
    [InlineData("unit(2)", 0.6, -0.8)]
    [InlineData("covariance(2)", 2, -1, -1, 3)]
    [InlineData("correlation(2)", 1, 0.9, 0.9, 1)]
    [InlineData("cholesky(2)", 2, 0, -1, 0.5)]
    public void What_is_of_its_type_is_taken(string type, params object[] cells) => Condition($"input x: {type}\ny = x", Given("x", Shape(type), Cells(cells)));

    [Theory]
    [InlineData("simplex(3)", 1, "add up to 0.98, not 1", 0.2, 0.3, 0.48)]
    [InlineData("simplex(3)", 2, "its element 2 is -0.1, below 0", 0.2, -0.1, 0.9)]
    [InlineData("ordered(3)", 3, "it is not increasing at element 3: 1 follows 1", -1, 1, 1)]
    [InlineData("unit(2)", 1, "its length is 2, not 1", 2, 0)]
    [InlineData("covariance(2)", 2, "it is not symmetric: [1, 2] is -1 and [2, 1] is -2", 2, -1, -2, 3)]
    [InlineData("covariance(2)", 1, "it is not positive definite", 1, 2, 2, 1)]
    [InlineData("correlation(2)", 4, "[2, 2] is 2, and a correlation has ones on its diagonal", 1, 0.5, 0.5, 2)]
    [InlineData("correlation(2)", 1, "it is not positive definite", 1, 1, 1, 1)]
    [InlineData("cholesky(2)", 2, "[1, 2] is 1, and a Cholesky factor is 0 above its diagonal", 2, 1, -1, 0.5)]
    [InlineData("cholesky(2)", 4, "[2, 2] is 0, and a Cholesky factor is positive on its diagonal", 2, 0, -1, 0)]
    public void What_is_not_of_its_type_is_reported_in_its_cell(string type, int cell, string why, params object[] cells)
    {
        var result = TryCondition($"input x: {type}\ny = x", Given("x", Shape(type), Cells(cells)));
        var mistake = Assert.Single(result.Diagnostics);
        Assert.Equal("GM0346", mistake.Id);
        Assert.StartsWith($"`x` is declared `{type}`, but ", mistake.Message, StringComparison.Ordinal);
        Assert.EndsWith(why, mistake.Message, StringComparison.Ordinal);
        var width = Shape(type)[^1];
        Assert.Equal((Shape(type).Length == 1 ? 1 : (cell - 1) / width + 1, Shape(type).Length == 1 ? cell : (cell - 1) % width + 1), (mistake.Location!.Line, mistake.Location.Column));
    }

    [Fact]
    public void The_row_that_is_wrong_is_named() => Assert.Equal("""
        data.json:2:1: error GM0346: `w[2]` is declared `simplex(2)`, but its elements add up to 0.98, not 1
          model.gm:2:7: declared here
          2 | input w[N]: simplex(2)
            |       ^
        """, MessageOf("input N: count\ninput w[N]: simplex(2)\nx = w", Given("w", [2, 2], 0.5, 0.5, 0.25, 0.73)));

    [Theory]
    [InlineData("w: simplex(2) ~ Dirichlet([1, 1])\nx ~ Normal(w[1], 1)")]
    [InlineData("for i in 1..3 { w[i]: simplex(2) ~ Dirichlet([1, 1]) }\nx ~ Normal(w[2, 1], 1)")]
    [InlineData("w: simplex(2) ~ Dirichlet([1, 1]) ^ 3\nx ~ Normal(w[2, 1], 1)")]
    [InlineData("w: simplex(2) = softmax([1, 2])\nx ~ Normal(w[1], 1)")]
    [InlineData("z ~ Normal(0, 1) ^ 2\nu: unit(2) = z / sqrt(sum(z ^ 2))\nx ~ Normal(u[1], 1)")]
    [InlineData("L: cholesky(2) = cholesky([[2, 1], [1, 2]])\nR: correlation(2) = identity(2)\nx ~ Normal(L[1, 1] + R[1, 1], 1)")]
    [InlineData("c: ordered(3) = cumsum([1, 1, 1])\nx ~ Normal(c[3], 1)")]
    public void Variables_are_declared_vectors_and_matrices(string text) => Condition(text, Given("x", 1));

    [Theory]
    [InlineData("w: simplex(3) = [0.5, 0.6, 0.2]", "GM0346 `w` is declared `simplex(3)`, but its elements add up to 1.3, not 1")]
    [InlineData("input K: count = 3\nw: simplex(K) ~ Dirichlet([1, 1])", "GM0347 `w` is declared `simplex(K)`, which is 3 long, but the model makes it 2 long")]
    [InlineData("input b: real = 2\np: probability ~ Uniform(0, b)", "GM0345 `p` is declared `probability`, but Uniform gives values above 1")]
    [InlineData("input n: count = 3\nk: int(0, n) ~ Poisson(2)", "GM0345 `k` is declared `int(0, n)`, but Poisson gives values above 3")]
    [InlineData("input n: count = 3\nk: int(n, ) = 2", "GM0307 `k` is 2, but its type is int(n, ): at least 3")]
    [InlineData("input a: real = 1\ninput b: real(a, 2 * a) = 2.5\nx = b", "GM0307 `b` is 2.5, but its type is real(a, 2 * a): from 1 to 2")]
    public void What_the_data_decide_of_a_declared_type_is_checked(string text, string expected) => Assert.Equal([expected], MessagesOf(text));

    [Theory]
    [InlineData("input n: count = 3\nk: int(0, n) ~ Binomial(n, 0.5)")]
    [InlineData("input n: count = 3\nk: int(0, n + 1) ~ Binomial(n, 0.5)")]
    [InlineData("mu ~ Normal(0, 1)\nx: real(mu, ) ~ Normal(mu, 1)")]
    [InlineData("x: positive ~ Normal(0, 1) truncated (0, )")]
    [InlineData("x: positive ~ Dirichlet([1, 1])")]
    [InlineData("p: probability = 0.1 + 0.2 + 0.7 + 1e-17")]
    public void A_type_that_may_hold_is_not_reported(string text) => Condition(text);

    [Fact]
    public void A_bound_that_is_an_expression_is_checked_in_the_cell() => Assert.Equal("""
        data.json:1:3: error GM0307: `y[3]` is 6, but its type is int(0, n - 1): from 0 to 4
          model.gm:2:7: declared here
          2 | input y[3]: int(0, n - 1)
            |       ^
        """, MessageOf("input n: count\ninput y[3]: int(0, n - 1)\nx = y", Given("n", 5), Given("y", 0, 4, 6)));

    [Fact]
    public void A_given_draw_is_checked_against_its_type() =>
        Assert.Equal(["GM0346 `w[2]` is declared `simplex(2)`, but its elements add up to 0.9, not 1"],
            MessagesOf("for i in 1..2 { w[i]: simplex(2) ~ Dirichlet([1, 1]) }", Given("w", [2, 2], null, null, 0.4, 0.5)));

    private static double?[] Cells(object[] cells) => Array.ConvertAll(cells, c => (double?)Convert.ToDouble(c, CultureInfo.InvariantCulture));

    private static int[] Shape(string type)
    {
        var n = type[^2] - '0';
        return type.StartsWith('s') || type.StartsWith('o') || type.StartsWith('u') ? [n] : [n, n];
    }
}
