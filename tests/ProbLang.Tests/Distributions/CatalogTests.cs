using ProbLang.Distributions;
using Xunit;

namespace ProbLang.Tests.Distributions;

public class CatalogTests
{
    [Theory]
    [InlineData("Normal(mean, sd | variance | precision)")]
    [InlineData("StudentT(df, location, scale)")]
    [InlineData("Cauchy(location, scale)")]
    [InlineData("Laplace(location, scale)")]
    [InlineData("Logistic(location, scale)")]
    [InlineData("Flat(lower, upper)")]
    [InlineData("HalfNormal(sd)")]
    [InlineData("HalfCauchy(scale)")]
    [InlineData("HalfStudentT(df, scale)")]
    [InlineData("Exponential(rate | scale)")]
    [InlineData("Gamma(shape, rate | scale | mean and sd)")]
    [InlineData("InverseGamma(shape, scale)")]
    [InlineData("LogNormal(mean_log, sd_log)")]
    [InlineData("Weibull(shape, scale)")]
    [InlineData("Uniform(lower, upper)")]
    [InlineData("Beta(alpha, beta | mean and concentration)")]
    [InlineData("Bernoulli(p | logit)")]
    [InlineData("Binomial(n, p | logit)")]
    [InlineData("Poisson(rate | log_rate)")]
    [InlineData("NegativeBinomial(mean, dispersion | r and p)")]
    [InlineData("Categorical(p | logits)")]
    [InlineData("Gumbel(location, scale)")]
    [InlineData("SkewNormal(location, scale, shape)")]
    [InlineData("ExGaussian(mean, sd, rate)")]
    [InlineData("AsymmetricLaplace(location, scale, asymmetry)")]
    [InlineData("VonMises(mean, concentration)")]
    [InlineData("ChiSquare(df)")]
    [InlineData("ScaledInverseChiSquare(df, scale)")]
    [InlineData("Pareto(minimum, shape)")]
    [InlineData("Frechet(shape, scale)")]
    [InlineData("LogLogistic(shape, scale)")]
    [InlineData("InverseGaussian(mean, shape)")]
    [InlineData("Rayleigh(scale)")]
    [InlineData("Kumaraswamy(a, b)")]
    [InlineData("LogitNormal(mean, sd)")]
    [InlineData("Triangular(lower, mode, upper)")]
    [InlineData("BetaBinomial(n, alpha, beta)")]
    [InlineData("Geometric(p)")]
    [InlineData("Hypergeometric(total, successes, draws)")]
    [InlineData("DiscreteUniform(lower, upper)")]
    [InlineData("OrderedLogistic(location, cutpoints)")]
    [InlineData("OrderedProbit(location, cutpoints)")]
    [InlineData("Skellam(rate1, rate2)")]
    [InlineData("Dirichlet(alpha)")]
    [InlineData("Multinomial(n, p)")]
    [InlineData("DirichletMultinomial(n, alpha)")]
    [InlineData("MvNormal(mean, covariance | precision | cholesky)")]
    [InlineData("MvStudentT(df, location, scale)")]
    [InlineData("LKJ(K, eta)")]
    [InlineData("LKJCholesky(K, eta)")]
    [InlineData("Wishart(df, scale)")]
    [InlineData("InverseWishart(df, scale)")]
    [InlineData("GaussianRandomWalk(sd, n)")]
    [InlineData("AR(coefficients, sd, n)")]
    public void A_signature_reads_as_in_the_language_reference(string signature) =>
        Assert.Equal(signature, DistributionCatalog.Find(signature[..signature.IndexOf('(')])!.Signature);

    [Fact]
    public void Every_distribution_says_what_it_is() => Assert.All(DistributionCatalog.All, d => Assert.EndsWith(".", d.Summary));

    [Fact]
    public void An_unknown_name_finds_nothing() => Assert.Null(DistributionCatalog.Find("normal"));
}
