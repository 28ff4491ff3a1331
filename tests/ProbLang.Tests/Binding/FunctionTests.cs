using System.Text;
using ProbLang.Graph;
using Xunit;

namespace ProbLang.Tests.Binding;

/// <summary>Functions with blocks, and random functions.</summary>
public class FunctionTests
{
    private static string Definitions(string text)
    {
        var printed = GraphPrinter.Print(Models.Graph(text));
        return printed[(printed.IndexOf("definitions\n", StringComparison.Ordinal) + "definitions\n".Length)..].TrimEnd();
    }

    [Theory]
    // A block is the expression that it returns, its locals bound in any order.
    [InlineData("def f(a) { t = a^2; return t + 1 }\ninput b\nx = f(b)", "def f(a) = a^2 + 1\ninput b\nx = f(b)")]
    [InlineData("def f(a) { u = t * 2; t = a^2; return u + t }\ninput b\nx = f(b)", "def f(a) = a^2 * 2 + a^2\ninput b\nx = f(b)")]
    // Arrays.
    [InlineData("def f(a) { for i in 1..length(a) { t[i] = a[i] * 2 } return sum(t) }\ninput b[3]\nx = f(b)",
        "input b[3]\nx = sum(for i in 1..length(b): b[i] * 2)")]
    [InlineData("def f(a) { for i in 1..2 { for k in 1..3 { t[i, k] = a[k] * i } } return t }\ninput b[3]\nx = f(b)",
        "input b[3]\nx = [for i in 1..2: [for k in 1..3: b[k] * i]]")]
    [InlineData("def f(a) { for i in 3..4 { t[i] = i * a } t[1] = a; t[2] = 2 * a; return t }\ninput b\nx = f(b)",
        "input b\nx = concat([b], [2 * b], [for i in 3..4: i * b])")]
    // What a block uses: variables of the model, other functions, and names of its own that hide those of the model.
    [InlineData("def g(a) = a * m\ndef f(a) { t = g(a) + m; return t }\ninput m\nx = f(3)", "input m\nx = 3 * m + m")]
    [InlineData("def f(a) { t = a + 1; return t }\ninput t\nx = f(t) + t", "input t\nx = t + 1 + t")]
    [InlineData("def f(a) { i = a; return sum(for i in 1..2: i) + i }\nfor i in 1..2 { x[i] = f(i + 1) }", "for i in 1..2 { x[i] = sum(for i in 1..2: i) + (i + 1) }")]
    // A function that only gives a distribution.
    [InlineData("def D(a) { s = exp(a); return Normal(a, s) }\ninput b\nx ~ D(b) truncated (0, )\ny ~ Mixture([0.5, 0.5], [D(1), D(b)]) ^ 2",
        "input b\nx ~ Normal(b, exp(b)) truncated (0, )\ny ~ Mixture([0.5, 0.5], [Normal(1, exp(1)), Normal(b, exp(b))]) ^ 2")]
    public void A_block_means_what_its_expression_means(string block, string expression) => Assert.Equal(Definitions(expression), Definitions(block));

    [Fact]
    public void A_local_is_bound_once_however_often_it_is_used()
    {
        var value = (ElementwiseValue)Models.Graph("def f(a) { t = exp(a); return t * t }\ninput b\nx = f(b)").Definitions[0].Value!;
        Assert.Same(value.Arguments[0], value.Arguments[1]);
    }

    [Fact]
    public void Locals_that_double_at_every_level_share_their_memory_up_to_the_limit_and_are_refused_beyond()
    {
        Assert.Empty(Models.Bind(Nested(15)).Diagnostics);
        Assert.Equal("GM0255", Models.Bind(Nested(30)).Diagnostics.Single().Id);

        static string Nested(int levels)
        {
            var text = new StringBuilder("def f0(x) { t = x + 1; return t * t }\n");
            for (var i = 1; i < levels; i++) text.Append($"def f{i}(x) {{ t = f{i - 1}(x) + 1; return t * t }}\n");
            return text.Append($"input a\ny = f{levels - 1}(a)").ToString();
        }
    }

