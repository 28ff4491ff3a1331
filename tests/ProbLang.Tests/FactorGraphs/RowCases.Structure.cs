namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string Structure = """
        --- sprinkler case | GM0478 wrong | GM0478 wrong | GM0478 untold
        range K = 2
        Simplex half of K = .5 .5
        Simplex s0 of K = .5 .5
        Simplex s1 of K = .9 .1
        Simplex r0 of K = .8 .2
        Simplex r1 of K = .2 .8
        Simplex w00 of K = .999 .001
        Simplex w01 of K = .1 .9
        Simplex w11 of K = .01 .99
        Integer c of K
        Integer s of K
        Integer r of K
        Integer w of K = 1
        c = Discrete(half)
        case c 0
          s = Discrete(s0)
          r = Discrete(r0)
        case c 1
          s = Discrete(s1)
          r = Discrete(r1)
        case s 0
          case r 0
            w = Discrete(w00)
          case r 1
            w = Discrete(w01)
        case s 1
          case r 0
            w = Discrete(w01)
          case r 1
            w = Discrete(w11)
        ask r s c
        --- strong causes case | GM0478 wrong | GM0478 wrong | GM0478 wrong
        range K = 2
        Simplex w of K = .3 .7
        Simplex c0 of K = .9 .1
        Simplex c1 of K = .05 .95
        Simplex l00 of K = .95 .05
        Simplex l01 of K = .8 .2
        Simplex l10 of K = .1 .9
        Simplex l11 of K = .95 .05
        Integer c of K
        Integer s of K
        Integer r of K
        Integer y of K = 1
        c = Discrete(w)
        case c 0
          s = Discrete(c0)
          r = Discrete(c0)
        case c 1
          s = Discrete(c1)
          r = Discrete(c1)
        case s 0
          case r 0
            y = Discrete(l00)
          case r 1
            y = Discrete(l01)
        case s 1
          case r 0
            y = Discrete(l10)
          case r 1
            y = Discrete(l11)
        ask c s r
        --- sprinkler if | GM0478 wrong | GM0478 wrong | GM0478 GM0481 wrong
        Boolean c
        Boolean s
        Boolean r
        Boolean w = true
        c = Bernoulli(0.5)
        if c
          s = Bernoulli(0.1)
          r = Bernoulli(0.8)
        ifnot c
          s = Bernoulli(0.5)
          r = Bernoulli(0.2)
        if s
          if r
            w = Bernoulli(0.99)
          ifnot r
            w = Bernoulli(0.9)
        ifnot s
          if r
            w = Bernoulli(0.9)
          ifnot r
            w = Bernoulli(0.001)
        ask r s c
        --- xor expression | GM0478 wrong | GM0475 GM0478 throws | GM0480 wrong
        Boolean a
        Boolean b
        Boolean o
        Boolean n
        Boolean nn
        Boolean y
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        o = Or(a, b)
        n = And(a, b)
        nn = Not(n)
        y = And(o, nn)
        True(y)
        ask a b
        --- same pair and twice | GM0478 untold | GM0478 untold | GM0478 untold
        Boolean a
        Boolean b
        Boolean u
        Boolean v
        Boolean s = true
        Boolean t = false
        a = Bernoulli(0.6)
        b = Bernoulli(0.7)
        u = And(a, b)
        v = And(a, b)
        if u
          s = Bernoulli(0.9)
        ifnot u
          s = Bernoulli(0.2)
        if v
          t = Bernoulli(0.9)
        ifnot v
          t = Bernoulli(0.2)
        ask a b
        --- skills three, loops | GM0478 untold | GM0478 untold | GM0478 untold
        Boolean a
        Boolean b
        Boolean c
        Boolean ab
        Boolean bc
        Boolean ac
        Boolean s = true
        Boolean t = false
        Boolean u = true
        a = Bernoulli(0.5)
        b = Bernoulli(0.5)
        c = Bernoulli(0.5)
        ab = And(a, b)
        bc = And(b, c)
        ac = And(a, c)
        if ab
          s = Bernoulli(0.9)
        ifnot ab
          s = Bernoulli(0.2)
        if bc
          t = Bernoulli(0.9)
        ifnot bc
          t = Bernoulli(0.2)
        if ac
          u = Bernoulli(0.9)
        ifnot ac
          u = Bernoulli(0.2)
        ask a b c
        --- copy loop gibbs deterministic | GM0485 throws | GM0485 throws | GM0485 throws
        Boolean a
        Boolean b
        Boolean t = true
        a = Bernoulli(0.3)
        b = And(a, a)
        if b
          t = Bernoulli(0.9)
        ifnot b
          t = Bernoulli(0.1)
        ask a b
        --- league cycle 3 players | ~ 0.90..1.03 | GM0475 wrong | GM0475 throws
        range P = 3
        Gaussian skill[P]
        Gaussian d0
        Gaussian d1
        Gaussian d2
        Gaussian p0
        Gaussian p1
        Gaussian p2
        Gaussian q0
        Gaussian q1
        Gaussian q2
        Boolean g0 = true
        Boolean g1 = true
        Boolean g2 = true
        for P
          skill[P] = GaussianFromMeanAndVariance(25, 70)
        p0 = GaussianFromMeanAndVariance(skill[0], 17)
        q0 = GaussianFromMeanAndVariance(skill[1], 17)
        p1 = GaussianFromMeanAndVariance(skill[1], 17)
        q1 = GaussianFromMeanAndVariance(skill[2], 17)
        p2 = GaussianFromMeanAndVariance(skill[0], 17)
        q2 = GaussianFromMeanAndVariance(skill[2], 17)
        g0 = Greater(p0, q0)
        g1 = Greater(p1, q1)
        g2 = Greater(p2, q2)
        ask skill
        --- regression uncentred scalar | ~ 0.24..0.34 | ~ 0.18..0.28 | = 0.90..1.10
        truth 0.685864±0.177239 0.00890052±0.843826
        range N = 5
        Gaussian a
        Gaussian b
        Gaussian x[N] = 3 4 5 6 7
        Gaussian ax[N]
        Gaussian m[N]
        Gaussian y[N] = 2 2.5 3.7 4 5
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0, 1)
        for N
          ax[N] = Product(a, x[N])
          m[N] = Plus(ax[N], b)
          y[N] = GaussianFromMeanAndPrecision(m[N], 1)
        ask a b
        --- regression centred scalar | ~ 1.16..1.26 | ~ 0.95..1.05 | = 0.90..1.10
        truth 0.681818±0.301511 2.86667±0.408248
        range N = 5
        Gaussian a
        Gaussian b
        Gaussian x[N] = -2 -1 0 1 2
        Gaussian ax[N]
        Gaussian m[N]
        Gaussian y[N] = 2 2.5 3.7 4 5
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0, 1)
        for N
          ax[N] = Product(a, x[N])
          m[N] = Plus(ax[N], b)
          y[N] = GaussianFromMeanAndPrecision(m[N], 1)
        ask a b
        --- crossed effects 3x3 | ~ 0.44..0.54 | ~ 0.24..0.34 | = 0.90..1.10
        truth 0.433468±1.03371 1.37097±1.03371 -0.191532±1.03371 0.433468±1.03371 1.68347±1.03371 -0.504032±1.03371
        range I = 3
        range J = 3
        Gaussian a[I]
        Gaussian b[J]
        Gaussian m[I][J]
        Gaussian y[I][J] = 1 2 0 2 3 1 0 2 -1
        for I
          a[I] = GaussianFromMeanAndPrecision(0, 0.2)
        for J
          b[J] = GaussianFromMeanAndPrecision(0, 0.2)
        for I
          for J
            m[I][J] = Plus(a[I], b[J])
            y[I][J] = GaussianFromMeanAndPrecision(m[I][J], 1)
        ask a b
        --- crossed probit 3x3 | ~ 0.73..0.99 | ~ 0.07..0.25 | GM0475 throws
        range I = 3
        range J = 3
        Gaussian a[I]
        Gaussian b[J]
        Gaussian m[I][J]
        Gaussian n[I][J]
        Boolean y[I][J] = true false true true true true false false true
        for I
          a[I] = GaussianFromMeanAndPrecision(0, 0.2)
        for J
          b[J] = GaussianFromMeanAndPrecision(0, 0.2)
        for I
          for J
            m[I][J] = Minus(a[I], b[J])
            n[I][J] = GaussianFromMeanAndPrecision(m[I][J], 1)
            y[I][J] = Greater(n[I][J], 0)
        ask a b
        --- track scalar pos vel | ~ 0.88..1.60 | ~ 0.23..0.53 | = 0.90..1.10
        truth 0.161937±0.594101 1.0765±0.476432 2.05168±0.474343 3.20179±0.620962 0.829543±0.482544 0.951912±0.457221 1.05102±0.546666 1.05102±0.74084
        range T = 4
        range S = 3
        Gaussian p[T]
        Gaussian v[T]
        Gaussian m[S]
        Gaussian y[T] = 0 1.2 1.9 3.4
        p[0] = GaussianFromMeanAndPrecision(0, 0.1)
        v[0] = GaussianFromMeanAndPrecision(0, 1)
        m[0] = Plus(p[0], v[0])
        p[1] = GaussianFromMeanAndPrecision(m[0], 4)
        v[1] = GaussianFromMeanAndPrecision(v[0], 4)
        m[1] = Plus(p[1], v[1])
        p[2] = GaussianFromMeanAndPrecision(m[1], 4)
        v[2] = GaussianFromMeanAndPrecision(v[1], 4)
        m[2] = Plus(p[2], v[2])
        p[3] = GaussianFromMeanAndPrecision(m[2], 4)
        v[3] = GaussianFromMeanAndPrecision(v[2], 4)
        for T
          y[T] = GaussianFromMeanAndPrecision(p[T], 2)
        ask p v
        --- hierarchical both random | = 0.83..1.10 | ~ 0.33..0.90 | = 0.90..1.10
        range J = 5
        Gaussian mu
        Gamma tau
        Gaussian th[J]
        Gaussian y[J] = 2 -1 0.5 3 1
        mu = GaussianFromMeanAndPrecision(0, 0.2)
        tau = GammaFromShapeAndRate(2, 2)
        for J
          th[J] = GaussianFromMeanAndPrecision(mu, tau)
          y[J] = GaussianFromMeanAndPrecision(th[J], 1)
        ask mu tau th
        --- ar unknown coefficient | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range T = 5
        Gaussian phi
        Gaussian y[T] = 1 .8 .9 .2 .4
        Gaussian m[T]
        phi = GaussianFromMeanAndPrecision(0, 1)
        m[0] = Copy(0)
        m[1] = Product(phi, y[0])
        m[2] = Product(phi, y[1])
        m[3] = Product(phi, y[2])
        m[4] = Product(phi, y[3])
        y[1] = GaussianFromMeanAndPrecision(m[1], 4)
        y[2] = GaussianFromMeanAndPrecision(m[2], 4)
        y[3] = GaussianFromMeanAndPrecision(m[3], 4)
        y[4] = GaussianFromMeanAndPrecision(m[4], 4)
        ask phi
        --- factorial two chains | GM0484 GM0478 throws | GM0484 GM0478 throws | GM0484 GM0478 throws
        range K = 2
        Simplex w of K = .7 .3
        Simplex P[K] of K = .9 .1 .2 .8
        Integer a0 of K
        Integer a1 of K
        Integer b0 of K
        Integer b1 of K
        Gaussian y0 = 1
        Gaussian y1 = 1.5
        Gaussian q[K][K] = 0 1 2 3
        a0 = Discrete(w)
        b0 = Discrete(w)
        switch a0
          a1 = Discrete(P[a0])
        switch b0
          b1 = Discrete(P[b0])
        case a0 0
          case b0 0
            y0 = GaussianFromMeanAndPrecision(0, 2)
          case b0 1
            y0 = GaussianFromMeanAndPrecision(1, 2)
        case a0 1
          case b0 0
            y0 = GaussianFromMeanAndPrecision(2, 2)
          case b0 1
            y0 = GaussianFromMeanAndPrecision(3, 2)
        case a1 0
          case b1 0
            y1 = GaussianFromMeanAndPrecision(0, 2)
          case b1 1
            y1 = GaussianFromMeanAndPrecision(1, 2)
        case a1 1
          case b1 0
            y1 = GaussianFromMeanAndPrecision(2, 2)
          case b1 1
            y1 = GaussianFromMeanAndPrecision(3, 2)
        ask a0 b0 a1 b1
        --- rank one factorisation | ~ 0.83..1.01 | ~ 0.49..0.90 | ~ 0.94..1.07
        range I = 3
        range J = 3
        Gaussian a[I]
        Gaussian b[J]
        Gaussian ma[I] = 1 2 1
        Gaussian m[I][J]
        Gaussian y[I][J] = 1 2 0 2 3 1 0 2 -1
        for I
          a[I] = GaussianFromMeanAndPrecision(ma[I], 1)
        for J
          b[J] = GaussianFromMeanAndPrecision(0, 1)
        for I
          for J
            m[I][J] = Product(a[I], b[J])
            y[I][J] = GaussianFromMeanAndPrecision(m[I][J], 1)
        ask a b
        --- regression scalar unknown precision, several betas | ~ 0.18..0.90 | ~ 0.11..0.80 | = 0.90..1.10
        range N = 5
        Gaussian a
        Gaussian b
        Gamma p
        Gaussian x[N] = 3 4 5 6 7
        Gaussian ax[N]
        Gaussian m[N]
        Gaussian y[N] = 2 2.5 3.7 4 5
        p = GammaFromShapeAndRate(2, 2)
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0, 1)
        for N
          ax[N] = Product(a, x[N])
          m[N] = Plus(ax[N], b)
          y[N] = GaussianFromMeanAndPrecision(m[N], p)
        ask a b p
        --- student scale mixture | ~ 0.61..1.07 | ~ 0.38..1.02 | = 0.90..1.10
        range N = 3
        Gaussian m
        Gamma w[N]
        Gaussian y[N] = 0 1 6
        m = GaussianFromMeanAndPrecision(0, 0.1)
        for N
          w[N] = GammaFromShapeAndRate(2, 2)
          y[N] = GaussianFromMeanAndPrecision(m, w[N])
        ask m w
        --- gamma ratio poisson | GM0476 wrong | ~ 0.70..1.33 | GM0475 throws
        Gamma a
        Gamma b
        Gamma s
        Count y = 3
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(4, 2)
        s = Ratio(a, b)
        y = Poisson(s)
        ask a b s
        --- equal gamma | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        truth 1.25±0.559017 1.25±0.559017
        Gamma a
        Gamma b
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(4, 2)
        Equal(a, b)
        ask a b
        --- equal known gaussian | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 0.5±0
        Gaussian a
        a = GaussianFromMeanAndPrecision(0, 1)
        Equal(a, 0.5)
        ask a
        --- gamma if gate | = 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Gamma p
        Gaussian y = 2
        b = Bernoulli(0.4)
        if b
          p = GammaFromShapeAndRate(2, 2)
        ifnot b
          p = GammaFromShapeAndRate(2, 8)
        y = GaussianFromMeanAndPrecision(0, p)
        ask b p
        --- beta if gate | ~ 0.70..1.05 | ~ 0.73..1.10 | = 0.90..1.10
        Boolean b
        Beta p
        Boolean y = true
        b = Bernoulli(0.4)
        if b
          p = Beta(2, 3)
        ifnot b
          p = Beta(5, 1)
        y = Bernoulli(p)
        ask b p
        --- if true observed bernoulli beta leaves | ~ 0.91..1.05 | ~ 0.91..1.03 | = 0.90..1.10
        Boolean b
        Beta p
        Beta q
        Boolean y = true
        b = Bernoulli(0.4)
        p = Beta(2, 3)
        q = Beta(5, 1)
        if b
          y = Bernoulli(p)
        ifnot b
          y = Bernoulli(q)
        ask b p q
        --- case poisson rates | ~ 0.94..1.05 | ~ 0.82..1.05 | = 0.90..1.10
        range K = 3
        Simplex w of K = .3 .3 .4
        Integer z of K
        Gamma r[K]
        Count y = 4
        z = Discrete(w)
        for K
          r[K] = GammaFromShapeAndRate(2, 1)
        switch z
          y = Poisson(r[z])
        ask z r
        --- greater under gate | ~ 0.95..1.06 | GM0475 GM0486 throws | GM0475 throws
        Boolean b
        Gaussian a
        Gaussian c
        Boolean y = true
        b = Bernoulli(0.4)
        a = GaussianFromMeanAndPrecision(0, 1)
        c = GaussianFromMeanAndPrecision(0, 1)
        if b
          y = Greater(a, c)
        ifnot b
          y = Bernoulli(0.3)
        ask b a c
        --- constrain under gate | ~ 0.95..1.05 | GM0486 throws | GM0475 throws
        Boolean b
        Gaussian a
        b = Bernoulli(0.4)
        a = GaussianFromMeanAndPrecision(0, 1)
        if b
          Positive(a)
        ask b a
        --- int expression shared parent | GM0478 untold | GM0475 GM0478 throws | GM0480 untold
        range K = 3
        range M = 5
        Simplex w of K = .2 .3 .5
        Integer a of K
        Boolean c
        Boolean d
        Boolean y = true
        a = Discrete(w)
        c = AtLeast(a, #1)
        d = AtLeast(#1, a)
        y = And(c, d)
        ask a
        --- and under gibbs with observed noisy leaf both parents | exact 0.90..1.10 | GM0475 throws | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean c
        Boolean y = true
        a = Bernoulli(0.2)
        b = Bernoulli(0.3)
        c = Bernoulli(0.3)
        Boolean d
        d = Or(a, b)
        y = Or(d, c)
        ask a b c
        """;
}
