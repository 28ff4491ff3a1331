using System.Runtime.CompilerServices;

namespace ProbLang.Numerics;

// Exact samplers: they draw from the distribution itself, up to the rounding of the result.
public partial struct Philox
{
    private const MethodImplOptions Optimized = MethodImplOptions.AggressiveOptimization;

    /// <summary>Standard normal, by the ziggurat with a separate choice of layer and height (Marsaglia and Tsang 2000, Doornik 2005).</summary>
    [MethodImpl(Optimized)]
    public double NextNormal()
    {
        while (true)
        {
            // The low 8 bits choose the layer, the next the sign; the 53 at the top are the place in the layer.
            var bits = NextUInt64();
            var layer = (int)(bits & 255);
            var u = (bits >> 11) * (1.0 / 9007199254740992.0);
            var sign = (bits & 256) == 0 ? 1.0 : -1.0;
            var x = u * Ziggurat.NormalEdges[layer];
            if (x < Ziggurat.NormalEdges[layer + 1]) return sign * x;
            if (layer == 0) return sign * NextNormalTail();
            var height = Ziggurat.NormalHeights[layer] + NextDouble() * (Ziggurat.NormalHeights[layer + 1] - Ziggurat.NormalHeights[layer]);
            if (height < Math.Exp(-0.5 * x * x)) return sign * x;
        }
    }

    /// <summary>Standard exponential, by the ziggurat.</summary>
    [MethodImpl(Optimized)]
    public double NextExponential()
    {
        // The tail of an exponential is an exponential: beyond the last edge it starts again from there.
        var start = 0.0;
        while (true)
        {
            var bits = NextUInt64();
            var layer = (int)(bits & 255);
            var x = ((bits >> 11) + 0.5) * (1.0 / 9007199254740992.0) * Ziggurat.ExponentialEdges[layer];
            if (x < Ziggurat.ExponentialEdges[layer + 1]) return start + x;
            if (layer == 0)
            {
                start += Ziggurat.ExponentialEdges[1];
                continue;
            }
            var height = Ziggurat.ExponentialHeights[layer] + NextDouble() * (Ziggurat.ExponentialHeights[layer + 1] - Ziggurat.ExponentialHeights[layer]);
            if (height < Math.Exp(-x)) return start + x;
        }
    }

    /// <summary>Gamma with rate 1 (Marsaglia and Tsang 2000). For a small shape it may underflow to 0: see <see cref="NextLogGamma"/>.</summary>
    public double NextGamma(double shape)
    {
        if (shape >= 1) return NextGammaFromOne(shape);
        // Gamma(shape) = Gamma(shape + 1) · U^(1 / shape), and -log U is exponential.
        return NextGammaFromOne(shape + 1) * Math.Exp(-NextExponential() / shape);
    }

    /// <summary>The logarithm of a Gamma with rate 1, which no small shape takes out of range.</summary>
    public double NextLogGamma(double shape)
    {
        if (shape >= 1) return Math.Log(NextGammaFromOne(shape));
        return Math.Log(NextGammaFromOne(shape + 1)) - NextExponential() / shape;
    }

    /// <summary>Beta(a, b), as the share of one Gamma in two.</summary>
    public double NextBeta(double a, double b)
    {
        if (a >= 1 && b >= 1)
        {
            var first = NextGammaFromOne(a);
            return first / (first + NextGammaFromOne(b));
        }
        return SpecialFunctions.Logistic(NextLogGamma(a) - NextLogGamma(b));
    }

    /// <summary>Poisson, exact for any rate: products of uniforms below 10, transformed rejection above (Hörmann 1993, PTRS).</summary>
    public double NextPoisson(double rate)
    {
        if (!(rate >= 0) || double.IsInfinity(rate)) return double.NaN;
        return rate < 10 ? NextPoissonSmall(rate) : NextPoissonLarge(rate);
    }

    /// <summary>Binomial, exact for any n and p: waiting times where few successes are expected, transformed rejection above (Hörmann 1993, BTRS).</summary>
    public double NextBinomial(double n, double p)
    {
        if (!(n >= 0) || !(p >= 0 && p <= 1)) return double.NaN;
        if (p > 0.5) return n - NextBinomial(n, 1 - p);
        return n * p < 10 ? NextBinomialSmall(n, p) : NextBinomialLarge(n, p);
    }

