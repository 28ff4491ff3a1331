using Xunit;

namespace ProbLang.Tests.Binding;

/// <summary>Warnings about what a model states, whatever its data.</summary>
public class PriorWarningTests
{
    [Fact]
    public void A_standard_deviation_that_looks_like_a_variance_is_asked_about() => Assert.Equal("""
        m.gm:1:16: warning GM0502: this is the standard deviation, and 10000 looks like a variance
          1 | mu ~ Normal(0, 10000)
            |                ^^^^^
          = write `variance: 10000` if it is one, and `sd: 10000` if it is not
        """, Models.Messages("mu ~ Normal(0, 10000)\ny ~ Normal(mu, 1)"));

    [Fact]
    public void A_standard_deviation_that_looks_like_a_precision_is_asked_about() => Assert.Equal("""
        m.gm:1:16: warning GM0502: this is the standard deviation, and 0.001 looks like a precision
          1 | mu ~ Normal(0, 0.001)
            |                ^^^^^
          = write `precision: 0.001` if it is one, and `sd: 0.001` if it is not
        """, Models.Messages("mu ~ Normal(0, 0.001)\ny ~ Normal(mu, 1)"));

    [Theory]
    [InlineData("x ~ Normal(0, 100)", true)]
    [InlineData("x ~ Normal(0, 400) truncated (0, )", true)]
    [InlineData("x ~ Normal(5, 1e6) ^ 3", true)]
    [InlineData("x ~ Normal(0, 1e-6)", true)]
    [InlineData("x ~ Normal(0, 0.01)", true)]
    [InlineData("x ~ Normal(0, sd: 100)", false)]
    [InlineData("x ~ Normal(mean: 0, sd: 0.001)", false)]
    [InlineData("x ~ Normal(0, variance: 100)", false)]
    [InlineData("x ~ Normal(0, precision: 0.001)", false)]
    [InlineData("x ~ Normal(0, 10)", false)]
    [InlineData("x ~ Normal(0, 150)", false)]
    [InlineData("x ~ Normal(0, 25)", false)]
    [InlineData("x ~ Normal(500, 100)", false)]
    [InlineData("x ~ Normal(0, 0.05)", false)]
    [InlineData("x ~ Normal(1, 0.01)", false)]
    [InlineData("mu ~ Normal(0, 1)\ny ~ Normal(mu, 100)", false)]
    [InlineData("input s: positive\ny ~ Normal(0, s)", false)]
    [InlineData("y ~ Cauchy(0, 100)", false)]
    public void Only_a_constant_that_is_customary_for_something_else_is_asked_about(string text, bool isReported) =>
        Assert.Equal(isReported ? ["GM0502"] : [], Models.Bind(text).Diagnostics.Select(d => d.Id));

    [Fact]
    public void A_flat_prior_is_reported() => Assert.Equal("""
        m.gm:1:9: warning GM0503: a flat prior does not integrate to 1, and the posterior of `sigma` may not either
          1 | sigma ~ Flat(0, )
            |         ^^^^^^^^^
          = where little is known, a wide proper prior says so: `HalfNormal(10)`
        """, Models.Messages("sigma ~ Flat(0, )\ny ~ Normal(0, sigma)"));

    [Theory]
    [InlineData("b ~ Flat() ^ 3", "GM0503")]
    [InlineData("for i in 1..3 { b[i] ~ Flat(, 2) }", "GM0503")]
    [InlineData("b ~ Flat(0, 1)")]
    [InlineData("b ~ Uniform(0, 1)")]
    public void Between_two_bounds_flat_is_a_prior_like_another(string text, params string[] ids) => Assert.Equal(ids, Models.Bind(text).Diagnostics.Select(d => d.Id));

    private const string Mixture = "input N: count\ninput K: count\nmu ~ Normal(0, 5) ^ K\nw ~ Dirichlet(ones(K))\nfor i in 1..N { y[i] ~ Mixture(w, for k in 1..K: Normal(mu[k], 1)) }";

    [Fact]
    public void Components_that_can_be_exchanged_are_reported() => Assert.Equal("""
        m.gm:5:24: warning GM0504: the components of this mixture can be exchanged: no data tell which is which
          5 | for i in 1..N { y[i] ~ Mixture(w, for k in 1..K: Normal(mu[k], 1)) }
            |                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = order them, `given mu[1] < mu[2]` or `mu ~ … ^ K ordered`, or give them different priors
        """, Models.Messages(Mixture));

