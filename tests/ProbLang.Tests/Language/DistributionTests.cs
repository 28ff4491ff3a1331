using ProbLang.Distributions;
using Xunit;
using static ProbLang.Tests.Language.Stated;

namespace ProbLang.Tests.Language;

/// <summary>The section “Distributions” of the language page; what each computes is held by the laws of the distributions.</summary>
public class DistributionTests
{
    public static TheoryData<string> Signatures =>
    [
        "Normal(mean, sd | variance | precision)", "StudentT(df, location, scale)", "Cauchy(location, scale)", "Laplace(location, scale)", "Logistic(location, scale)", "Gumbel(location, scale)",
        "SkewNormal(location, scale, shape)", "ExGaussian(mean, sd, rate)", "AsymmetricLaplace(location, scale, asymmetry)", "VonMises(mean, concentration)", "Flat(lower, upper)",
        "HalfNormal(sd)", "HalfCauchy(scale)", "HalfStudentT(df, scale)", "Exponential(rate | scale)", "Gamma(shape, rate | scale | mean and sd)", "InverseGamma(shape, scale)", "ChiSquare(df)",
        "ScaledInverseChiSquare(df, scale)", "LogNormal(mean_log, sd_log)", "Weibull(shape, scale)", "Pareto(minimum, shape)", "Frechet(shape, scale)", "LogLogistic(shape, scale)",
        "InverseGaussian(mean, shape)", "Rayleigh(scale)", "Uniform(lower, upper)", "Beta(alpha, beta | mean and concentration)", "Kumaraswamy(a, b)", "LogitNormal(mean, sd)", "Triangular(lower, mode, upper)",
        "Bernoulli(p | logit)", "Binomial(n, p | logit)", "BetaBinomial(n, alpha, beta)", "Poisson(rate | log_rate)", "NegativeBinomial(mean, dispersion | r and p)", "Geometric(p)",
        "Hypergeometric(total, successes, draws)", "DiscreteUniform(lower, upper)", "Categorical(p | logits)", "OrderedLogistic(location, cutpoints)", "OrderedProbit(location, cutpoints)", "Skellam(rate1, rate2)",
        "Dirichlet(alpha)", "Multinomial(n, p)", "DirichletMultinomial(n, alpha)", "MvNormal(mean, covariance | precision | cholesky)", "MvStudentT(df, location, scale)", "LKJ(K, eta)", "LKJCholesky(K, eta)",
        "Wishart(df, scale)", "InverseWishart(df, scale)", "GaussianRandomWalk(sd, n)", "AR(coefficients, sd, n)",
    ];

    [Theory, MemberData(nameof(Signatures))]
    public void A_distribution_of_the_page_has_its_parameters(string signature) =>
        Assert.Equal(signature, DistributionCatalog.All.Single(d => d.Name == signature[..signature.IndexOf('(')]).Signature);

    [Fact]
    public void There_is_no_distribution_that_the_page_does_not_name() =>
        Assert.Equal(Signatures.Select(row => row.Data).Order(StringComparer.Ordinal), DistributionCatalog.All.Select(d => d.Signature).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Normal(1, 2)", "Normal(sd: 2, mean: 1)")]
    [InlineData("Normal(1, 2)", "Normal(mean: 1, variance: 4)")]
    [InlineData("Normal(1, 2)", "Normal(1, precision: 0.25)")]
    [InlineData("Gamma(2, 4)", "Gamma(2, scale: 0.25)")]
    [InlineData("Gamma(4, 2)", "Gamma(mean: 2, sd: 1)")]
    [InlineData("Exponential(4)", "Exponential(scale: 0.25)")]
    [InlineData("Beta(2, 6)", "Beta(mean: 0.25, concentration: 8)")]
    public void Parameters_are_positional_or_named(string one, string other) => Assert.Equal(Value($"log_density({one}, 0.7)"), Value($"log_density({other}, 0.7)"), 12);

    [Fact]
    public void What_stands_after_a_bar_must_be_named() => Assert.Contains("GM0220", Mistakes("x ~ Normal(0, 1, 1)"), StringComparison.Ordinal);

    [Theory]
    [InlineData("Poisson(2)", "Poisson(log_rate: log(2))", 3)]
    [InlineData("Bernoulli(0.2)", "Bernoulli(logit: logit(0.2))", 1)]
    [InlineData("Binomial(5, 0.2)", "Binomial(5, logit: logit(0.2))", 3)]
    [InlineData("Categorical([0.2, 0.8])", "Categorical(logits: [log(1), log(4)])", 2)]
    // r successes, p their probability: mean r (1 - p) / p, dispersion r.
    [InlineData("NegativeBinomial(9, 3)", "NegativeBinomial(r: 3, p: 0.25)", 4)]
    public void Alternatives_of_counts_are_the_same_distribution(string one, string other, int at) => Assert.Equal(Value($"log_density({one}, {at})"), Value($"log_density({other}, {at})"), 12);

    [Fact]
    public void A_flat_density_is_1_between_its_bounds()
    {
        Assert.Equal(0, Value("log_density(Flat(), 123)"));
        Assert.Equal(0, Value("log_density(Flat(0, 10), 3)"));
        Assert.Equal(double.NegativeInfinity, Value("log_density(Flat(0, ), -1)"));
    }

    [Fact]
    public void Failures_before_the_first_success_are_geometric() => Assert.Equal(Math.Log(0.7 * 0.7 * 0.3), Value("log_density(Geometric(0.3), 2)"), 12);

    [Fact]
    public void A_walk_starts_around_0_and_an_autoregression_has_zeros_before_it()
    {
        Assert.Equal(Normal(1, 0, 2) + Normal(4, 1, 2), LogDensity("x ~ GaussianRandomWalk(2, 2)", ["x=[1, 4]"]), 12);
        Assert.Equal(Normal(1, 0, 2) + Normal(4, 0.5, 2) + Normal(3, 0.5 * 4 + 0.25, 2), LogDensity("x ~ AR([0.5, 0.25], 2, 3)", ["x=[1, 4, 3]"]), 12);
    }

    [Fact]
    public void Categories_and_ordered_outcomes_count_from_1()
    {
        Assert.Equal(Math.Log(0.2), Value("log_density(Categorical([0.2, 0.8]), 1)"), 12);
        Assert.Contains("GM0308", Mistakes("x ~ Categorical([0.2, 0.8])", "x=0"), StringComparison.Ordinal);
        Assert.Contains("GM0308", Mistakes("x ~ OrderedLogistic(0, [0, 1])", "x=4"), StringComparison.Ordinal);
    }

    [Fact]
    public void Extra_zeros_hurdles_and_points()
    {
        Assert.Equal(Math.Log(0.3 + 0.7 * Math.Exp(-2)), LogDensity("x ~ ZeroInflated(0.3, Poisson(2))", ["x=0"]), 12);
        Assert.Equal(Math.Log(0.3), LogDensity("x ~ Hurdle(0.3, Poisson(2))", ["x=0"]), 12);
        Assert.Equal(Math.Log(0.7 * 2 * Math.Exp(-2) / (1 - Math.Exp(-2))), LogDensity("x ~ Hurdle(0.3, Poisson(2))", ["x=1"]), 12);
        Assert.Equal(4, Value("x ~ Delta(4)", "x"));
    }

    [Fact]
    public void A_support_that_is_empty_has_probability_zero() =>
        Assert.Equal(double.NegativeInfinity, LogDensity("a ~ Normal(0, 1)\nx ~ Normal(0, 1) truncated (a, 1)", ["x=0.5"], ("a", [2])));
}
