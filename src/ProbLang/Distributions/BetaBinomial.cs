using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>BetaBinomial(n, alpha, beta).</summary>
internal sealed class BetaBinomial : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "BetaBinomial";

    /// <inheritdoc/>
    public override string Summary => "How many of n trials succeed, whose common probability is a Beta(alpha, beta) variable.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
        [new(new Parameter("n", Domain.Count), new Parameter("alpha", Domain.Positive), new Parameter("beta", Domain.Positive))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, p[0]);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => LogProbability(x, p);

    private static T LogProbability<T>(T x, ReadOnlySpan<T> p) where T : IReal<T> =>
        LogChoose(p[0], x) + LogRising(p[1], x) + LogRising(p[2], p[0] - x) - LogRising(p[1] + p[2], p[0])
        + T.Where(Less(0.0, Minimum(p[1], p[2])), 0.0, double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, p[0], double.NegativeInfinity, T.Call(s_logCdf, [Inside(x, p[0]), p[0], p[1], p[2]]), 0);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        OfCount(x, p[0], 0, T.Call(s_logCdf, [p[0] - 1.0 - Inside(x, p[0]), p[0], p[2], p[1]]), double.NegativeInfinity);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => random.NextBinomial(p[0], random.NextBeta(p[1], p[2]));

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] * (p[1] / (p[1] + p[2]));

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var total = p[1] + p[2];
        return p[0] * (p[1] / total) * (p[2] / total) * ((total + p[0]) / (total + 1));
    }

    private static T Inside<T>(T x, T n) where T : IReal<T> => Maximum(Minimum(x, n - 1.0), 0.0);

    private static readonly SpecialFunction s_logCdf = new(
        "beta_binomial_log_cdf", a => LogBelow(a[0], a[1], a[2], a[3]).Value, [null, null, () => s_logCdfInAlpha!, () => s_logCdfInBeta!]);

    private static readonly SpecialFunction s_logCdfInAlpha = new(
        "beta_binomial_log_cdf_in_alpha", a => LogBelow(a[0], a[1], a[2], a[3]).A, [null, null, NoSecond, NoSecond]);

    private static readonly SpecialFunction s_logCdfInBeta = new(
        "beta_binomial_log_cdf_in_beta", a => LogBelow(a[0], a[1], a[2], a[3]).B, [null, null, NoSecond, NoSecond]);

    private static SpecialFunction NoSecond() => throw new NotSupportedException("the distribution function of BetaBinomial has no second derivatives");

    /// <summary>log P(X ≤ x) with its derivatives in alpha and beta, from the side where less is left; takes as long as that side has values.</summary>
    private static Dual LogBelow(double x, double n, double a, double b)
    {
        if (!(a > 0 && b > 0) || !double.IsFinite(a) || !double.IsFinite(b)) return new(double.NaN, double.NaN, double.NaN);
        if (x < 0) return double.NegativeInfinity;
        if (x >= n) return 0;
        if (x <= n * (a / (a + b))) return LogTail(x, n, a, b);
        var rest = LogTail(n - 1 - x, n, b, a);
        return Dual.LogComplement(new(rest.Value, rest.B, rest.A));
    }

    /// <summary>Σ from x down to 0 by the ratios of neighbours. The sum is kept near 1, since far down it may be vast beside its first term.</summary>
    private static Dual LogTail(double x, double n, double a, double b)
    {
        double term = 1, sum = 1, slopeA = 0, slopeB = 0, sumA = 0, sumB = 0, scale = 0;
        for (var i = x; i >= 1; i--)
        {
            term *= i / (n - i + 1) * ((b + n - i) / (a + i - 1));
            slopeA -= 1 / (a + i - 1);
            slopeB += 1 / (b + n - i);
            (sum, sumA, sumB) = (sum + term, sumA + term * slopeA, sumB + term * slopeB);
            if (sum < 1e100) continue;
            scale += Math.Log(sum);
            (term, sumA, sumB, sum) = (term / sum, sumA / sum, sumB / sum, 1);
        }
        var log = LogProbability<Real>(x, [n, a, b]);
        var both = SpecialFunctions.Digamma(a + b) - SpecialFunctions.Digamma(n + a + b);
        return new(
            log + scale + Math.Log(sum),
            SpecialFunctions.Digamma(x + a) - SpecialFunctions.Digamma(a) + both + sumA / sum,
            SpecialFunctions.Digamma(n - x + b) - SpecialFunctions.Digamma(b) + both + sumB / sum);
    }
}
