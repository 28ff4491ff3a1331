namespace ProbLang.Syntax;

/// <summary>Distributions as Stan, BUGS, R and PyMC write them, and how they are written here: {0} is the first argument.</summary>
internal static class ForeignDistributions
{
    private static readonly IReadOnlyDictionary<string, string> s_names = new Dictionary<string, string>
    {
        ["normal"] = "Normal({0}, {1})",
        ["std_normal"] = "Normal(0, 1)",
        ["dnorm"] = "Normal({0}, precision: {1})",
        ["Gaussian"] = "Normal({0}, {1})",
        ["gaussian"] = "Normal({0}, {1})",
        ["norm"] = "Normal({0}, {1})",
        ["student_t"] = "StudentT({0}, {1}, {2})",
        ["dt"] = "StudentT({2}, {0}, 1 / sqrt({1}))",
        ["cauchy"] = "Cauchy({0}, {1})",
        ["dcauchy"] = "Cauchy({0}, {1})",
        ["double_exponential"] = "Laplace({0}, {1})",
        ["ddexp"] = "Laplace({0}, 1 / {1})",
        ["laplace"] = "Laplace({0}, {1})",
        ["logistic"] = "Logistic({0}, {1})",
        ["dlogis"] = "Logistic({0}, 1 / {1})",
        ["gumbel"] = "Gumbel({0}, {1})",
        ["skew_normal"] = "SkewNormal({0}, {1}, {2})",
        ["exp_mod_normal"] = "ExGaussian({0}, {1}, {2})",
        ["von_mises"] = "VonMises({0}, {1})",
        ["dflat"] = "Flat()",
        ["flat"] = "Flat()",
        ["half_normal"] = "HalfNormal({0})",
        ["half_cauchy"] = "HalfCauchy({0})",
        ["dhalfcauchy"] = "HalfCauchy({0})",
        ["exponential"] = "Exponential({0})",
        ["dexp"] = "Exponential({0})",
        ["gamma"] = "Gamma({0}, {1})",
        ["dgamma"] = "Gamma({0}, {1})",
        ["inv_gamma"] = "InverseGamma({0}, {1})",
        ["dinvgamma"] = "InverseGamma({0}, {1})",
        ["invgamma"] = "InverseGamma({0}, {1})",
        ["chi_square"] = "ChiSquare({0})",
        ["dchisqr"] = "ChiSquare({0})",
        ["dchisq"] = "ChiSquare({0})",
        ["scaled_inv_chi_square"] = "ScaledInverseChiSquare({0}, {1})",
        ["lognormal"] = "LogNormal({0}, {1})",
        ["dlnorm"] = "LogNormal({0}, 1 / sqrt({1}))",
        ["weibull"] = "Weibull({0}, {1})",
        ["dweib"] = "Weibull({0}, {1} ^ (-1 / {0}))",
        ["pareto"] = "Pareto({0}, {1})",
        ["dpar"] = "Pareto({1}, {0})",
        ["frechet"] = "Frechet({0}, {1})",
        ["rayleigh"] = "Rayleigh({0})",
        ["uniform"] = "Uniform({0}, {1})",
        ["dunif"] = "Uniform({0}, {1})",
        ["beta"] = "Beta({0}, {1})",
        ["dbeta"] = "Beta({0}, {1})",
        ["beta_proportion"] = "Beta(mean: {0}, concentration: {1})",
        ["bernoulli"] = "Bernoulli({0})",
        ["dbern"] = "Bernoulli({0})",
        ["bernoulli_logit"] = "Bernoulli(logit: {0})",
        ["flip"] = "Bernoulli({0})",
        ["Flip"] = "Bernoulli({0})",
        ["binomial"] = "Binomial({0}, {1})",
        ["dbin"] = "Binomial({1}, {0})",
        ["dbinom"] = "Binomial({1}, {0})",
        ["binomial_logit"] = "Binomial({0}, logit: {1})",
        ["beta_binomial"] = "BetaBinomial({0}, {1}, {2})",
        ["poisson"] = "Poisson({0})",
        ["dpois"] = "Poisson({0})",
        ["poisson_log"] = "Poisson(log_rate: {0})",
        ["neg_binomial"] = "NegativeBinomial(r: {0}, p: {1} / (1 + {1}))",
        ["neg_binomial_2"] = "NegativeBinomial({0}, {1})",
        ["neg_binomial_2_log"] = "NegativeBinomial(exp({0}), {1})",
        ["dnegbin"] = "NegativeBinomial(r: {1}, p: {0})",
        ["hypergeometric"] = "Hypergeometric",
        ["geometric"] = "Geometric({0})",
        ["dgeom"] = "Geometric({0})",
        ["categorical"] = "Categorical({0})",
        ["categorical_logit"] = "Categorical(logits: {0})",
        ["dcat"] = "Categorical({0})",
        ["discrete_range"] = "DiscreteUniform({0}, {1})",
        ["ordered_logistic"] = "OrderedLogistic({0}, {1})",
        ["ordered_probit"] = "OrderedProbit({0}, {1})",
        ["multinomial"] = "Multinomial(n, {0})",
        ["dmulti"] = "Multinomial({1}, {0})",
        ["dirichlet"] = "Dirichlet({0})",
        ["ddirch"] = "Dirichlet({0})",
        ["ddirich"] = "Dirichlet({0})",
        ["multi_normal"] = "MvNormal({0}, {1})",
        ["multi_normal_prec"] = "MvNormal({0}, precision: {1})",
        ["multi_normal_cholesky"] = "MvNormal({0}, cholesky: {1})",
        ["dmnorm"] = "MvNormal({0}, precision: {1})",
        ["multi_student_t"] = "MvStudentT({0}, {1}, {2})",
        ["MultivariateNormal"] = "MvNormal({0}, {1})",
        ["lkj_corr"] = "LKJ(K, {0})",
        ["lkj_corr_cholesky"] = "LKJCholesky(K, {0})",
        ["wishart"] = "Wishart({0}, {1})",
        ["dwish"] = "Wishart({1}, inverse({0}))",
        ["InvGamma"] = "InverseGamma({0}, {1})",
        ["Inv_Gamma"] = "InverseGamma({0}, {1})",
        ["HalfT"] = "HalfStudentT({0}, {1})",
        ["half_student_t"] = "HalfStudentT({0}, {1})",
        ["Student"] = "StudentT({0}, {1}, {2})",
        ["NegBinomial"] = "NegativeBinomial",
        ["NegBin"] = "NegativeBinomial",
        ["ImproperUniform"] = "Flat()",
        ["improper_uniform"] = "Flat()",
        ["DoubleExponential"] = "Laplace({0}, {1})",
        ["TruncatedNormal"] = "Normal({0}, {1}) truncated ({2}, {3})",
        ["truncated_normal"] = "Normal({0}, {1}) truncated ({2}, {3})",
        ["LKJCorr"] = "LKJ",
        ["LKJCholeskyCov"] = "LKJCholesky",
        ["MultiNormal"] = "MvNormal({0}, {1})",
        ["MVN"] = "MvNormal({0}, {1})",
        ["MvNormalCholesky"] = "MvNormal({0}, cholesky: {1})",
        ["Bern"] = "Bernoulli({0})",
        ["Chi2"] = "ChiSquare({0})",
        ["ChiSquared"] = "ChiSquare({0})",
        ["inv_wishart"] = "InverseWishart({0}, {1})",
    };

