namespace ProbLang.Tests.FactorGraphs;

internal static partial class RowCases
{
    private const string Functions = """
        --- plus | exact 0.90..1.10 | ~ 0.51..1.71 | = 0.90..1.10
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Plus(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- minus | exact 0.90..1.10 | ~ 0.52..1.73 | = 0.90..1.10
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Minus(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- plus known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Plus(a, 1.5)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- known minus a | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Minus(1.5, a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- product known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Product(1.5, a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- product known second | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Product(a, -1.5)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- product by zero | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Product(a, 0)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- ratio known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Ratio(a, 2)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- plus observed | exact 0.90..1.10 | GM0475 throws | GM0476 wrong
        truth 0.5±0.707107 1.5±0.707107
        Gaussian a
        Gaussian b
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        y = Plus(a, b)
        ask a b
        --- plus known observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 1±0
        Gaussian a
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        y = Plus(a, 1)
        ask a
        --- product both | = 0.90..1.10 | ~ 0.19..1.40 | ~ 0.95..1.14
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Product(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- product same | GM0485 throws | GM0485 throws | GM0485 throws
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(1, 1)
        s = Product(a, a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- ratio both | GM0475 throws | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(3, 1)
        s = Ratio(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- gamma plus | GM0475 throws | GM0475 untold | GM0475 wrong
        Gamma a
        Gamma b
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(2, 2)
        s = Plus(a, b)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a b s
        --- gamma times const | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma a
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        s = Product(a, 3)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a s
        --- const times gamma | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma a
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        s = Product(3, a)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a s
        --- gamma times gamma | ~ 0.69..1.08 | ~ 0.69..1.48 | = 0.90..1.10
        Gamma a
        Gamma b
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(2, 2)
        s = Product(a, b)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a b s
        --- gamma times gamma poisson | ~ 0.79..1.06 | ~ 0.73..1.48 | = 0.90..1.10
        Gamma a
        Gamma b
        Gamma s
        Count y = 3
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(2, 2)
        s = Product(a, b)
        y = Poisson(s)
        ask a b s
        --- gamma ratio gamma | GM0476 wrong | ~ 0.83..1.24 | GM0475 throws
        Gamma a
        Gamma b
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        b = GammaFromShapeAndRate(4, 2)
        s = Ratio(a, b)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a b s
        --- gamma ratio known | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gamma a
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(2, 2)
        s = Ratio(a, 3)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a s
        --- known ratio gamma | GM0475 throws | ~ 0.87..1.00 | GM0475 throws
        Gamma a
        Gamma s
        Gaussian y = 2
        a = GammaFromShapeAndRate(4, 2)
        s = Ratio(3, a)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a s
        --- beta times beta | GM0475 throws | GM0475 throws | GM0475 throws
        Beta a
        Beta b
        Beta s
        Boolean y = true
        a = Beta(2, 2)
        b = Beta(2, 2)
        s = Product(a, b)
        y = Bernoulli(s)
        ask a b s
        --- beta complement | GM0475 throws | GM0475 throws | GM0475 throws
        Beta a
        Beta s
        Boolean y = true
        a = Beta(2, 3)
        s = Minus(1, a)
        y = Bernoulli(s)
        ask a s
        --- exp to gamma as precision | ~ 0.84..1.06 | ~ 0.85..1.00 | GM0475 throws
        Gaussian a
        Gamma s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Exp(a)
        y = GaussianFromMeanAndPrecision(0, s)
        ask a s
        --- exp to gamma as precision, mean unknown | ~ 0.90..1.27 | ~ 0.68..0.84 | GM0475 throws
        range N = 5
        Gaussian a
        Gaussian m
        Gamma s
        Gaussian y[N] = 2 1 1.5 2.5 0
        a = GaussianFromMeanAndPrecision(0, 1)
        m = GaussianFromMeanAndPrecision(0, 1)
        s = Exp(a)
        for N
          y[N] = GaussianFromMeanAndPrecision(m, s)
        ask a m
        --- exp to gamma as rate of poisson | ~ 0.76..1.05 | ~ 0.89..0.99 | GM0475 throws
        Gaussian a
        Gamma s
        Count y = 3
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Exp(a)
        y = Poisson(s)
        ask a s
        --- exp to gamma times gamma | ~ 0.79..1.00 | ~ 0.66..0.79 | GM0475 throws
        Gaussian a
        Gamma s
        Gamma g
        Gamma h
        Count y = 3
        a = GaussianFromMeanAndPrecision(0, 1)
        g = GammaFromShapeAndRate(4, 4)
        s = Exp(a)
        h = Product(s, g)
        y = Poisson(h)
        ask a g
        --- exp to gamma as gamma rate | ~ 0.74..1.05 | ~ 0.86..0.99 | GM0475 throws
        Gaussian a
        Gamma s
        Gamma y = 0.7
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Exp(a)
        y = GammaFromShapeAndRate(2, s)
        ask a s
        --- exp stays gaussian + noise | GM0475 throws | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Exp(a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- exp observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 0.693147181±0
        Gaussian a
        Gamma y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        y = Exp(a)
        ask a
        --- log gamma + noise | ~ 0.70..1.05 | ~ 0.88..1.06 | GM0475 throws
        Gamma a
        Gaussian s
        Gaussian y = 0.5
        a = GammaFromShapeAndRate(2, 2)
        s = Log(a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- max | ~ 0.83..1.05 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Max(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- min | ~ 0.95..1.06 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Min(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- min far | ~ 0.69..1.06 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian b
        Gaussian s
        Gaussian y = -2
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(1, 1)
        s = Min(a, b)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a b s
        --- max known | ~ 0.95..1.05 | GM0475 throws | GM0475 throws
        Gaussian a
        Gaussian s
        Gaussian y = 1
        a = GaussianFromMeanAndPrecision(0, 1)
        s = Max(a, 0)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- max observed | ~ 0.95..1.05 | GM0475 throws | GM0475 throws
        truth 0.356199±0.854 0.356199±0.854
        Gaussian a
        Gaussian b
        Gaussian y = 1
        a = GaussianFromMeanAndPrecision(0, 1)
        b = GaussianFromMeanAndPrecision(0, 1)
        y = Max(a, b)
        ask a b
        --- sum | exact 0.90..1.10 | ~ 0.42..2.38 | GM0475 throws
        range N = 3
        Gaussian a[N]
        Gaussian s
        Gaussian y = 2
        for N
          a[N] = GaussianFromMeanAndPrecision(0.5, 1)
        s = Sum(a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- sum observed | exact 0.90..1.10 | GM0476 wrong | GM0475 throws
        truth 0.666667±0.816497 0.666667±0.816497 0.666667±0.816497
        range N = 3
        Gaussian a[N]
        Gaussian y = 2
        for N
          a[N] = GaussianFromMeanAndPrecision(0.5, 1)
        y = Sum(a)
        ask a
        --- copy gaussian | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        Gaussian a
        Gaussian s
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0.5, 1)
        s = Copy(a)
        y = GaussianFromMeanAndPrecision(s, 2)
        ask a s
        --- copy gaussian observed | exact 0.90..1.10 | = 0.90..1.10 | = 0.90..1.10
        truth 2±0
        Gaussian a
        Gaussian y = 2
        a = GaussianFromMeanAndPrecision(0.5, 1)
        y = Copy(a)
        ask a
        """;
}
