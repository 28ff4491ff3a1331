using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>Draws of the families that have no closed form, by the classical exact reductions.</summary>
internal static class Sampling
{
    /// <summary>Marsaglia and Tsang (2000); below shape 1 boosted by a power of a uniform.</summary>
    public static double NextGamma(this ref Philox random, double shape)
    {
        if (shape < 1) return random.NextGamma(shape + 1) * Math.Exp(-random.NextExponential() / shape);
        var d = shape - 1.0 / 3;
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var z = random.NextNormal();
            var v = 1 + c * z;
            if (v <= 0) continue;
            v = v * v * v;
            if (Math.Log(random.NextDouble()) < 0.5 * z * z + d * (1 - v + Math.Log(v))) return d * v;
        }
    }

    /// <summary>A ratio of gamma variables.</summary>
    public static double NextBeta(this ref Philox random, double alpha, double beta)
    {
        var a = Math.Log(random.NextGamma(alpha + 1)) - random.NextExponential() / alpha;
        var b = Math.Log(random.NextGamma(beta + 1)) - random.NextExponential() / beta;
        return SpecialFunctions.Logistic(a - b);
    }

    /// <summary>Ahrens and Dieter (1974): the time of a late event splits the interval.</summary>
    public static double NextPoisson(this ref Philox random, double rate)
    {
        var count = 0.0;
        while (rate > 30)
        {
            var m = Math.Floor(rate * 7 / 8);
            var time = random.NextGamma(m);
            if (time > rate) return count + random.NextBinomial(m - 1, rate / time);
            count += m;
            rate -= time;
        }
        for (var time = random.NextExponential(); time <= rate; time += random.NextExponential()) count++;
        return count;
    }

    /// <summary>Relles (1972): the median of the uniforms splits the trials.</summary>
    public static double NextBinomial(this ref Philox random, double n, double p)
    {
        var count = 0.0;
        while (n > 30)
        {
            var middle = 1 + Math.Floor(n / 2);
            var split = random.NextBeta(middle, n + 1 - middle);
            if (split <= p)
            {
                count += middle;
                (n, p) = (n - middle, (p - split) / (1 - split));
            }
            else
            {
                (n, p) = (middle - 1, p / split);
            }
        }
        for (; n > 0; n--) count += random.NextDouble() < p ? 1 : 0;
        return count;
    }
}
