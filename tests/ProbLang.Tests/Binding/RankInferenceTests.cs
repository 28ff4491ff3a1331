using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Binding;

public class RankInferenceTests
{
    [Theory]
    [InlineData("y = x[1]\nx ~ Normal(0, 1) ^ 3", 0, ElementType.Real)]
    [InlineData("y = X @ w\nw ~ Normal(0, 1) ^ 3\nX ~ Normal(0, 1) ^ (2, 3)", 1, ElementType.Real)]
    [InlineData("y = x[2..3]\nx ~ Normal(0, 1) ^ (3, 4)", 2, ElementType.Real)]
    [InlineData("y = x[[1, 2], 3]\nx ~ Normal(0, 1) ^ (3, 4)", 1, ElementType.Real)]
    [InlineData("for i in 1..2 { y[i] = x[i] }\nx ~ Normal(0, 1) ^ (3, 4)", 2, ElementType.Real)]
    [InlineData("for i in 1..2 { for j in 1..3 { y[i, j] = i + j } }", 2, ElementType.Integer)]
    [InlineData("for i in 1..2 { y[i] ~ Dirichlet([1, 1]) }", 2, ElementType.Real)]
    [InlineData("y ~ Poisson(3) ^ 4", 1, ElementType.Integer)]
    [InlineData("y ~ Bernoulli(0.5)", 0, ElementType.Boolean)]
    [InlineData("y = if x > 1 then x else 0\nx ~ Poisson(3) ^ 4", 1, ElementType.Integer)]
    [InlineData("y ~ Dirichlet([1, 1]) ^ 3", 2, ElementType.Real)]
    [InlineData("y ~ Categorical([[0.5, 0.5], [0.1, 0.9]])", 1, ElementType.Integer)]
    [InlineData("y ~ MvNormal([[0, 0], [1, 1]], identity(2))", 2, ElementType.Real)]
    [InlineData("y = sum(x)\nx ~ Bernoulli(0.5) ^ 4", 0, ElementType.Integer)]
    [InlineData("y = x[1][2]\nx ~ Normal(0, 1) ^ (3, 4)", 0, ElementType.Real)]
    [InlineData("y: int(0, 9) ~ Binomial(9, 0.3)", 0, ElementType.Integer)]
    [InlineData("y: real ~ Poisson(3)", 0, ElementType.Real)]
    [InlineData("for t in 2..3 { y[t] = y[t-1] }", 1, ElementType.Real)]
    [InlineData("y[1] = 0\nfor t in 2..3 { y[t] = y[t-1] / 2 }", 1, ElementType.Real)]
    [InlineData("y[1] = 0\nfor t in 2..3 { y[t] = y[t-1] + 2 }", 1, ElementType.Integer)]
    [InlineData("y[1] = zeros(3)\nfor t in 2..9 { y[t] = identity(3) @ y[t-1] }", 2, ElementType.Real)]
    [InlineData("for t in 2..9 { y[t] ~ MvNormal(identity(3) @ y[t-1], identity(3)) }", 2, ElementType.Real)]
    [InlineData("for t in 2..9 { y[t] ~ Normal(A @ x[t-1], 1); x[t] = y[t] }\nA ~ Normal(0, 1) ^ (3, 3)", 2, ElementType.Real)]
    [InlineData("for t in 2..9 { y[t] = identity(2) @ y[t-1] @ identity(2) + ones(2, 2) }", 3, ElementType.Real)]
    [InlineData("y = [1, 2] @ [3, 4]", 0, ElementType.Integer)]
    public void Ranks_and_types_follow_from_the_definitions(string text, int rank, object type)
    {
        var variable = Models.Variable(text, "y");
        Assert.Equal((rank, type), (variable.Rank, (object)variable.Type));
    }

    [Fact]
    public void Arrays_may_recur_through_each_other()
    {
        var graph = Models.Graph("""
            input y[9]
            mu ~ Normal(0, 1)
            phi ~ Normal(0, 1)
            theta ~ Normal(0, 1)
            for t in 2..9 {
              nu[t]  = mu + phi * y[t-1] + theta * err[t-1]
              err[t] = y[t] - nu[t]
            }
            err[1] = y[1] - mu
            """);
        Assert.Equal((1, ElementType.Real), (graph.Find("nu")!.Rank, graph.Find("nu")!.Type));
        Assert.Equal((1, ElementType.Real), (graph.Find("err")!.Rank, graph.Find("err")!.Type));
        Assert.Equal(["t"], graph.Find("nu")!.DimensionNames);
    }

    [Fact]
    public void The_order_of_statements_does_not_matter()
    {
        string[] statements =
        [
            "input N: count", "input X[N, 3]", "a ~ Normal(0, 1)", "b ~ Normal(0, 1) ^ 3", "m = a + X @ b", "k = floor(m)", "h[1] = [a, a]",
            "for t in 2..N { h[t] = h[t-1] * 2 + g[t-1] }", "for t in 1..N { g[t] = sum(h[t]) * h[t] }", "y ~ Normal(m + mean(k), exp(a))", "z = h[2, 1] + y[1]",
        ];
        var expected = Described(statements);
        var random = new Random(11);
        for (var round = 0; round < 50; round++)
        {
            random.Shuffle(statements);
            Assert.Equal(expected, Described(statements));
        }

        static List<(string, int, ElementType)> Described(string[] statements) =>
            [.. Models.Graph(string.Join('\n', statements)).Variables.Select(v => (v.Name, v.Rank, v.Type)).OrderBy(v => v.Name, StringComparer.Ordinal)];
    }

    [Fact]
    public void A_dimension_takes_the_name_of_its_plate()
    {
        var graph = Models.Graph("""
            input N: count
            x[1] ~ Normal(0, 1)
            for t in 2..N { x[t] ~ Normal(x[t-1], 1) }
            for i in 1..N { for j in 1..N { A[i + 1, j] ~ Normal(0, 1) ^ 2 } }
            """);
        Assert.Equal(["t"], graph.Find("x")!.DimensionNames);
        Assert.Equal([null, "j", null], graph.Find("A")!.DimensionNames);
    }

    [Fact]
    public void Declared_types_become_bounds()
    {
        var graph = Models.Graph("""
            input K: count
            input a: real(0, )
            input b: probability
            input c: positive = 2
            n: int(1, K) ~ Poisson(a + b + c) truncated (1, K)
            """);
        Assert.Equal((0.0, null), (Constant(graph.Find("a")!.Lower), Constant(graph.Find("a")!.Upper)));
        Assert.Equal((0.0, 1.0), (Constant(graph.Find("b")!.Lower), Constant(graph.Find("b")!.Upper)));
        Assert.Equal((true, 2.0), (graph.Find("c")!.LowerIsOpen, Constant(graph.Find("c")!.Default)));
        Assert.Equal("K", GraphPrinter.Print(graph.Find("n")!.Upper!));
        Assert.Equal("int(1, K)", graph.Find("n")!.DeclaredType);

        static double? Constant(Bound? bound) => (bound as ConstantValue)?.Value;
    }
}