    [Theory]
    // A deterministic result, a distribution, a local that is drawn, an array, and one random function from another.
    [InlineData("def D(a, b) { theta ~ Normal(a, b); return theta + 1 }\nx ~ D(1, 2)",
        "  x.theta ~ Normal(mean: 1, sd: 2)\n  x = x.theta + 1")]
    [InlineData("def D(m) { s ~ HalfNormal(1); return Normal(m, s) }\nfor i in 1..3 { x[i] ~ D(i) }",
        "  for i in 1..3: x.s[i] ~ HalfNormal(sd: 1)\n  for i in 1..3: x[i] ~ Normal(mean: i, sd: x.s[i])")]
    [InlineData("def D(m) { theta ~ Normal(m, 1); y ~ Normal(theta, 2); return y }\nx ~ D(0)",
        "  x.theta ~ Normal(mean: 0, sd: 1)\n  x ~ Normal(mean: x.theta, sd: 2)")]
    [InlineData("def D(n) { m ~ Normal(0, 1); for k in 1..n { v[k] ~ Normal(m, k) } return v }\nfor i in 1..2 { x[i] ~ D(4) }",
        "  for i in 1..2: x.m[i] ~ Normal(mean: 0, sd: 1)\n  for i in 1..2: for k in 1..4: x[i, k] ~ Normal(mean: x.m[i], sd: k)")]
    [InlineData("def E(m) { e ~ Normal(m, 1); return 2 * e }\ndef D(m) { e ~ E(m); return e }\nx ~ D(3)",
        "  x.e ~ Normal(mean: 3, sd: 1)\n  x = 2 * x.e")]
    [InlineData("def E(m) { e ~ Normal(m, 1); return 2 * e }\ndef D(m) { e ~ E(m); return Normal(e, 1) }\nx ~ D(3)",
        "  x.e.e ~ Normal(mean: 3, sd: 1)\n  x.e = 2 * x.e.e\n  x ~ Normal(mean: x.e, sd: 1)")]
    [InlineData("def E(m) { e ~ Normal(m, 1); return 2 * e }\ndef D(m) { e ~ Normal(m, 2); return E(e) }\nx ~ D(3)",
        "  x.e ~ Normal(mean: 3, sd: 2)\n  x.E.e ~ Normal(mean: x.e, sd: 1)\n  x = 2 * x.E.e")]
    // Repeated, in pieces, and with a chain of its own.
    [InlineData("def D(m) { e ~ Normal(m, 1); return Normal(e, 2) }\ninput N: count\nx ~ D(0) ^ (N, 2)",
        "  for draw in 1..N: for draw2 in 1..2: x.e[draw, draw2] ~ Normal(mean: 0, sd: 1)\n  for draw in 1..N: for draw2 in 1..2: x[draw, draw2] ~ Normal(mean: x.e[draw, draw2], sd: 2)")]
    [InlineData("def D(m) { e ~ Normal(m, 1); return Normal(e, 2) }\nx[1] ~ D(0)\nfor t in 2..5 { x[t] ~ D(x[t - 1]) }",
        "  x.e[1] ~ Normal(mean: 0, sd: 1)\n  x[1] ~ Normal(mean: x.e[1], sd: 2)\n  for t in 2..5: x.e[t] ~ Normal(mean: x[t - 1], sd: 1)\n  for t in 2..5: x[t] ~ Normal(mean: x.e[t], sd: 2)")]
    [InlineData("def Walk(n, s) { w[1] ~ Normal(0, s); for t in 2..n { w[t] ~ Normal(w[t - 1], s) } return w }\nx ~ Walk(3, 1)",
        "  x[1] ~ Normal(mean: 0, sd: 1)\n  for t in 2..3: x[t] ~ Normal(mean: x[t - 1], sd: 1)")]
    // Arguments keep the names of where they are written.
    [InlineData("def D(m) { for i in 1..2 { v[i] ~ Normal(m[i], 1) } return sum(v) }\nfor i in 1..3 { x[i] ~ D([i, 10 * i]) }",
        "  for i in 1..3: for i in 1..2: x.v[i, i] ~ Normal(mean: [i, 10 * i][i], sd: 1)\n  for i in 1..3: x[i] = sum(x.v[i])")]
    public void A_random_function_stands_for_its_statements(string text, string definitions) => Assert.Equal(definitions, "  " + Definitions(text).TrimStart());