    [Fact]
    public void Listed_components_that_can_be_exchanged_are_reported() => Assert.Equal("""
        m.gm:4:5: warning GM0504: the components of this mixture can be exchanged: no data tell which is which
          4 | y ~ Mixture([p, 1 - p], [Normal(a, 1), Normal(b, 1)]) ^ 9
            |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          = order them, `given a < b`, or give them different priors
        """, Models.Messages("a ~ Normal(0, 5)\nb ~ Normal(0, 5)\np ~ Beta(2, 2)\ny ~ Mixture([p, 1 - p], [Normal(a, 1), Normal(b, 1)]) ^ 9"));

    [Theory]
    [InlineData("for j in 1..3 { m[j] ~ Normal(0, 5); s[j] ~ HalfNormal(1) }\ny ~ Mixture(ones(3) / 3, for k in 1..3: Normal(m[k], s[k])) ^ 9")]
    [InlineData("m ~ Normal(0, 5) ^ 2\ny ~ Mixture([0.5, 0.5], [Normal(m[1], 1), Normal(m[2], 1)]) ^ 9")]
    [InlineData("m ~ Normal(0, 5) ^ 2\nalpha = [2, 2]\nw ~ Dirichlet(alpha)\ny ~ Mixture(w, for k in 1..2: Normal(m[k], 1)) ^ 9\nnew ~ Mixture(w, for k in 1..2: Normal(m[k], 1))")]
    [InlineData("m ~ Normal(0, 5) ^ 2\nfor i in 1..9 { y[i] ~ Mixture([0.5, 0.5], for k in 1..2: Normal(i * exp(m[k]), 1)) }")]
    public void Components_that_differ_in_draws_from_one_prior_are_exchangeable(string text) => Assert.Equal("GM0504", Models.Bind(text).Diagnostics.Select(d => d.Id).Distinct().Single());

    [Theory]
    [InlineData("mu ~ Normal(0, 5) ^ 2 ordered\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\ngiven mu[1] < mu[2]\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\ny ~ Mixture([0.3, 0.7], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\nw ~ Dirichlet([1, 2])\ny ~ Mixture(w, for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("input w: simplex(2)\nmu ~ Normal(0, 5) ^ 2\ny ~ Mixture(w, for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\np ~ Beta(1, 5)\ny ~ Mixture([p, 1 - p], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("for k in 1..2 { mu[k] ~ Normal(k, 5) }\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], k)) ^ 9")]
    [InlineData("mu ~ Normal(0, 5) ^ 2\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], 1)) ^ 9\nz ~ Normal(mu[1], 1)")]
    [InlineData("input mu[2]\ny ~ Mixture([0.5, 0.5], for k in 1..2: Normal(mu[k], 1)) ^ 9")]
    [InlineData("a ~ Normal(0, 5)\nb ~ Normal(1, 5)\ny ~ Mixture([0.5, 0.5], [Normal(a, 1), Normal(b, 1)]) ^ 9")]
    [InlineData("a ~ Normal(0, 5)\ny ~ Mixture([0.5, 0.5], [Normal(a, 1), Normal(a, 10)]) ^ 9")]
    [InlineData("a ~ Normal(0, 5)\nb ~ Normal(0, 5)\ny ~ Mixture([0.5, 0.5], [Normal(a, 1), Poisson(2) truncated (1, )])", "GM0233")]
    public void Components_that_something_tells_apart_are_not_reported(string text, params string[] ids) => Assert.Equal(ids, Models.Bind(text).Diagnostics.Select(d => d.Id));

    [Fact]
    public void No_warning_takes_the_place_of_a_mistake()
    {
        var text = string.Concat(Enumerable.Range(0, 60).Select(i => $"x{i} ~ Normal(0, 1000)\n")) + "z ~ Normal(0, sigma)\n";
        var ids = Models.Bind(text).Diagnostics.Select(d => d.Id).ToArray();
        Assert.Equal(50, ids.Length);
        Assert.Equal("GM0201", ids[^1]);
    }
}
