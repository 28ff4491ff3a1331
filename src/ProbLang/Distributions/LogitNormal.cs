using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>LogitNormal(mean, sd), of the logit.</summary>
internal sealed class LogitNormal : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "LogitNormal";

    /// <inheritdoc/>
    public override string Summary => "A proportion whose logit is normal with that mean and sd.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("mean", Domain.Real), new Parameter("sd", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, 1.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var isInside = IsInside(x);
        var inside = T.Where(isInside, x, 0.5);
        return -0.5 * Square((RealMath.Logit(inside) - p[0]) / p[1]) - Log(inside) - Log1p(-inside) - Log(p[1])
            + T.Where(isInside, 0.0, double.NegativeInfinity) - HalfLogTwoPi;
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(IsInside(x), LogPhi((LogitInside(x) - p[0]) / p[1]), T.Where(Less(0.0, x), 0.0, double.NegativeInfinity));

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(IsInside(x), LogPhi((p[0] - LogitInside(x)) / p[1]), T.Where(Less(0.0, x), double.NegativeInfinity, 0.0));

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        SpecialFunctions.Logistic(p[0] + p[1] * SpecialFunctions.InversePhi(probability));

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) => SpecialFunctions.Logistic(p[0] + p[1] * random.NextNormal());

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Expect(p, x => x);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var mean = Mean(form, p);
        return Expect(p, x => (x - mean) * (x - mean));
    }

    /// <summary>
    /// The expectation of a function of x, which has no formula, by the trapezoidal rule over the normal, whose error for what is analytic
    /// falls exponentially (Trefethen and Weideman 2014). Its steps are at most a quarter of the logistic's width; above an sd of 10⁴
    /// they stay, and the result is good to about 10⁻⁵.
    /// </summary>
    private static double Expect(ReadOnlySpan<double> p, Func<double, double> f)
    {
        var (mean, sd) = (p[0], p[1]);
        var step = 0.25 / Math.Max(1, Math.Min(sd, 1e4));
        var sum = 0.0;
        for (var i = (int)(-39 / step); i <= 39 / step; i++)
        {
            var z = i * step;
            sum += Math.Exp(-0.5 * z * z) * f(SpecialFunctions.Logistic(mean + sd * z));
        }
        return sum * step * Math.Exp(-HalfLogTwoPi);
    }

    private static T IsInside<T>(T x) where T : IReal<T> => And(Less(0.0, x), Less(x, 1.0));

    private static T LogitInside<T>(T x) where T : IReal<T> => RealMath.Logit(T.Where(IsInside(x), x, 0.5));
}