    [Fact]
    public void Locals_are_listed_after_the_variable_that_is_drawn() =>
        Assert.Equal(["a", "x", "x.t", "x.u", "b"], Models.Graph("def D() { t ~ Normal(0, 1); u ~ Normal(t, 1); return u + t }\na ~ Normal(0, 1)\nx ~ D()\nb = x + a").Variables.Select(v => v.Name));

    [Fact]
    public void The_documentation_and_the_type_of_a_local_are_those_of_its_variable()
    {
        var graph = Models.Graph("def D() {\n  /// How many.\n  k: count ~ Poisson(3)\n  return Normal(k, 1)\n}\nx ~ D()");
        Assert.Equal("How many.", graph.Find("x.k")!.Documentation?.Trim());
        Assert.Equal("count", graph.Find("x.k")!.DeclaredType);
        Assert.Equal(ElementType.Integer, graph.Find("x.k")!.Type);
    }

    [Theory]
    [InlineData("def D(a) { t ~ Normal(a, 1); return t + 1 }\ny = D(1) + 2", "GM0219 2:5+4")]
    [InlineData("def D(a) = Normal(a, 1)\ny = D(1)", "GM0219 2:5+4")]
    [InlineData("def f(a) { given a; return 1 }", "GM0290 1:12+7")]
    [InlineData("def f(a) { for i in 1..3 { input b } return 1 }", "GM0290 1:28+7")]
    [InlineData("def f(a) { u = 1; return a }\nx = f(1)", "GM0291 1:12+1")]
    [InlineData("def f(a) { t[2] = 1; t[3] = 3; return t }", "GM0292 1:12+1")]
    [InlineData("def f(a) { for i in 2..4 { t[i] = 1 } return t }", "GM0292 1:28+1")]
    [InlineData("def f(a) { t[1] = a; for i in 2..4 { t[i] = t[i - 1] } return t }", "GM0292 1:12+1")]
    [InlineData("def f(a) { t = u; u = t; return t }", "GM0292 1:12+1")]
    [InlineData("def f(a) { t = 1; t = 2; return t }", "GM0260 1:19+1")]
    [InlineData("def f(a) { a = 1; return a }", "GM0260 1:12+1")]
    [InlineData("def f(a) { t: int = a / 2; return t }\nx = f(1)", "GM0266 1:21+5")]
    [InlineData("def f(a) { t = zz; return t + yy(1) }", "GM0201 1:16+2", "GM0202 1:31+2")]
    [InlineData("def D(a) { t ~ Normal(a, 1); return t }\nx ~ Mixture([0.5, 0.5], [D(1), Normal(0, 1)])", "GM0293 2:26+4")]
    [InlineData("def D(a) { t ~ Normal(a, 1); return t }\nx ~ D(1) truncated (0, )", "GM0293 2:5+4")]
    [InlineData("def D(a) { t ~ Normal(a, 1); return t }\nx ~ D(1, 2)", "GM0220 2:5+1")]
    [InlineData("def D(a) { t ~ Normal(a, 1); return t }\nx ~ D(b: 1)", "GM0221 2:7+1")]
    [InlineData("def D(a) { t ~ Normal(0, 1); return t }\nx ~ D(zz)", "GM0201 2:7+2")]
    [InlineData("def D(a) { t ~ D(a); return t }\nx ~ D(1)", "GM0211 1:5+1")]
    [InlineData("def D(a) { t ~ E(a); return t }\ndef E(a) { t ~ D(a); return t }\nx ~ D(1)", "GM0211 1:5+1")]
    [InlineData("def D() { t ~ Normal(0, 1); return t }\nfor i in 1..3 { x ~ D() }", "GM0262 2:17+1")]
    [InlineData("def D() { for k in 1..2 { u ~ Normal(0, 1) } return u }\nfor i in 1..3 { x[i] ~ D() }", "GM0262 1:27+1")]
    [InlineData("def D() { t: count ~ Normal(0, 1); return t }\nx ~ D()", "GM0266 1:22+12")]
    [InlineData("def D(n) { for k in 1..n { t[k] ~ Normal(0, 1) } return sum(t) }\nx ~ D(2.5)", "GM0244 2:7+3")]
    public void A_mistake_is_reported_where_it_is(string text, params string[] places) => Assert.Equal(places, Models.Places(text));

