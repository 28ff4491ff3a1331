using System.Collections.Frozen;

namespace ProbLang.Distributions;

/// <summary>Every distribution of the language: one line each.</summary>
public static class DistributionCatalog
{
    private static readonly Distribution[] s_all =
    [
        new Normal(),
        new StudentT(),
        new Cauchy(),
        new Laplace(),
        new Logistic(),
        new Flat(),
        new HalfNormal(),
        new HalfCauchy(),
        new HalfStudentT(),
        new Exponential(),
        new Gamma(),
        new InverseGamma(),
        new LogNormal(),
        new Weibull(),
        new Uniform(),
        new Beta(),
        new Bernoulli(),
        new Binomial(),
        new Poisson(),
        new NegativeBinomial(),
        new Categorical(),
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

    private static readonly FrozenDictionary<string, Distribution> s_byName = s_all.ToFrozenDictionary(d => d.Name);

    /// <summary>All, in the order of the reference page.</summary>
    public static IReadOnlyList<Distribution> All => s_all;

    /// <summary>The distribution of a name, or null.</summary>
    public static Distribution? Find(string name) => s_byName.GetValueOrDefault(name);
}
