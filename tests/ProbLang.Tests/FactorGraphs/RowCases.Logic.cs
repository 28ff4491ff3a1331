namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string Logic = """
        --- and observed true | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y = false
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = And(a, b)
        ask a b
        --- and constrained false | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = And(a, b)
        False(y)
        ask a b
        --- and latent then noisy | exact 0.90..1.10 | ~ 0.90..1.96 | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = And(a, b)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a b y
        --- or latent then noisy | exact 0.90..1.10 | ~ 0.86..1.05 | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = Or(a, b)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a b y
        --- or observed | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = Or(a, b)
        ask a b
        --- and with known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        y = And(a, true)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a y
        --- not | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        y = Not(a)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a y
        --- not observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean y = true
        a = Bernoulli(0.6)
        y = Not(a)
        ask a
        --- copy bool | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        y = Copy(a)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a y
        --- bool equal constrained | exact 0.90..1.10 | GM0475 throws | GM0476 wrong
        Boolean a
        Boolean b
        Boolean y
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = AreEqual(a, b)
        True(y)
        ask a b
        --- bool equal observed | exact 0.90..1.10 | GM0475 throws | GM0476 wrong
        Boolean a
        Boolean b
        Boolean y = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = AreEqual(a, b)
        ask a b
        --- bool equal latent | exact 0.90..1.10 | ~ 0.43..1.95 | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        y = AreEqual(a, b)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a b y
        --- bool equal known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean y
        Boolean t = true
        a = Bernoulli(0.6)
        y = AreEqual(a, true)
        if y
          t = Bernoulli(0.1)
        ifnot y
          t = Bernoulli(0.8)
        ask a y
        --- constrain equal bool | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        Boolean a
        Boolean b
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        Equal(a, b)
        ask a b
        --- constrain true bool | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Beta p
        p = Beta(2, 2)
        a = Bernoulli(p)
        True(a)
        ask p
        --- constrain equal int | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        a = Discrete(w)
        b = Discrete(u)
        Equal(a, b)
        ask a b
        --- int plus int | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Integer s of M
        Boolean c
        Boolean t = true
        a = Discrete(w)
        b = Discrete(u)
        s = Plus(a, b)
        c = Greater(s, #2)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a b s
        --- int plus const | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Integer a of K
        Integer s of M
        Boolean c
        Boolean t = true
        a = Discrete(w)
        s = Plus(a, #2)
        c = Greater(s, #2)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a s
        --- int minus int observed | exact 0.90..1.10 | GM0475 throws | GM0475 throws
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Integer s of K = 1
        a = Discrete(w)
        b = Discrete(u)
        s = Minus(a, b)
        ask a b
        --- int plus int observed | exact 0.90..1.10 | GM0475 throws | GM0475 throws
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Integer s of M = 3
        a = Discrete(w)
        b = Discrete(u)
        s = Plus(a, b)
        ask a b
        --- int equal const latent | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        c = AreEqual(a, #1)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- int equal const observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c = false
        a = Discrete(w)
        c = AreEqual(a, #1)
        ask a
        --- int equal const constrained | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        a = Discrete(w)
        c = AreEqual(a, #1)
        False(c)
        ask a
        --- int atleast const latent | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        c = AtLeast(a, #1)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- int atleast const observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c = true
        a = Discrete(w)
        c = AtLeast(a, #1)
        ask a
        --- int greater const observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c = true
        a = Discrete(w)
        c = Greater(a, #0)
        ask a
        --- int greater const latent | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        c = Greater(a, #1)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- int greater int observed | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c = true
        a = Discrete(w)
        b = Discrete(u)
        c = Greater(a, b)
        ask a b
        --- int greater int latent | exact 0.90..1.10 | ~ 0.93..1.14 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        b = Discrete(u)
        c = Greater(a, b)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a b c
        --- int atleast int latent | exact 0.90..1.10 | ~ 0.92..1.59 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        b = Discrete(u)
        c = AtLeast(a, b)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a b c
        --- int equal int latent | exact 0.90..1.10 | ~ 0.88..1.06 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c
        Boolean t = true
        a = Discrete(w)
        b = Discrete(u)
        c = AreEqual(a, b)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a b c
        --- int equal int observed true | exact 0.90..1.10 | GM0475 throws | GM0476 wrong
        range K = 3
        Simplex w of K = .2 .3 .5
        Simplex u of K = .4 .3 .3
        Integer a of K
        Integer b of K
        Boolean c = true
        a = Discrete(w)
        b = Discrete(u)
        c = AreEqual(a, b)
        ask a b
        --- copy int | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer a of K
        Integer b of K
        Gaussian m[K] = 0 1 2
        Gaussian y = 2
        a = Discrete(w)
        b = Copy(a)
        switch b
          y = GaussianFromMeanAndPrecision(m[b], 1)
        ask a b
        --- double greater latent | = 0.90..1.10 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Boolean c
        Boolean t = true
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0.5, 1)
        c = Greater(a, b)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a b c
        --- double greater observed | = 0.90..1.10 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Boolean c = true
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0.5, 1)
        c = Greater(a, b)
        ask a b
        --- double greater const observed | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        Boolean c = true
        a = GaussianFromMeanAndPrecision(0, 1)
        c = Greater(a, 0.5)
        ask a
        --- double greater const latent | = 0.90..1.10 | GM0475 throws | GM0475 throws
        Gaussian a
        Boolean c
        Boolean t = true
        a = GaussianFromMeanAndPrecision(0, 1)
        c = Greater(a, 0.5)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- double const greater constrained | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        Boolean c
        a = GaussianFromMeanAndPrecision(0, 1)
        c = Greater(0.5, a)
        True(c)
        ask a
        --- gamma greater const | GM0475 throws | GM0475 throws | GM0475 throws
        Gamma a
        Boolean c
        a = GammaFromShapeAndRate(2, 1)
        c = Greater(a, 1.5)
        True(c)
        ask a
        --- beta greater const | ~ 2.16..2.26 | GM0475 throws | GM0475 throws
        Beta a
        Boolean c
        a = Beta(2, 2)
        c = Greater(a, 0.6)
        True(c)
        ask a
        --- beta greater const latent | GM0475 throws | GM0475 throws | GM0475 throws
        Beta a
        Boolean c
        Boolean t = true
        a = Beta(2, 2)
        c = Greater(a, 0.6)
        if c
          t = Bernoulli(0.9)
        ifnot c
          t = Bernoulli(0.3)
        ask a c
        --- truncated greater const | = 0.90..1.10 | GM0475 throws | = 0.90..1.10
        TruncatedGaussian a
        Boolean c
        a = TruncatedGaussian(0, 1, 0, inf)
        c = Greater(a, 1)
        True(c)
        ask a
        --- poisson greater const | ~ 2.43..2.52 | GM0475 throws | GM0475 throws
        Count a
        Boolean c
        a = Poisson(2)
        c = Greater(a, #1)
        True(c)
        ask a
        --- constrain positive | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        a = GaussianFromMeanAndPrecision(0, 1)
        Positive(a)
        ask a
        --- constrain between | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        a = GaussianFromMeanAndPrecision(0, 1)
        Between(a, -0.5, 2)
        ask a
        --- constrain between half | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        a = GaussianFromMeanAndPrecision(0, 1)
        Between(a, 0.5, inf)
        ask a
        --- constrain between truncated | = 0.90..1.10 | GM0475 untold | = 0.90..1.10
        TruncatedGaussian a
        a = TruncatedGaussian(0, 1, 0, inf)
        Between(a, 0.5, 2)
        ask a
        --- constrain positive minus | = 0.90..1.10 | GM0487 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Gaussian d
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0.5, 1)
        d = Minus(a, b)
        Positive(d)
        ask a b
        --- constrain equal gaussian | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        truth 0.75±0.5 0.75±0.5
        Gaussian a
        Gaussian b
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 3)
        Equal(a, b)
        ask a b
        --- constrain equal vector | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        truth 0±0.534522 1±0.755929 0±0.534522 1±0.755929
        Vector m(2) = 0 1
        Matrix P(2,2) = 2 .5 .5 1
        Vector a
        Vector b
        a = VectorGaussianFromMeanAndPrecision(m, P)
        b = VectorGaussianFromMeanAndPrecision(m, P)
        Equal(a, b)
        ask a b
        """;
}