    [Fact]
    public void What_does_not_fit_a_use_is_shown_once_with_that_use() =>
        Assert.Equal("""
            m.gm:1:24: error GM0247: this is a single number and has no elements
              1 | def D(v) { t ~ Normal( v[1], 1); return t }
                |                        ^^^^
              m.gm:2:16: in this use of `D`
              2 | def E(a) { t ~ D(a); return t }
                |                ^^^^
              m.gm:3:5: in this use of `E`
              3 | x ~ E(3)
                |     ^^^^
            """, Models.Messages("def D(v) { t ~ Normal( v[1], 1); return t }\ndef E(a) { t ~ D(a); return t }\nx ~ E(3)\ny ~ E(4)"));

    [Fact]
    public void A_random_function_in_an_expression_says_how_to_draw() =>
        Assert.Equal("""
            m.gm:2:5: error GM0219: `D` is random, and a value stands here
              2 | y = D(1)
                |     ^^^^
              = draw from it: `y ~ D(1)`
            m.gm:3:5: error GM0219: `D` is random, and a value stands here
              3 | z = D(2) + 1
                |     ^^^^
              = draw from it, `name ~ D(2)`, and use `name`
            """, Models.Messages("def D(a) { t ~ Normal(a, 1); return t }\ny = D(1)\nz = D(2) + 1"));

    [Fact]
    public void A_random_function_with_variables_of_its_own_is_no_part_of_a_distribution() =>
        Assert.Equal("""
            m.gm:2:5: error GM0293: `D` draws variables of its own, and cannot be part of another distribution
              2 | x ~ D(1) truncated (0, )
                |     ^^^^
              = draw from it alone: `name ~ D(1)`, or `name ~ D(1) ^ N`
            """, Models.Messages("def D(a) { t ~ Normal(a, 1); return t }\nx ~ D(1) truncated (0, )"));

    [Fact]
    public void A_local_that_cannot_be_put_together_says_how() =>
        Assert.Equal("""
            m.gm:1:12: error GM0292: `t` is put together in a way that a function that is computed cannot have
              1 | def f(a) { t[2] = 1; return t }
                |            ^
              = inside `f`, define it whole, in one `for` from 1, or in pieces that follow each other from 1 on: `t[1] = …`, `for i in 2..n { t[i] = … }`
            """, Models.Messages("def f(a) { t[2] = 1; return t }"));

    [Fact]
    public void Random_functions_that_double_at_every_level_are_refused()
    {
        var text = new StringBuilder("def D0() { a ~ Normal(0, 1); return a + 1 }\n");
        for (var i = 1; i <= 40; i++) text.Append($"def D{i}() {{ a ~ D{i - 1}(); b ~ D{i - 1}(); return a + b }}\n");
        var message = Models.Bind(text.Append("x ~ D40()").ToString()).Diagnostics.Single();
        Assert.Equal("GM0255", message.Id);
        Assert.Equal("the random functions of this model stand for more than ten thousand statements", message.Message);
    }

    [Fact]
    public void Arguments_that_double_at_every_level_are_refused()
    {
        var text = new StringBuilder("def D0(m) { a ~ Normal(m + m, 1); return a }\n");
        for (var i = 1; i <= 40; i++) text.Append($"def D{i}(m) {{ a ~ D{i - 1}(m + m); return a }}\n");
        Assert.Equal("GM0255", Models.Bind(text.Append("input m\nx ~ D40(m)").ToString()).Diagnostics.Single().Id);
    }
}
