using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Hypergeometric(total, successes, draws).</summary>
internal sealed class Hypergeometric : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Hypergeometric";

    /// <inheritdoc/>
    public override string Summary => "How many successes are among the things drawn, without putting back, from a total that has so many of them.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("total", Domain.Count), new Parameter("successes", Domain.Count), new Parameter("draws", Domain.Count))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    /// <remarks>Empty where there are more successes or draws than things.</remarks>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) =>
        Distributions.Bounds<T>.Between(Maximum(0.0, p[1] + p[2] - p[0]), Minimum(p[1], p[2]));

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logDensity, [x, p[0], p[1], p[2]]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [x, p[0], p[1], p[2]]);

    /// <inheritdoc/>
    /// <remarks>Seen from the failures, draws - x of them or more.</remarks>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [p[2] - x - 1.0, p[0], p[0] - p[1], p[2]]);

    /// <inheritdoc/>
    /// <remarks>By inversion, searched outwards from the mode: the steps are about as many as the standard deviation.</remarks>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var (total, successes, draws) = (p[0], p[1], p[2]);
        var (lower, upper) = (Math.Max(0, successes + draws - total), Math.Min(successes, draws));
        if (!(lower <= upper)) return double.NaN;
        var mode = Math.Clamp(Math.Floor((draws + 1) * ((successes + 1) / (total + 2))), lower, upper);
        var atMode = Math.Exp(LogProbability(mode, total, successes, draws));
        while (true)
        {
            var left = random.NextDouble() - atMode;
            if (left < 0) return mode;
            double below = atMode, above = atMode;
            for (double down = mode, up = mode; down > lower || up < upper;)
            {
                if (down > lower)
                {
                    below *= DownFrom(down, total, successes, draws);
                    down--;
                    if ((left -= below) < 0) return down;
                }
                if (up < upper)
                {
                    above /= DownFrom(up + 1, total, successes, draws);
                    up++;
                    if ((left -= above) < 0) return up;
                }
            }
            // What rounding has left over belongs to no value: draw again.
        }
    }

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] == 0 ? 0 : p[2] * (p[1] / p[0]);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[0] <= 1 ? 0 : Mean(form, p) * (1 - p[1] / p[0]) * ((p[0] - p[2]) / (p[0] - 1));

    private static readonly SpecialFunction s_logDensity = new(
        "hypergeometric", a => LogProbability(a[0], a[1], a[2], a[3]), [null, null, null, null]);

    private static readonly SpecialFunction s_logCdf = new(
        "hypergeometric_log_cdf", a => LogBelow(a[0], a[1], a[2], a[3]), [null, null, null, null]);

    /// <summary>The probability of x - 1 over that of x.</summary>
    private static double DownFrom(double x, double total, double successes, double draws) =>
        x / (successes - x + 1) * ((total - successes - draws + x) / (draws - x + 1));

    /// <summary>As a ratio of binomial probabilities with the chance draws / total, which are computed without cancellation (Loader 2000).</summary>
    private static double LogProbability(double x, double total, double successes, double draws)
    {
        if (!(x >= Math.Max(0, successes + draws - total) && x <= Math.Min(successes, draws))) return double.NegativeInfinity;
        if (draws == 0 || draws == total) return 0;
        var (p, q) = (draws / total, (total - draws) / total);
        return LogBinomial(x, successes, p, q) + LogBinomial(draws - x, total - successes, p, q) - LogBinomial(draws, total, p, q);
    }

    private static double LogBinomial(double x, double n, double p, double q)
    {
        if (x == 0) return n == 0 ? 0 : n * (p < q ? SpecialFunctions.Log1p(-p) : Math.Log(q));
        if (x == n) return n * (q < p ? SpecialFunctions.Log1p(-q) : Math.Log(p));
        var deviance = x * Stirling.LogLess(n * p / x, (n * p - x) / x) + (n - x) * Stirling.LogLess(n * q / (n - x), (n * q - (n - x)) / (n - x));
        return deviance + Stirling.RestOfFactorial(n) - Stirling.RestOfFactorial(x) - Stirling.RestOfFactorial(n - x) + 0.5 * Math.Log(n / x / (n - x) / (2 * Math.PI));
    }

    /// <summary>log P(X ≤ x), summed from the side where less is left until nothing is added.</summary>
    private static double LogBelow(double x, double total, double successes, double draws)
    {
        var (lower, upper) = (Math.Max(0, successes + draws - total), Math.Min(successes, draws));
        if (!(lower <= upper)) return double.NaN;
        if (x < lower) return double.NegativeInfinity;
        if (x >= upper) return 0;
        if (x <= draws * (successes / total)) return LogTail(x, lower, total, successes, draws);
        var rest = LogTail(draws - x - 1, draws - upper, total, total - successes, draws);
        return Math.Min(0, SpecialFunctions.Log1p(-Math.Exp(rest)));
    }

    private static double LogTail(double x, double lower, double total, double successes, double draws)
    {
        double term = 1, sum = 1;
        for (var i = x; i > lower && term > 1e-18 * sum; i--) sum += term *= DownFrom(i, total, successes, draws);
        return LogProbability(x, total, successes, draws) + Math.Log(sum);
    }
}
