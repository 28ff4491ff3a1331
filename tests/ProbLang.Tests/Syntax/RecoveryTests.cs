using Xunit;

namespace ProbLang.Tests.Syntax;

/// <summary>Independent mistakes are all reported in one run, of whatever stage; what follows from one is not.</summary>
public class RecoveryTests
{
    [Fact]
    public void Ten_mistakes_of_reading_and_of_meaning_are_ten_messages() => Assert.Equal(
        [
            "GM0203 3", "GM0111 4", "GM0121 5", "GM0127 6", "GM0220 7", "GM0111 8", "GM0132 10", "GM0202 11", "GM0115 12", "GM0229 14",
        ],
        Messages("""
            input N: count
            input x[N]
            alpha ~ normal(0, 10)
            beta ~ Normal(0 10)
            sigma <- 3
            for i in 1:N { mu[i] = alpha + beta * x[i] }
            for i in 1..N { y[i] ~ Normal(mu[i], sigma, 3) }
            z = 2 ** 3
            zz = z + 1
            v ~ Gamma(1, 1) T(0, )
            u = nrow(x)
            t = 0 < alpha < 1
            s = t + u + v + zz
            r ~ Normal(0, -1)
            """));

    [Fact]
    public void Ten_mistakes_in_blocks_are_ten_messages() => Assert.Equal(
        [
            "GM0111 1", "GM0201 2", "GM0111 3", "GM0111 6", "GM0249 7", "GM0117 9", "GM0202 10", "GM0111 12", "GM0208 13", "GM0207 14", "GM0113 15",
        ],
        Messages("""
            a = 3 +
            for i in 1..3 { b[i] = unknown + i }
            for j in 1..3 { c[j] ~ Normal(a, 1
              d[j] = c[j] }
            for k in 1..3 {
              e[k] = )
              f[k] = b[0]
            }
            def g(x) { y = x }
            h = expp(1) + g(2)
            for n in 1..3 {
              m[n] = [1, 2
              o[n] ~ 3 * n }
            p = 1 + Normal(0, 1)
            }
            q = p + m[1] + o[1] + d[1] + e[1]
            """));

    [Fact]
    public void Ten_mistakes_in_statements_with_words_of_their_own_are_ten_messages() => Assert.Equal(
        [
            "GM0129 1", "GM0135 2", "GM0111 3", "GM0111 4", "GM0111 5", "GM0201 6", "GM0111 7", "GM0116 8", "GM0111 9", "GM0120 10", "GM0202 11",
        ],
        Messages("""
            import numpy as np
            param w ~ Normal(0, 1)
            net g mlp(3)
            factor
            y ~ Normal(w, 1) ^
            z ~ Normal(y, sigmaa)
            given y < = 3
            given y + z = 3
            input = 3
            return z
            n = foo(1, 2) + w + g(3)
            """));

    /// <summary>What a statement that cannot be read would define is not missing.</summary>
    [Theory]
    [InlineData("a = = 3\nb = a + 1", "GM0111 1")]
    [InlineData("a ~ Normal(0 1)\nb = a[1] + sum(a)", "GM0111 1")]
    [InlineData("for i 1..3 { a[i] = 3\nb[i] = a[i] }\nc = sum(a) + b[2]", "GM0111 1")]
    [InlineData("def f(a = a + 1\nb = f(3)", "GM0111 1")]
    [InlineData("input a[\nb = a[1]", "GM0111 2")]
    [InlineData("if 3 > { a = 3 } else { a = 4 }\nb = a", "GM0111 1")]
    [InlineData("log(a) ~ Normal(0, 1)\nb = a", "GM0122 1")]
    [InlineData("import file.gm\nb = f(a)", "GM0129 1")]
    [InlineData("real<lower=0> a;\nb = a", "GM0125 1")]
    [InlineData("x[1] = )\nfor t in 2..5 { x[t] = x[t-1] + 1 }", "GM0111 1")]
    [InlineData("a = 1 $ 2\nb = [1, 2] + a", "GM0105 1")]
    [InlineData("a = 0 < 1 < 2\nb = a + 1", "GM0115 1")]
    [InlineData("x =\ny = 3\nz = x + y", "GM0111 1")]
    [InlineData("input N: cuont\ninput M\na = N + M +", "GM0111 3", "GM0215 1")]
    public void What_follows_from_a_mistake_is_not_reported(string text, params string[] messages) => Assert.Equal(messages.Order(), Messages(text).Order());

    /// <summary>A mistake of one name does not hide those of another.</summary>
    [Theory]
    [InlineData("a = = 3\nb = aa", "GM0111 1", "GM0201 2")]
    [InlineData("given a + = 3\na ~ Normal(0, bb)", "GM0111 1", "GM0201 2")]
    [InlineData("factor a +\nb = cc", "GM0111 1", "GM0201 2")]
    public void What_does_not_follow_is_reported(string text, params string[] messages) => Assert.Equal(messages, Messages(text));

    [Fact]
    public void No_more_than_fifty_are_shown_in_the_order_of_the_text()
    {
        var diagnostics = Model.Compile(string.Concat(Enumerable.Range(1, 40).Select(i => $"x{i} = Normal(0, 1)\ny{i} = = 1\n"))).Diagnostics;
        Assert.Equal(50, diagnostics.Length);
        Assert.Equal(Enumerable.Range(1, 50), diagnostics.Select(d => d.Location!.Line));
    }

    [Fact]
    public void Where_a_statement_cannot_be_read_nothing_is_said_to_be_unused() => Assert.Equal(["GM0111 2"], Messages("input a\nx = a +"));

    private static string[] Messages(string text) => [.. Model.Compile(text).Diagnostics.Select(d => $"{d.Id} {d.Location!.Line}")];
}
