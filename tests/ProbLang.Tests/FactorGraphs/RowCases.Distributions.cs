namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string Distributions = """
        --- gaussian both random | = 0.90..1.10 | ~ 0.68..0.90 | = 0.90..1.10
        Gaussian m
        Gamma p
        Gaussian x
        Gaussian y = 1.5
        m = GaussianFromMeanAndPrecision(0, 1)
        p = GammaFromShapeAndRate(4, 4)
        x = GaussianFromMeanAndPrecision(m, p)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask m p x
        --- gaussian random mean | exact 0.90..1.10 | ~ 0.51..0.61 | = 0.90..1.10
        Gaussian m
        Gaussian x
        Gaussian y = 1.5
        m = GaussianFromMeanAndPrecision(0, 1)
        x = GaussianFromMeanAndPrecision(m, 2)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask m x
        --- gaussian known mean random precision latent | = 0.90..1.10 | ~ 0.84..0.95 | = 0.90..1.10
        Gamma p
        Gaussian x
        Gaussian y = 1.5
        p = GammaFromShapeAndRate(4, 4)
        x = GaussianFromMeanAndPrecision(0, p)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask p x
        --- gaussian observed known mean random precision | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma p
        Gaussian y = 1.5
        p = GammaFromShapeAndRate(4, 4)
        y = GaussianFromMeanAndPrecision(0, p)
        ask p
        --- gaussian gamma variance observed | = 0.90..1.10 | GM0475 throws | GM0475 throws
        Gamma v
        Gaussian y = 1.5
        v = GammaFromShapeAndRate(4, 4)
        y = GaussianFromMeanAndVariance(0, v)
        ask v
        --- gaussian gamma variance latent | GM0475 throws | GM0475 throws | GM0475 throws
        Gamma v
        Gaussian m
        Gaussian x
        Gaussian y = 1.5
        m = GaussianFromMeanAndPrecision(0, 1)
        v = GammaFromShapeAndRate(4, 4)
        x = GaussianFromMeanAndVariance(m, v)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask v m x
        --- gaussian known variance | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian m
        Gaussian y = 1.5
        m = GaussianFromMeanAndVariance(0, 3)
        y = GaussianFromMeanAndVariance(m, 2)
        ask m
        --- truncated prior only | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        TruncatedGaussian t
        t = TruncatedGaussian(0, 1, 0.5, inf)
        ask t
        --- truncated as mean | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        TruncatedGaussian t
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        y = GaussianFromMeanAndPrecision(t, 1)
        ask t
        --- uniform as mean | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        TruncatedGaussian t
        Gaussian y = 0.2
        t = TruncatedGaussian(0, inf, 0, 2)
        y = GaussianFromMeanAndPrecision(t, 1)
        ask t
        --- truncated as mean of latent | GM0475 throws | GM0475 throws | = 0.90..1.10
        TruncatedGaussian t
        Gaussian x
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        x = GaussianFromMeanAndPrecision(t, 1)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask t x
        --- truncated with random precision observed | GM0475 throws | GM0475 throws | = 0.90..1.10
        TruncatedGaussian t
        Gamma p
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        p = GammaFromShapeAndRate(4, 4)
        y = GaussianFromMeanAndPrecision(t, p)
        ask t p
        --- truncated copied to gaussian | GM0477 untold | GM0477 untold | GM0477 untold
        TruncatedGaussian t
        Gaussian x
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        x = Copy(t)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask t
        --- truncated as precision | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian t
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        y = GaussianFromMeanAndPrecision(0, t)
        ask t
        --- truncated as probability | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian t
        Boolean y = true
        t = TruncatedGaussian(0, inf, 0, 1)
        y = Bernoulli(t)
        ask t
        --- gamma as mean | GM0475 throws | GM0475 throws | GM0475 throws
        Gamma t
        Gaussian y = 0.2
        t = GammaFromShapeAndRate(2, 2)
        y = GaussianFromMeanAndPrecision(t, 1)
        ask t
        --- beta as mean | GM0475 throws | GM0475 throws | GM0475 throws
        Beta t
        Gaussian y = 0.2
        t = Beta(2, 2)
        y = GaussianFromMeanAndPrecision(t, 1)
        ask t
        --- gamma random rate latent | = 0.90..1.10 | ~ 0.72..0.88 | = 0.90..1.10
        Gamma r
        Gamma p
        Gaussian y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        p = GammaFromShapeAndRate(2, r)
        y = GaussianFromMeanAndPrecision(0, p)
        ask r p
        --- gamma random rate observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma r
        Gamma y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        y = GammaFromShapeAndRate(2, r)
        ask r
        --- gamma random shape observed | GM0475 throws | = 0.90..1.10 | GM0475 throws
        Gamma r
        Gamma y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        y = GammaFromShapeAndRate(r, 2)
        ask r
        --- gamma random shape latent | GM0475 throws | ~ 0.72..0.87 | GM0475 throws
        Gamma r
        Gamma p
        Gaussian y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        p = GammaFromShapeAndRate(r, 2)
        y = GaussianFromMeanAndPrecision(0, p)
        ask r p
        --- gamma random shape and rate observed | GM0475 throws | ~ 0.86..0.97 | GM0475 throws
        Gamma r
        Gamma s
        Gamma y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        s = GammaFromShapeAndRate(3, 3)
        y = GammaFromShapeAndRate(r, s)
        ask r s
        --- exponential poisson | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma r
        Gamma y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        y = GammaFromShapeAndRate(1, r)
        ask r
        --- gamma gamma poisson | = 0.89..1.10 | ~ 0.64..0.77 | = 0.90..1.10
        Gamma r
        Gamma p
        Count y = 4
        r = GammaFromShapeAndRate(3, 3)
        p = GammaFromShapeAndRate(2, r)
        y = Poisson(p)
        ask r p
        --- beta known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Beta p
        p = Beta(2, 3)
        ask p
        --- bernoulli beta observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Beta p
        Boolean y = true
        p = Beta(2, 3)
        y = Bernoulli(p)
        ask p
        --- bernoulli beta latent | = 0.90..1.10 | ~ 0.83..0.94 | = 0.90..1.10
        Beta p
        Boolean b
        Boolean y = true
        p = Beta(2, 3)
        b = Bernoulli(p)
        if b
          y = Bernoulli(0.9)
        ifnot b
          y = Bernoulli(0.2)
        ask p b
        --- bernoulli logit observed | = 0.90..1.10 | ~ 0.88..0.98 | GM0475 throws
        Gaussian x
        Boolean y = true
        x = GaussianFromMeanAndPrecision(0, 0.5)
        y = BernoulliFromLogOdds(x)
        ask x
        --- bernoulli logit latent | = 0.90..1.10 | ~ 0.62..0.81 | GM0475 throws
        Gaussian x
        Boolean b
        Boolean y = true
        x = GaussianFromMeanAndPrecision(0, 0.5)
        b = BernoulliFromLogOdds(x)
        if b
          y = Bernoulli(0.9)
        ifnot b
          y = Bernoulli(0.2)
        ask x b
        --- binomial beta observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Beta p
        Count y = 3
        p = Beta(2, 3)
        y = Binomial(#10, p)
        ask p
        --- binomial beta known p latent | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 11
        Integer z of K
        z = Binomial(#10, 0.3)
        ask z
        --- binomial trials discrete observed (int trials) | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 6
        Simplex w of K = .1 .1 .2 .3 .2 .1
        Integer n of K
        Count y = 2
        n = Discrete(w)
        y = Binomial(n, 0.6)
        ask n
        --- binomial trials discrete beta p observed | = 0.90..1.10 | ~ 0.82..0.95 | = 0.90..1.10
        range K = 6
        Simplex w of K = .1 .1 .2 .3 .2 .1
        Integer n of K
        Beta p
        Count y = 2
        n = Discrete(w)
        p = Beta(2, 2)
        y = Binomial(n, p)
        ask n p
        --- binomial trials poisson observed | ~ 2.21..2.31 | GM0475 throws | GM0475 throws
        Count n
        Count y = 2
        n = Poisson(4)
        y = Binomial(n, 0.6)
        ask n
        --- binomial beta unobserved | GM0475 throws | GM0475 throws | = 0.90..1.10
        range K = 6
        Beta p
        Integer n of K
        Boolean b
        Boolean t = true
        p = Beta(2, 2)
        n = Binomial(#5, p)
        b = Greater(n, #2)
        if b
          t = Bernoulli(0.9)
        ifnot b
          t = Bernoulli(0.3)
        ask p n
        --- binomial unobserved leaf count | GM0475 throws | GM0475 throws | = 0.90..1.10
        Beta p
        Count n
        Boolean t = true
        p = Beta(2, 2)
        n = Binomial(#5, p)
        t = Bernoulli(p)
        ask p n
        --- binomial known p unobserved with evidence | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 6
        Integer n of K
        Boolean b
        Boolean t = true
        n = Binomial(#5, 0.4)
        b = Greater(n, #2)
        if b
          t = Bernoulli(0.9)
        ifnot b
          t = Bernoulli(0.3)
        ask n
        --- binomial logit | = 0.90..1.10 | ~ 0.88..0.98 | GM0475 throws
        Gaussian x
        Count y = 7
        x = GaussianFromMeanAndPrecision(0, 0.5)
        y = BinomialFromLogOdds(#10, x)
        ask x
        --- poisson observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma r
        Count y = 3
        r = GammaFromShapeAndRate(2, 1)
        y = Poisson(r)
        ask r
        --- poisson leaf | ~ 0.62..1.05 | ~ 0.55..0.70 | ~ 0.62..1.04
        Gamma r
        Count y = 3
        Count n
        r = GammaFromShapeAndRate(2, 1)
        y = Poisson(r)
        n = Poisson(r)
        ask r n
        --- poisson truncated rate | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian r
        Count y = 3
        r = TruncatedGaussian(2, 1, 0, inf)
        y = Poisson(r)
        ask r
        --- poisson log rate | = 0.90..1.10 | ~ 0.88..0.98 | GM0475 throws
        Gaussian x
        Count y = 7
        x = GaussianFromMeanAndPrecision(0, 0.5)
        y = PoissonFromLogRate(x)
        ask x
        --- poisson log rate latent | ~ 0.22..1.06 | ~ 0.08..0.55 | GM0475 throws
        Gaussian x
        Count n
        x = GaussianFromMeanAndPrecision(0, 1)
        n = PoissonFromLogRate(x)
        ask x n
        --- discrete dirichlet observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Vector a(3) = 1 2 3
        Simplex p of K
        Integer y of K = 1
        p = Dirichlet(a)
        y = Discrete(p)
        ask p
        --- discrete dirichlet latent | = 0.89..1.10 | ~ 0.77..0.99 | = 0.90..1.10
        range K = 3
        Vector a(3) = 1 2 3
        Simplex p of K
        Integer z of K
        Gaussian y = 2
        Gaussian m[K] = 0 1 2
        p = Dirichlet(a)
        z = Discrete(p)
        switch z
          y = GaussianFromMeanAndPrecision(m[z], 1)
        ask p z
        --- softmax observed | GM0475 throws | ~ 0.89..1.01 | GM0475 throws
        range K = 3
        Gaussian a[K]
        Integer y of K = 1
        for K
          a[K] = GaussianFromMeanAndPrecision(0, 1)
        y = DiscreteFromLogits(a)
        ask a
        --- softmax latent | GM0475 throws | ~ 0.76..0.96 | GM0475 throws
        range K = 3
        Gaussian a[K]
        Integer z of K
        Gaussian y = 2
        Gaussian m[K] = 0 1 2
        for K
          a[K] = GaussianFromMeanAndPrecision(0, 1)
        z = DiscreteFromLogits(a)
        switch z
          y = GaussianFromMeanAndPrecision(m[z], 1)
        ask a z
        --- dirichlet symmetric random 3 data | GM0475 throws | ~ 0.62..1.04 | GM0475 throws
        range K = 3
        range N = 6
        Gamma a
        Simplex p of K
        Integer y[N] of K = 1 1 1 1 0 1
        a = GammaFromShapeAndRate(3, 3)
        p = DirichletSymmetric(a)
        for N
          y[N] = Discrete(p)
        ask a p
        --- dirichlet symmetric known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex p of K
        Integer y of K = 1
        p = DirichletSymmetric(0.7)
        y = Discrete(p)
        ask p
        --- multinomial observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Vector a(3) = 1 2 3
        Simplex p of K
        Count y[K] = 2 3 1
        p = Dirichlet(a)
        y = Multinomial(#6, p)
        ask p
        --- multinomial latent | GM0475 throws | GM0475 throws | GM0475 throws
        range K = 3
        Vector a(3) = 1 2 3
        Simplex p of K
        Count y[K]
        p = Dirichlet(a)
        y = Multinomial(#6, p)
        ask p y
        --- vg mean | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix Q(2,2) = 1 .3 .3 2
        Vector m
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndPrecision(a, P)
        y = VectorGaussianFromMeanAndPrecision(m, Q)
        ask m
        --- vg latent both | exact 0.90..1.10 | ~ 0.60..0.87 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix Q(2,2) = 1 .3 .3 2
        Vector m
        Vector x
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndPrecision(a, P)
        x = VectorGaussianFromMeanAndPrecision(m, Q)
        y = VectorGaussianFromMeanAndPrecision(x, Q)
        ask m x
        --- vg known variance | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector m
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndVariance(a, P)
        y = VectorGaussianFromMeanAndVariance(m, P)
        ask m
        --- vg known mean variance, mean known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix Q(2,2) = 1 .3 .3 2
        Vector m
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndVariance(a, P)
        y = VectorGaussianFromMeanAndPrecision(m, Q)
        ask m
        --- wishart precision observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix R(2,2) = 2 .5 .5 3
        Matrix Q
        Vector y(2) = 1 2
        Q = WishartFromShapeAndRate(3, R)
        y = VectorGaussianFromMeanAndPrecision(a, Q)
        ask Q
        --- wishart precision mean unknown, several | ~ 0.76..1.07 | ~ 0.76..1.00 | = 0.90..1.10
        range N = 4
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix R(2,2) = 2 .5 .5 3
        Matrix Q
        Vector m
        Vector y[N](2) = 1 2 0 1 -1 .5 .5 2
        m = VectorGaussianFromMeanAndPrecision(a, P)
        Q = WishartFromShapeAndRate(3, R)
        for N
          y[N] = VectorGaussianFromMeanAndPrecision(m, Q)
        ask m Q
        --- vector element | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        range K = 2
        Integer k of K = 1
        Vector m
        Gaussian e
        Gaussian y = 3
        m = VectorGaussianFromMeanAndPrecision(a, P)
        e = VectorElement(m, k)
        y = GaussianFromMeanAndPrecision(e, 1)
        ask m e
        --- vector element count index, two | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector m
        Gaussian e
        Gaussian f
        Gaussian y = 3
        Gaussian z = 1
        m = VectorGaussianFromMeanAndPrecision(a, P)
        e = VectorElement(m, #0)
        f = VectorElement(m, #1)
        y = GaussianFromMeanAndPrecision(e, 1)
        z = GaussianFromMeanAndPrecision(f, 2)
        ask m e f
        --- inner product random, observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        range N = 3
        Vector X[N](2) = 1 2 1 3 1 5
        Vector m
        Gaussian e[N]
        Gaussian y[N] = 3 1 2
        m = VectorGaussianFromMeanAndPrecision(a, P)
        for N
          e[N] = InnerProduct(m, X[N])
          y[N] = GaussianFromMeanAndPrecision(e[N], 1)
        ask m e
        --- inner product both random | GM0475 throws | ~ 0.40..1.71 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector m
        Vector n
        Gaussian e
        Gaussian y = 3
        m = VectorGaussianFromMeanAndPrecision(a, P)
        n = VectorGaussianFromMeanAndPrecision(a, P)
        e = InnerProduct(m, n)
        y = GaussianFromMeanAndPrecision(e, 1)
        ask m n e
        --- matrix times vector | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix A(2,2) = 1 2 3 1
        Vector m
        Vector e
        Vector y(2) = 3 1
        m = VectorGaussianFromMeanAndPrecision(a, P)
        e = MatrixTimesVector(A, m)
        y = VectorGaussianFromMeanAndPrecision(e, P)
        ask m e
        """;
}
