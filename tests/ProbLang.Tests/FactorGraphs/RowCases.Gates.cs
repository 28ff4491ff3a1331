namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string Gates = """
        --- vmp positive with observation | = 0.90..1.10 | = 0.90..1.10 | GM0475 throws
        Gaussian a
        Gaussian y = 0.3
        a = GaussianFromMeanAndPrecision(0, 1)
        Positive(a)
        y = GaussianFromMeanAndPrecision(a, 1)
        ask a
        --- between with observation and random precision | = 0.78..1.10 | ~ 0.71..0.95 | GM0475 throws
        range N = 3
        Gaussian a
        Gamma p
        Gaussian y[N] = 0.3 .1 -.4
        a = GaussianFromMeanAndPrecision(0, 1)
        p = GammaFromShapeAndRate(2, 2)
        Between(a, 0, inf)
        for N
          y[N] = GaussianFromMeanAndPrecision(a, p)
        ask a p
        --- between random mean | = 0.90..1.10 | ~ 0.82..0.97 | GM0475 throws
        Gaussian m
        Gaussian a
        Gaussian y = 0.3
        m = GaussianFromMeanAndPrecision(0, 1)
        a = GaussianFromMeanAndPrecision(m, 1)
        Between(a, 0.5, inf)
        y = GaussianFromMeanAndPrecision(a, 1)
        ask m a
        --- if gaussian leaf latent | = 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Gaussian x
        Gaussian y = 2
        b = Bernoulli(0.4)
        if b
          x = GaussianFromMeanAndPrecision(2, 1)
        ifnot b
          x = GaussianFromMeanAndPrecision(-2, 1)
        y = GaussianFromMeanAndPrecision(x, 0.2)
        ask b x
        --- if copy consts gaussian | = 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Gaussian x
        Gaussian y = 1
        b = Bernoulli(0.4)
        if b
          x = Copy(2)
        ifnot b
          x = Copy(-2)
        y = GaussianFromMeanAndPrecision(x, 0.2)
        ask b x
        --- switch copy consts gaussian | = 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer z of K
        Gaussian x
        Gaussian y = 1
        z = Discrete(w)
        case z 0
          x = Copy(2)
        case z 1
          x = Copy(-2)
        case z 2
          x = Copy(0)
        y = GaussianFromMeanAndPrecision(x, 0.2)
        ask z x
        --- if copy unknown gaussian | ~ 0.90..1.05 | ~ 0.69..1.61 | = 0.90..1.10
        Boolean b
        Gaussian m
        Gaussian n
        Gaussian x
        Gaussian y = 2
        b = Bernoulli(0.4)
        m = GaussianFromMeanAndPrecision(2, 1)
        n = GaussianFromMeanAndPrecision(0, 1)
        if b
          x = Copy(m)
        ifnot b
          x = Copy(n)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask b m n x
        --- if obs with unknown means | ~ 0.90..1.05 | ~ 0.69..0.95 | = 0.90..1.10
        Boolean b
        Gaussian m
        Gaussian n
        Gaussian y = 2
        b = Bernoulli(0.4)
        m = GaussianFromMeanAndPrecision(2, 1)
        n = GaussianFromMeanAndPrecision(0, 1)
        if b
          y = GaussianFromMeanAndPrecision(m, 1)
        ifnot b
          y = GaussianFromMeanAndPrecision(n, 1)
        ask b m n
        --- mixture switch asym | ~ 0.77..0.95 | ~ 0.75..0.92 | = 0.90..1.10
        truth -1.479827±0.554080 1.705054±0.561177
        sweeps 200000
        range K = 2
        range N = 6
        Simplex w of K = .4 .6
        Gaussian c[K] = -1 1
        Gaussian m[K]
        Integer z[N] of K
        Gaussian y[N] = 2.1 -1.8 2.5 -2.2 1.5 -1
        for K
          m[K] = GaussianFromMeanAndPrecision(c[K], 1)
        for N
          z[N] = Discrete(w)
          switch z[N]
            y[N] = GaussianFromMeanAndPrecision(m[z[N]], 1)
        ask m
        --- count predicted in a switch | GM0475 throws | GM0475 throws | ~ 0.65..1.05
        range K = 2
        Simplex w of K = .4 .6
        Real rate[K] = 1 4
        Integer z of K
        Count y = 3
        Count q
        z = Discrete(w)
        switch z
          y = Poisson(rate[z])
          q = Poisson(rate[z])
        ask z q
        --- count predicted along a chain | GM0475 throws | GM0475 throws | ~ 0.65..1.05
        range K = 2
        range T = 3
        Simplex w of K = .4 .6
        Simplex P[K] of K = .8 .2 .3 .7
        Real rate[K] = 1 4
        Integer z[T] of K
        Count y = 3
        Count q
        Count v = 5
        z[0] = Discrete(w)
        switch z[0]
          y = Poisson(rate[z[0]])
          z[1] = Discrete(P[z[0]])
        switch z[1]
          q = Poisson(rate[z[1]])
          z[2] = Discrete(P[z[1]])
        switch z[2]
          v = Poisson(rate[z[2]])
        ask z q
        --- count of unknown rate predicted in an if | GM0475 throws | GM0475 throws | ~ 0.65..1.05
        Boolean z
        Gamma r
        Count y = 3
        Count q
        z = Bernoulli(0.4)
        r = GammaFromShapeAndRate(4, 2)
        if z
          y = Poisson(r)
          q = Poisson(r)
        ifnot z
          y = Poisson(4)
          q = Poisson(4)
        ask z q
        --- mixture asym dirichlet weights | ~ 0.16..0.97 | ~ 0.00..0.94 | = 0.85..1.13
        range K = 2
        range N = 6
        Vector al(2) = 2 2
        Simplex w of K
        Gaussian c[K] = -1 1
        Gaussian m[K]
        Gamma p
        Integer z[N] of K
        Gaussian y[N] = 2.1 -1.8 2.5 -2.2 1.5 -1
        w = Dirichlet(al)
        p = GammaFromShapeAndRate(4, 4)
        for K
          m[K] = GaussianFromMeanAndPrecision(c[K], 1)
        for N
          z[N] = Discrete(w)
          switch z[N]
            y[N] = GaussianFromMeanAndPrecision(m[z[N]], p)
        ask w m p z
        --- switch nested CPT discrete | ~ 0.90..1.05 | ~ 0.89..1.04 | = 0.90..1.10
        range K = 3
        range L = 2
        Simplex w of K = .2 .3 .5
        Simplex P[K] of L = .1 .9 .5 .5 .8 .2
        Integer z of K
        Integer u of L
        Boolean t = true
        Beta q[L]
        z = Discrete(w)
        for L
          q[L] = Beta(2, 3)
        switch z
          u = Discrete(P[z])
        switch u
          t = Bernoulli(q[u])
        ask z u q
        --- if bool CPT chain (one latent parent) | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean a
        Boolean b
        Boolean t = true
        a = Bernoulli(0.3)
        if a
          b = Bernoulli(0.9)
        ifnot a
          b = Bernoulli(0.2)
        if b
          t = Bernoulli(0.7)
        ifnot b
          t = Bernoulli(0.1)
        ask a b
        --- case CPT chain | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 2
        Simplex w of K = .7 .3
        Simplex w0 of K = .8 .2
        Simplex w1 of K = .1 .9
        Simplex v0 of K = .9 .1
        Simplex v1 of K = .3 .7
        Integer a of K
        Integer b of K
        Integer t of K = 1
        a = Discrete(w)
        case a 0
          b = Discrete(w0)
        case a 1
          b = Discrete(w1)
        case b 0
          t = Discrete(v0)
        case b 1
          t = Discrete(v1)
        ask a b
        --- hmm 6 unrolled switch | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range K = 2
        range T = 6
        Simplex w of K = .5 .5
        Simplex P[K] of K = .9 .1 .2 .8
        Gaussian mu[K] = 0 2
        Integer z[T] of K
        Gaussian y[T] = .1 1.8 2.2 .3 -.4 2.5
        z[0] = Discrete(w)
        switch z[0]
          z[1] = Discrete(P[z[0]])
        switch z[1]
          z[2] = Discrete(P[z[1]])
        switch z[2]
          z[3] = Discrete(P[z[2]])
        switch z[3]
          z[4] = Discrete(P[z[3]])
        switch z[4]
          z[5] = Discrete(P[z[4]])
        for T
          switch z[T]
            y[T] = GaussianFromMeanAndPrecision(mu[z[T]], 1)
        ask z
        --- hmm unknown transition | ~ 0.80..1.07 | ~ 0.66..1.00 | = 0.90..1.10
        range K = 2
        range T = 6
        Simplex w of K = .5 .5
        Vector al[K](2) = 5 1 1 4
        Simplex P[K] of K
        Gaussian mu[K] = 0 2
        Integer z[T] of K
        Gaussian y[T] = .1 1.8 2.2 .3 -.4 2.5
        for K
          P[K] = Dirichlet(al[K])
        z[0] = Discrete(w)
        switch z[0]
          z[1] = Discrete(P[z[0]])
        switch z[1]
          z[2] = Discrete(P[z[1]])
        switch z[2]
          z[3] = Discrete(P[z[2]])
        switch z[3]
          z[4] = Discrete(P[z[3]])
        switch z[4]
          z[5] = Discrete(P[z[4]])
        for T
          switch z[T]
            y[T] = GaussianFromMeanAndPrecision(mu[z[T]], 1)
        ask P z
        --- nested if bools | exact 0.90..1.10 | ~ 0.87..1.03 | GM0481 wrong
        Boolean a
        Boolean b
        Boolean t = true
        a = Bernoulli(0.3)
        b = Bernoulli(0.6)
        if a
          if b
            t = Bernoulli(0.9)
          ifnot b
            t = Bernoulli(0.5)
        ifnot a
          if b
            t = Bernoulli(0.05)
          ifnot b
            t = Bernoulli(0.1)
        ask a b
        --- nested if bools gaussians | exact 0.90..1.10 | ~ 0.94..1.05 | GM0481 wrong
        Boolean a
        Boolean b
        Gaussian t = 1.3
        a = Bernoulli(0.3)
        b = Bernoulli(0.6)
        if a
          if b
            t = GaussianFromMeanAndPrecision(3, 1)
          ifnot b
            t = GaussianFromMeanAndPrecision(1, 1)
        ifnot a
          if b
            t = GaussianFromMeanAndPrecision(-1, 1)
          ifnot b
            t = GaussianFromMeanAndPrecision(0, 1)
        ask a b
        --- nested if in one arm only | exact 0.90..1.10 | ~ 0.94..1.05 | GM0481 untold
        Boolean a
        Boolean b
        Boolean t = true
        a = Bernoulli(0.3)
        b = Bernoulli(0.6)
        if a
          if b
            t = Bernoulli(0.9)
          ifnot b
            t = Bernoulli(0.5)
        ifnot a
          t = Bernoulli(0.1)
        ask a b
        --- nested case ints | exact 0.90..1.10 | ~ 0.86..1.03 | = 0.90..1.10
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .4 .6
        Integer a of K
        Integer b of K
        Boolean t = true
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
        ask a b
        --- nested switch ints latent leaf | ~ 0.90..1.05 | ~ 0.90..1.04 | = 0.90..1.10
        range K = 2
        range L = 2
        Simplex w of K = .7 .3
        Simplex u of L = .4 .6
        Integer a of K
        Integer b of L
        Beta p[K][L]
        Boolean t = true
        a = Discrete(w)
        b = Discrete(u)
        for K
          for L
            p[K][L] = Beta(2, 3)
        switch a
          switch b
            t = Bernoulli(p[a][b])
        ask a b p
        --- mixed if in case | exact 0.90..1.10 | ~ 0.87..1.03 | GM0481 wrong
        range K = 2
        Simplex w of K = .7 .3
        Integer a of K
        Boolean b
        Boolean t = true
        a = Discrete(w)
        b = Bernoulli(0.6)
        case a 0
          if b
            t = Bernoulli(0.05)
          ifnot b
            t = Bernoulli(0.1)
        case a 1
          if b
            t = Bernoulli(0.9)
          ifnot b
            t = Bernoulli(0.5)
        ask a b
        --- mixed case in if | exact 0.90..1.10 | ~ 0.87..1.03 | = 0.90..1.10
        range K = 2
        Simplex w of K = .7 .3
        Integer a of K
        Boolean b
        Boolean t = true
        a = Discrete(w)
        b = Bernoulli(0.6)
        if b
          case a 0
            t = Bernoulli(0.05)
          case a 1
            t = Bernoulli(0.9)
        ifnot b
          case a 0
            t = Bernoulli(0.1)
          case a 1
            t = Bernoulli(0.5)
        ask a b
        --- gate on gated bool | exact 0.9..1.1 | ~ 0.85..1.1 | GM0481 untold
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
          t = Bernoulli(0.2)
        ask a
        --- gate on gated int | exact 0.90..1.10 | ~ 0.95..1.05 | GM0482 untold
        range K = 2
        Simplex w of K = .7 .3
        Simplex u of K = .1 .9
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
          t = Bernoulli(0.2)
        ask a
        --- if greater gaussian leaves | = 0.90..1.10 | GM0475 throws | GM0475 throws
        Gaussian a
        Boolean b
        Gaussian y = 1
        a = GaussianFromMeanAndPrecision(0, 1)
        b = Greater(a, 0)
        if b
          y = GaussianFromMeanAndPrecision(1, 1)
        ifnot b
          y = GaussianFromMeanAndPrecision(-1, 1)
        ask a b
        --- known selector | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b = true
        Gaussian a
        Gaussian y = 1
        a = GaussianFromMeanAndPrecision(0, 1)
        if b
          y = GaussianFromMeanAndPrecision(a, 1)
        ask a
        --- mask | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        range N = 3
        Boolean b[N] = true false true
        Gaussian a
        Gaussian y[N] = 1 100 2
        a = GaussianFromMeanAndPrecision(0, 1)
        for N
          if b[N]
            y[N] = GaussianFromMeanAndPrecision(a, 1)
        ask a
        --- event as a number | = 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Boolean b
        Gaussian x
        Gaussian y = 1.2
        b = Bernoulli(0.4)
        x = Copy(b)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask b x
        --- integer as a number | = 0.90..1.10 | GM0475 throws | = 0.90..1.10
        range K = 3
        Simplex w of K = .2 .3 .5
        Integer z of K
        Gaussian x
        Gaussian y = 1.2
        z = Discrete(w)
        x = Copy(z)
        y = GaussianFromMeanAndPrecision(x, 1)
        ask z x
        """;
}
