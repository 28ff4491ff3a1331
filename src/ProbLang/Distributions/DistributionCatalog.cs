namespace ProbLang.Distributions;

/// <summary>Every distribution of the language: one line each.</summary>
internal static class DistributionCatalog
{
    private static readonly Distribution[] s_all =
    [
        new Normal(),
        new StudentT(),
        new Cauchy(),
        new Laplace(),
        new Logistic(),
        new Gumbel(),
        new SkewNormal(),
        new ExGaussian(),
        new AsymmetricLaplace(),
        new VonMises(),
        new Flat(),
        new HalfNormal(),
        new HalfCauchy(),
        new HalfStudentT(),
        new Exponential(),
        new Gamma(),
        new InverseGamma(),
        new ChiSquare(),
        new ScaledInverseChiSquare(),
        new LogNormal(),
        new Weibull(),
        new Pareto(),
        new Frechet(),
        new LogLogistic(),
        new InverseGaussian(),
        new Rayleigh(),
        new Uniform(),
        new Beta(),
        new Kumaraswamy(),
        new LogitNormal(),
        new Triangular(),
        new Bernoulli(),
        new Binomial(),
        new BetaBinomial(),
        new Poisson(),
        new NegativeBinomial(),
        new Geometric(),
        new Hypergeometric(),
        new DiscreteUniform(),
        new Categorical(),
        new OrderedLogistic(),
        new OrderedProbit(),
        new Skellam(),
        new Dirichlet(),
        new Multinomial(),
        new DirichletMultinomial(),
        new MvNormal(),
        new MvStudentT(),
        new LKJ(),
        new LKJCholesky(),
        new Wishart(),
        new InverseWishart(),
        new GaussianRandomWalk(),
        new AR(),
    ];

    // Not a frozen one: making that takes longer, at every start, than all look-ups of a model.
    private static readonly IReadOnlyDictionary<string, Distribution> s_byName = s_all.ToDictionary(d => d.Name);

    /// <summary>All, in the order of the reference page.</summary>
    public static IReadOnlyList<Distribution> All => s_all;

    /// <summary>The distribution of a name, or null.</summary>
    public static Distribution? Find(string name) => s_byName.GetValueOrDefault(name);
}
