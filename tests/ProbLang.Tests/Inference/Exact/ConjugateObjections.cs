using ProbLang.Inference;
using Xunit;

namespace ProbLang.Tests.Inference;

/// <summary>What looks like a conjugate pair and is none: an answer would be wrong without a word.</summary>
public class ConjugateObjections
{
    [Theory]
    [InlineData("g ~ Gamma(2, 1); y ~ Bernoulli(g)", 1, "GM0460")]
    [InlineData("g ~ Gamma(2, 1); y ~ Geometric(g)", 0, "GM0460")]
    [InlineData("g ~ Gamma(2, 1); y ~ NegativeBinomial(r: 3, p: g)", 0, "GM0460")]
    [InlineData("p ~ Beta(2, 2); y ~ Bernoulli(2 * p)", 1, "GM0460")]
    [InlineData("p ~ Beta(2, 2); q ~ Beta(2, 2); y ~ Categorical([p, q])", 1, "GM0460")]
    [InlineData("p ~ Beta(2, 2); y ~ Categorical([p, p, 1 - 2 * p])", 1, "GM0460")]
    [InlineData("w ~ Dirichlet([1, 2, 3]); y ~ Categorical([w[1], w[2]])", 1, "GM0460")]
    [InlineData("g ~ Gamma(2, 1); y ~ Poisson(g); z ~ Bernoulli(g)", 1, "GM0468")]
    [InlineData("m ~ Normal(0, 1); y ~ Poisson(2); z ~ Bernoulli(m)", 1, "GM0468")]
    [InlineData("p ~ Beta(2, 2); y ~ Bernoulli(p); z ~ Bernoulli(2 * p)", 1, "GM0468")]
    [InlineData("p ~ Beta(2, 2); y ~ Bernoulli(p); z ~ Categorical([p, p])", 1, "GM0468")]
    [InlineData("x ~ Normal(0, 1); y ~ Normal(sqrt(x ^ 2), 1)", 2, "GM0460")]
    [InlineData("x ~ Normal(0, 1); y ~ Normal((x ^ 2) ^ 0.5, 1)", 2, "GM0460")]
    [InlineData("x ~ Normal(0, 1); y ~ Normal(sqrt(x) * sqrt(x), 1)", 2, "GM0460")]
    public void What_is_no_conjugate_pair_is_objected_to(string text, double y, string id) =>
        Assert.Equal([id], Model.Compile(text).Model.Condition(Data.Of(new { y })).Objections(new ProbLang.Inference.Exact()).Select(o => o.Id));

    [Theory]
    [InlineData("g ~ Gamma(k - 1.5, 1); y ~ Poisson(g)")]
    [InlineData("g ~ Beta(k - 1.5, 1); y ~ Binomial(5, g)")]
    [InlineData("g ~ Normal(0, k - 1.5); y ~ Normal(g, 1)")]
    [InlineData("g ~ Gamma(3, k); y ~ Gamma(k - 1.5, g)")]
    public void A_setting_under_which_parameters_make_no_sense_is_impossible(string text)
    {
        var problem = Model.Compile("k ~ Categorical([0.5, 0.5]); " + text).Model.Condition(Data.Of(new { y = 3 }));
        Assert.Equal(2, problem.Infer(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken).Scalar("k").Mean);
    }

    [Theory]
    [InlineData("g ~ Gamma(k - 1.5, 1)")]
    [InlineData("g ~ Normal(0, k - 1.5)")]
    public void What_is_predicted_by_parameters_that_make_no_sense_is_a_mistake(string text)
    {
        var problem = Model.Compile("k ~ Categorical([0.5, 0.5]); y ~ Poisson(2); " + text).Model.Condition(Data.Of(new { y = 3 }));
        var mistake = Assert.Throws<EngineException>(() => problem.Infer(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken));
        Assert.Equal("GM0309", Assert.Single(mistake.Diagnostics).Id);
    }

    [Theory]
    [InlineData("p ~ Beta(2, 2); y ~ Bernoulli(0.1 + p / 2); z ~ Bernoulli(p)", 0.5)]
    [InlineData("u ~ Uniform(0.2, 0.6); y ~ Poisson(1); z ~ Bernoulli(u)", 0.4)]
    [InlineData("w ~ Dirichlet([1, 2, 3]); y ~ Poisson(1); z ~ Bernoulli(w[1] + w[2])", 0.5)]
    [InlineData("r ~ Gamma(2, 1); y ~ Normal(0, sqrt(r) ^ -2 / r ^ -1); z ~ Bernoulli(0.5)", 0.5)]
    public void What_a_probability_predicts_is_its_mean(string text, double mean)
    {
        var problem = Model.Compile(text).Model.Condition(Data.Of(new { y = (double?)null }));
        Assert.Equal(mean, problem.Infer(new ProbLang.Inference.Exact(), TestContext.Current.CancellationToken).Scalar("z").Mean, 1e-14);
    }
}
