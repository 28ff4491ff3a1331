namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string More = """
        --- if copy consts gamma | = 0.9..1.1 | = 0.9..1.1 | = 0.9..1.1
        Boolean b
        Gamma p
        Gaussian y = 2
        b = Bernoulli(0.4)
        if b
          p = Copy(1)
        ifnot b
          p = Copy(4)
        y = GaussianFromMeanAndPrecision(0, p)
        ask b p
        --- if copy consts beta | GM0475 throws | GM0475 throws | = 0.9..1.1
        Boolean b
        Beta p
        Boolean y = true
        b = Bernoulli(0.4)
        if b
          p = Copy(0.3)
        ifnot b
          p = Copy(0.8)
        y = Bernoulli(p)
        ask b p
        --- vmp gamma both latent | GM0475 throws | ~ 0.65..0.93 | GM0475 throws
        Gamma r
        Gamma s
        Gamma p
        Gaussian y = 1.5
        r = GammaFromShapeAndRate(3, 3)
        s = GammaFromShapeAndRate(3, 3)
        p = GammaFromShapeAndRate(r, s)
        y = GaussianFromMeanAndPrecision(0, p)
        ask r s p
        --- bernoulli known logit latent | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Boolean t = true
        b = BernoulliFromLogOdds(0.5)
        if b
          t = Bernoulli(0.9)
        ifnot b
          t = Bernoulli(0.2)
        ask b
        --- binomial poisson trials, beta | GM0475 throws | GM0475 throws | GM0475 throws
        Count n
        Beta p
        Count y = 2
        n = Poisson(4)
        p = Beta(2, 2)
        y = Binomial(n, p)
        ask n p
        --- binomial int trials latent out | GM0475 throws | GM0475 throws | = 0.90..1.10
        range K = 6
        Simplex w of K = .1 .1 .2 .3 .2 .1
        Integer n of K
        Integer y of K
        Beta p
        Boolean c = true
        p = Beta(2, 2)
        n = Discrete(w)
        y = Binomial(n, p)
        c = AtLeast(y, #2)
        ask n p y
        --- poisson gamma count binomial | GM0475 throws | GM0475 throws | GM0475 throws
        Gamma r
        Count n
        Count y = 2
        r = GammaFromShapeAndRate(4, 1)
        n = Poisson(r)
        y = Binomial(n, 0.5)
        ask r n
        --- binomial logit latent | GM0475 throws | GM0475 throws | GM0475 throws
        range K = 6
        Gaussian x
        Integer y of K
        x = GaussianFromMeanAndPrecision(0, 1)
        y = BinomialFromLogOdds(#5, x)
        ask x y
        --- vg wishart latent | ~ 0.78..1.03 | ~ 0.78..0.95 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix R(2,2) = 2 .5 .5 3
        Matrix P(2,2) = 2 .5 .5 1
        Matrix Q
        Vector x
        Vector y(2) = 1 2
        Q = WishartFromShapeAndRate(3, R)
        x = VectorGaussianFromMeanAndPrecision(a, Q)
        y = VectorGaussianFromMeanAndPrecision(x, P)
        ask Q x
        --- vg mean wishart latent | ~ 0.89..1.04 | ~ 0.60..0.85 | = 0.90..1.10
        Vector a(2) = 0 1
        Matrix R(2,2) = 2 .5 .5 3
        Matrix P(2,2) = 2 .5 .5 1
        Matrix Q
        Vector m
        Vector x
        Vector y(2) = 1 2
        m = VectorGaussianFromMeanAndPrecision(a, P)
        Q = WishartFromShapeAndRate(3, R)
        x = VectorGaussianFromMeanAndPrecision(m, Q)
        y = VectorGaussianFromMeanAndPrecision(x, P)
        ask m Q x
        --- product observed | GM0475 untold | GM0475 throws | GM0476 wrong
        truth 1.50832±0.596354 1.50832±0.596354
        Gaussian a
        Gaussian b
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(1, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        y = Product(a, b)
        ask a b
        --- inner product observed exactly | GM0475 throws | GM0475 throws | GM0475 throws
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector x(2) = 1 2
        Vector m
        Gaussian y = 3
        m = VectorGaussianFromMeanAndPrecision(a, P)
        y = InnerProduct(m, x)
        ask m
        --- vector element observed exactly | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 3±0 -0.5±1
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector m
        Gaussian y = 3
        m = VectorGaussianFromMeanAndPrecision(a, P)
        y = VectorElement(m, #0)
        ask m
        --- matrix times vector observed exactly | GM0475 throws | GM0475 throws | GM0475 throws
        Vector a(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Matrix A(2,2) = 1 2 3 1
        Vector m
        Vector y(2) = 3 1
        m = VectorGaussianFromMeanAndPrecision(a, P)
        y = MatrixTimesVector(A, m)
        ask m
        --- int minus latent | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = 0 0 1
        Integer a of K
        Integer b of K
        Integer s of K
        Boolean c
        Boolean t = true
        b = Discrete(u)
        a = Discrete(w)
        s = Minus(b, a)
        c = Greater(s, #0)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a s
        --- int minus known latent | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        Simplex w of K = 0 .5 .5
        Integer a of K
        Integer s of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        s = Minus(a, #1)
        c = Greater(s, #0)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a s
        --- int plus known observed | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Integer a of K
        Integer s of M = 3
        a = Discrete(w)
        s = Plus(a, #2)
        ask a
        --- truncated greater const latent | GM0475 throws | GM0475 throws | GM0475 throws
        TruncatedGaussian a
        Boolean c
        Boolean t = true
        a = TruncatedGaussian(0, 1, 0, inf)
        c = Greater(a, 1)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- double nest same pair | exact 0.90..1.10 | ~ 0.82..1.05 | = 0.90..1.10
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .4 .6
        Integer a of K
        Integer b of K
        Boolean t = true
        Boolean s = false
        a = Discrete(w)
        b = Discrete(u)
        case a 0
          case b 0
            t = Bernoulli(0.1)
          case b 1
            t = Bernoulli(0.05)
        case a 1
          case b 0
            t = Bernoulli(0.5)
          case b 1
            t = Bernoulli(0.9)
        case a 0
          case b 0
            s = Bernoulli(0.9)
          case b 1
            s = Bernoulli(0.05)
        case a 1
          case b 0
            s = Bernoulli(0.5)
          case b 1
            s = Bernoulli(0.9)
        ask a b
        --- same nest two leaves | exact 0.90..1.10 | ~ 0.82..1.05 | = 0.90..1.10
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .4 .6
        Integer a of K
        Integer b of K
        Boolean t = true
        Boolean s = false
        a = Discrete(w)
        b = Discrete(u)
        case a 0
          case b 0
            t = Bernoulli(0.1)
            s = Bernoulli(0.9)
          case b 1
            t = Bernoulli(0.05)
            s = Bernoulli(0.05)
        case a 1
          case b 0
            t = Bernoulli(0.5)
            s = Bernoulli(0.5)
          case b 1
            t = Bernoulli(0.9)
            s = Bernoulli(0.9)
        ask a b
        --- det in gates | exact 0.90..1.10 | GM0475 throws | GM0488 throws
        Boolean a
        Boolean d
        Boolean e
        Boolean y = true
        a = Bernoulli(0.3)
        d = Bernoulli(0.6)
        e = Bernoulli(0.3)
        if a
          y = And(d, e)
        ifnot a
          y = Or(d, e)
        ask a d e
        --- gate local bool if only | exact 0.90..1.10 | ~ 0.95..1.06 | GM0481 wrong
        Boolean a
        Boolean b
        Boolean t = true
        a = Bernoulli(0.3)
        if a
          b = Bernoulli(0.9)
          if b
            t = Bernoulli(0.7)
          ifnot b
            t = Bernoulli(0.1)
        ifnot a
          b = Bernoulli(0.5)
          t = Bernoulli(0.2)
        ask a b
        --- gate local int both | exact 0.90..1.10 | ~ 0.94..1.05 | GM0482 untold
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .1 .9
        Simplex h of K = .5 .5
        Integer a of K
        Integer b of K
        Boolean t = true
        a = Discrete(w)
        case a 1
          b = Discrete(u)
          case b 0
            t = Bernoulli(0.1)
          case b 1
            t = Bernoulli(0.7)
        case a 0
          b = Discrete(h)
          t = Bernoulli(0.2)
        ask a b
        --- gate local int only | exact 0.90..1.10 | ~ 0.95..1.05 | GM0482 untold
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .3 .7
        Integer a of K
        Integer b of K
        Boolean t = true
        Boolean s = false
        a = Discrete(w)
        case a 1
          b = Discrete(u)
          case b 0
            t = Bernoulli(0.1)
            s = Bernoulli(0.4)
          case b 1
            t = Bernoulli(0.7)
            s = Bernoulli(0.9)
        case a 0
          t = Bernoulli(0.2)
          s = Bernoulli(0.5)
        ask a
        --- if copy consts bool | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Boolean p
        Boolean y = true
        b = Bernoulli(0.4)
        if b
          p = Copy(true)
        ifnot b
          p = Bernoulli(0.3)
        if p
          y = Bernoulli(0.8)
        ifnot p
          y = Bernoulli(0.3)
        ask b p
        --- if copy consts vector | GM0475 throws | GM0475 throws | GM0475 throws
        Boolean b
        Vector p
        Vector a(2) = 0 1
        Vector c(2) = 2 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector y(2) = 1 1
        b = Bernoulli(0.4)
        if b
          p = Copy(a)
        ifnot b
          p = Copy(c)
        y = VectorGaussianFromMeanAndPrecision(p, P)
        ask b
        --- max gibbs latent | ~ 0.95..1.05 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian y = 0
        Gaussian s
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Min(0.5, a)
        y = GaussianFromMeanAndPrecision(s, 1)
        ask a
        --- truncated gamma precision latent gibbs | GM0475 throws | GM0475 throws | = 0.90..1.10
        TruncatedGaussian t
        Gamma p
        Gaussian x
        Gaussian y = 0.2
        t = TruncatedGaussian(0, 1, 0, inf)
        p = GammaFromShapeAndRate(4, 4)
        x = GaussianFromMeanAndPrecision(t, p)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask t p x
        --- discrete leaf vmp | exact 0.90..1.10 | ~ 0.80..0.95 | = 0.90..1.10
        range K = 3
        Vector a(3) = 1 2 3
        Simplex p of K
        Integer y of K = 1
        Integer z of K
        p = Dirichlet(a)
        y = Discrete(p)
        z = Discrete(p)
        ask p z
        --- bernoulli leaf vmp | exact 0.90..1.10 | ~ 0.83..1.05 | = 0.90..1.10
        Beta p
        Boolean y = true
        Boolean z
        p = Beta(2, 3)
        y = Bernoulli(p)
        z = Bernoulli(p)
        ask p z
        --- gaussian leaf precision random | = 0.90..1.10 | ~ 0.73..0.95 | = 0.90..1.10
        Gamma p
        Gaussian y = 1.5
        Gaussian x
        p = GammaFromShapeAndRate(4, 4)
        y = GaussianFromMeanAndPrecision(0, p)
        x = GaussianFromMeanAndPrecision(0, p)
        ask p x
        --- beta gamma params | GM0475 throws | GM0475 throws | GM0475 throws
        Gamma a
        Gamma b
        Beta p
        Boolean y = true
        a = GammaFromShapeAndRate(4, 4)
        b = GammaFromShapeAndRate(4, 4)
        p = Beta(a, b)
        y = Bernoulli(p)
        ask a p
        --- equal const count | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        a = Discrete(w)
        Equal(a, #1)
        ask a
        --- known greater int | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c = true
        a = Discrete(w)
        c = Greater(#1, a)
        ask a
        --- known atleast int latent | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        c = AtLeast(#1, a)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- int plus int gibbs two noisy | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Simplex lik[M] of K = .9 .05 .05 .2 .3 .5 .1 .8 .1 .3 .3 .4 .1 .1 .8
        Integer a of K
        Integer b of K
        Integer s of M
        Integer o of K = 2
        a = Discrete(w)
        b = Discrete(u)
        s = Plus(a, b)
        switch s
          o = Discrete(lik[s])
        ask a b s
        --- bool if double nest | exact 0.90..1.10 | ~ 0.87..1.04 | GM0481 wrong
        Boolean a
        Boolean b
        Boolean t = true
        Boolean s = false
        a = Bernoulli(0.3)
        b = Bernoulli(0.6)
        if a
          if b
            t = Bernoulli(0.9)
          ifnot b
            t = Bernoulli(0.5)
        ifnot a
          t = Bernoulli(0.1)
        if a
          if b
            s = Bernoulli(0.2)
          ifnot b
            s = Bernoulli(0.5)
        ifnot a
          s = Bernoulli(0.9)
        ask a b
        --- vmp greater const with mean random | = 0.90..1.10 | ~ 0.64..0.83 | GM0475 throws
        Gaussian m
        Gaussian a
        Boolean c = true
        m = GaussianFromMeanAndPrecision(0, 1)
        a = GaussianFromMeanAndPrecision(m, 1)
        c = Greater(a, 0.5)
        ask m a
        --- vmp greater of multiple of unknown | = 0.90..1.10 | GM0487 throws | GM0475 throws
        Gaussian m
        Gaussian a
        Boolean c = true
        m = GaussianFromMeanAndPrecision(0, 1)
        a = Product(m, 2)
        c = Greater(a, 0.5)
        ask m
        --- probit plate vmp | = 0.90..1.10 | ~ 0.50..0.70 | GM0475 throws
        range N = 4
        Vector mu(2) = 0 0
        Matrix P(2,2) = 1 0 0 1
        Vector X[N](2) = 1 -1 1 0 1 1 1 2
        Vector w
        Gaussian e[N]
        Gaussian z[N]
        Boolean y[N] = false true false true
        w = VectorGaussianFromMeanAndPrecision(mu, P)
        for N
          e[N] = InnerProduct(w, X[N])
          z[N] = GaussianFromMeanAndPrecision(e[N], 1)
          y[N] = Greater(z[N], 0)
        ask w
        --- gamma const equal | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 0.7±0
        Gamma a
        a = GammaFromShapeAndRate(2, 2)
        Equal(a, 0.7)
        ask a
        --- xor latent noisy gibbs | GM0478 wrong | GM0478 wrong | GM0480 throws
        Boolean a
        Boolean b
        Boolean o
        Boolean n
        Boolean nn
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        o = Or(a, b)
        n = And(a, b)
        nn = Not(n)
        y = And(o, nn)
        if y
          t = Bernoulli(0.9)
        ifnot y
          t = Bernoulli(0.2)
        ask a b y
        --- linear through gates vmp | ~ 0.95..1.05 | ~ 0.79..0.96 | = 0.90..1.10
        range K = 2
        Simplex w of K = .4 .6
        Integer z of K
        Gaussian m[K]
        Gaussian c[K] = -1 1
        Gaussian y = 0.3
        z = Discrete(w)
        for K
          m[K] = GaussianFromMeanAndPrecision(c[K], 1)
        switch z
          y = GaussianFromMeanAndPrecision(m[z], 1)
        ask m z
        --- wishart equal vec latent obs ratio normal known observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 4±0
        Gaussian a
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        y = Ratio(a, 2)
        ask a
        --- greater gaussian count mixed known | GM0475 wrong | GM0475 throws | GM0475 throws
        Count n
        Boolean c
        Boolean t = true
        n = Poisson(2)
        c = Greater(n, #1)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask n
        """;
}