    private double NextNormalTail()
    {
        // Marsaglia 1964: beyond the last edge r.
        const double r = Ziggurat.NormalLast;
        while (true)
        {
            var x = NextExponential() / r;
            if (2 * NextExponential() > x * x) return r + x;
        }
    }

    [MethodImpl(Optimized)]
    private double NextGammaFromOne(double shape)
    {
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = NextNormal();
            var t = 1 + c * x;
            if (t <= 0) continue;
            var v = t * t * t;
            var u = NextDouble();
            var square = x * x;
            if (u < 1 - 0.0331 * square * square || Math.Log(u) < 0.5 * square + d * (1 - v + Math.Log(v))) return d * v;
        }
    }

    private double NextPoissonSmall(double rate)
    {
        var limit = Math.Exp(-rate);
        var product = NextDouble();
        var count = 0;
        for (; product > limit; count++) product *= NextDouble();
        return count;
    }

    private double NextPoissonLarge(double rate)
    {
        var b = 0.931 + 2.53 * Math.Sqrt(rate);
        var a = -0.059 + 0.02483 * b;
        var inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        var bound = 0.9277 - 3.6224 / (b - 2);
        while (true)
        {
            var u = NextDouble() - 0.5;
            var v = NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + rate + 0.43);
            if (us >= 0.07 && v <= bound) return k;
            if (k < 0 || (us < 0.013 && v > us)) continue;
            if (Math.Log(v * inverseAlpha / (a / (us * us) + b)) <= LogPoisson(k, rate)) return k;
        }
    }

    private double NextBinomialSmall(double n, double p)
    {
        // The failures before each success are geometric.
        if (p == 0) return 0;
        var logFailure = SpecialFunctions.Log1p(-p);
        var trials = 0.0;
        for (var successes = 0.0; ; successes++)
        {
            trials += Math.Floor(-NextExponential() / logFailure) + 1;
            if (trials > n) return successes;
        }
    }

    private double NextBinomialLarge(double n, double p)
    {
        var spread = Math.Sqrt(n * p * (1 - p));
        var b = 1.15 + 2.53 * spread;
        var a = -0.0873 + 0.0248 * b + 0.01 * p;
        var c = n * p + 0.5;
        var bound = 0.92 - 4.2 / b;
        var alpha = (2.83 + 5.1 / b) * spread;
        var mode = Math.Floor((n + 1) * p);
        while (true)
        {
            var u = NextDouble() - 0.5;
            var v = NextDouble();
            var us = 0.5 - Math.Abs(u);
            var k = Math.Floor((2 * a / us + b) * u + c);
            if (us >= 0.07 && v <= bound) return k;
            if (k < 0 || k > n) continue;
            if (Math.Log(v * alpha / (a / (us * us) + b)) <= LogBinomial(n, p, k) - LogBinomial(n, p, mode)) return k;
        }
    }

    // In Loader's form (2000): the deviance loses no digits where the counts are huge.
    private static double LogPoisson(double k, double rate)
    {
        if (k < Stirling.Least) return k * Math.Log(rate) - rate - SpecialFunctions.LogGamma(k + 1);
        return k * Stirling.LogLess(rate / k, (rate - k) / k) - 0.5 * Math.Log(2 * Math.PI * k) - Stirling.Rest(k);
    }

    private static double LogBinomial(double n, double p, double k)
    {
        var rest = n - k;
        if (k < Stirling.Least || rest < Stirling.Least)
        {
            return SpecialFunctions.LogGamma(n + 1) - SpecialFunctions.LogGamma(k + 1) - SpecialFunctions.LogGamma(rest + 1)
                + k * Math.Log(p) + rest * SpecialFunctions.Log1p(-p);
        }
        var excess = n * p - k;
        return k * Stirling.LogLess(n * p / k, excess / k) + rest * Stirling.LogLess(n * (1 - p) / rest, -excess / rest)
            + 0.5 * Math.Log(n / (2 * Math.PI * k * rest)) + Stirling.Rest(n) - Stirling.Rest(k) - Stirling.Rest(rest);
    }
}