    /// <summary>How a call is written here; with the name unchanged where it is not known.</summary>
    public static string Here(string name, IReadOnlyList<string> arguments) => Find(name, arguments) ?? $"{name}({string.Join(", ", arguments)})";

    /// <summary>How a call is written here, or null where the name is not known or the arguments are too few.</summary>
    public static string? Find(string name, IReadOnlyList<string> arguments)
    {
        if (!s_names.TryGetValue(name, out var pattern)) return null;
        // Of the two that Pyro has, the first is the size, which Stan leaves to the type.
        if (name is "lkj_corr" or "lkj_corr_cholesky" && arguments.Count == 2) pattern = pattern.Replace("K, {0}", "{0}, {1}", StringComparison.Ordinal);
        // A half distribution is written there by a whole one, with its location.
        if (name is "half_normal" or "half_cauchy" && arguments.Count == 2) pattern = pattern.Replace("{0}", "{1}", StringComparison.Ordinal);
        if (name is "half_student_t" && arguments.Count == 3) pattern = pattern.Replace("{1}", "{2}", StringComparison.Ordinal);
        for (var i = 0; i < arguments.Count && i < 4; i++) pattern = pattern.Replace($"{{{i}}}", arguments[i], StringComparison.Ordinal);
        return pattern.Contains('{', StringComparison.Ordinal) ? null : pattern;
    }

    /// <summary>The name of the distribution here, or null.</summary>
    public static string? NameOf(string name) => s_names.TryGetValue(name, out var pattern) ? pattern.Split('(')[0] : null;

    /// <summary>Whether the second argument of a distribution of BUGS is a precision, or one over a scale, where ours is a scale.</summary>
    public static bool TakesPrecision(string name) => name is "dnorm" or "dt" or "dlnorm" or "dmnorm" or "dlogis" or "ddexp";
}
