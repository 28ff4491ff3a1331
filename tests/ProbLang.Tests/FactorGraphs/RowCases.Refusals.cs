namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    /// <summary>What is refused for what the parameters are.</summary>
    private const string Refusals = """
        --- an unknown probability as a mean, by variance | GM0475 throws | GM0475 throws | GM0475 throws
        Beta m
        Gaussian y = 1
        m = Beta(2, 2)
        y = GaussianFromMeanAndVariance(m, 2)
        ask m
        --- a bounded unknown as a rate | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian r
        Gamma y = 1.5
        r = TruncatedGaussian(2, 1, 0, inf)
        y = GammaFromShapeAndRate(2, r)
        ask r
        --- a bounded unknown as a probability of successes | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian p
        Count y = 3
        p = TruncatedGaussian(0, inf, 0, 1)
        y = Binomial(#10, p)
        ask p
        --- unknown parameters of a Dirichlet distribution | GM0475 throws | GM0475 throws | GM0475 throws
        range K = 2
        Vector m(2) = 1 1
        Matrix P(2,2) = 1 0 0 1
        Vector a
        Simplex p of K
        Integer y of K = 1
        a = VectorGaussianFromMeanAndPrecision(m, P)
        p = Dirichlet(a)
        y = Discrete(p)
        ask a
        --- unknown covariance | GM0475 throws | GM0475 throws | GM0475 throws
        Matrix R(2,2) = 2 .5 .5 3
        Vector m(2) = 1 1
        Matrix V
        Vector y(2) = 1 2
        V = WishartFromShapeAndRate(3, R)
        y = VectorGaussianFromMeanAndVariance(m, V)
        ask V
        --- unknown vectors by covariance | exact 0.9..1.1 | GM0475 throws | = 0.9..1.1
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector m
        Vector x
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndVariance(a, P)
        x = VectorGaussianFromMeanAndVariance(m, P)
        y = VectorGaussianFromMeanAndVariance(x, P)
        ask m x
        --- a number plus an unknown | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Plus(1.5, a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- an unknown minus a number | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Minus(a, -1.5)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- a difference that is given exactly | exact 0.9..1.1 | GM0475 throws | GM0476 wrong
        truth 1.5±0.707107 -0.5±0.707107
        Gaussian a
        Gaussian b
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        y = Minus(a, b)
        ask a b
        --- a linear predictor with the known vector first | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector X(2) = 1 2
        Vector m
        Gaussian e
        Gaussian y = 3
        m = VectorGaussianFromMeanAndPrecision(a, P)
        e = InnerProduct(X, m)
        y = GaussianFromMeanAndPrecision(e, 1)
        ask m e
        --- connectives with a known first or second part | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Boolean a
        Boolean b
        Boolean c
        Boolean d
        Boolean t = true
        a = Bernoulli(0.6)
        b = And(true, a)
        c = Or(false, b)
        d = Or(c, false)
        if d
          t = Bernoulli(0.1)
        ifnot d
          t = Bernoulli(0.8)
        ask a d
        --- a value that an unknown equals | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer z of K
        Boolean a
        Boolean b
        Boolean c
        Boolean t = true
        a = Bernoulli(0.6)
        z = Discrete(w)
        b = AreEqual(true, a)
        c = AreEqual(#1, z)
        if b
          t = Bernoulli(0.1)
        ifnot b
          t = Bernoulli(0.8)
        ask a b c z
        --- an order of two unknown integers that is given | exact 0.9..1.1 | GM0475 throws | = 0.9..1.1
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c = true
        a = Discrete(w)
        b = Discrete(u)
        c = AtLeast(b, a)
        ask a b
        --- a value given to an unknown | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        truth 0.5±0
        Gaussian a
        a = GaussianFromMeanAndPrecision(0, 1)
        Equal(0.5, a)
        ask a
        --- an unknown integer minus a number that is given | GM0475 throws | GM0475 throws | GM0475 throws
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Integer s of K = 1
        a = Discrete(w)
        s = Minus(a, #1)
        ask a
        --- a count of known log rate | exact 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Count n
        n = PoissonFromLogRate(0.7)
        ask n
        --- a count that equals a value | GM0475 untold | GM0475 untold | GM0475 untold
        Count n
        Boolean b
        Boolean y = true
        n = Poisson(3)
        b = AreEqual(n, #2)
        if b
          y = Bernoulli(0.9)
        ifnot b
          y = Bernoulli(0.1)
        ask n
        """;
}
