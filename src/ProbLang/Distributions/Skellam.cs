using System.Collections.Immutable;
using ProbLang.Numerics;

namespace ProbLang.Distributions;

/// <summary>Skellam(rate1, rate2).</summary>
internal sealed class Skellam : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Skellam";

    /// <inheritdoc/>
    public override string Summary => "The difference of two independent Poisson counts.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("rate1", Domain.NonNegative), new Parameter("rate2", Domain.NonNegative))];

    /// <inheritdoc/>
    public override bool IsDiscrete => true;

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.None;

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(Special.LogSkellam, [x, p[0], p[1]]);

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [x, p[0], p[1]]);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) => T.Call(s_logCdf, [-x - 1.0, p[1], p[0]]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => random.NextPoisson(p[0]) - random.NextPoisson(p[1]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => p[0] - p[1];

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p) => p[0] + p[1];

    private static readonly SpecialFunction s_logCdf = new(
        "skellam_log_cdf", a => LogBelow(a[0], a[1], a[2]), [null, () => s_logCdfInFirst!, () => s_logCdfInSecond!]);

    // The derivative of P(X ≤ x) in the first rate is -P(X = x), in the second P(X = x + 1): the sums over the differences telescope.
    private static readonly SpecialFunction s_logCdfInFirst = new(
        "skellam_log_cdf_in_first", a => double.IsInfinity(a[0]) ? 0 : -Math.Exp(Bessel.LogSkellam(a[0], a[1], a[2]) - LogBelow(a[0], a[1], a[2])), [null, NoSecond, NoSecond]);

    private static readonly SpecialFunction s_logCdfInSecond = new(
        "skellam_log_cdf_in_second", a => double.IsInfinity(a[0]) ? 0 : Math.Exp(Bessel.LogSkellam(a[0] + 1, a[1], a[2]) - LogBelow(a[0], a[1], a[2])), [null, NoSecond, NoSecond]);

    private static SpecialFunction NoSecond() => throw new NotSupportedException("the distribution function of Skellam has no second derivatives");

    private static double LogBelow(double x, double first, double second)
    {
        if (!(first >= 0 && second >= 0) || double.IsNaN(x)) return double.NaN;
        if (double.IsInfinity(x)) return x > 0 ? 0 : double.NegativeInfinity;
        return x <= first - second ? LogTail(x, first, second) : SpecialFunctions.Log1p(-Math.Exp(LogTail(-x - 1, second, first)));
    }

    /// <summary>log P(X ≤ x) below the mean: probabilities that fall ever faster from x down, so that the rest is less than a geometric series. The time grows as √(first + second).</summary>
    private static double LogTail(double x, double first, double second)
    {
        var log = Bessel.LogSkellam(x, first, second);
        if (double.IsNegativeInfinity(log)) return log;
        double last = 1, sum = 1;
        while (true)
        {
            var term = Math.Exp(Bessel.LogSkellam(--x, first, second) - log);
            sum += term;
            if (term < last && term * term <= 1e-17 * sum * (last - term)) return Math.Min(0, log + Math.Log(sum));
            last = term;
        }
    }
}
