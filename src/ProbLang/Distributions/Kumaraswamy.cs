using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Kumaraswamy(a, b).</summary>
internal sealed class Kumaraswamy : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Kumaraswamy";

    /// <inheritdoc/>
    public override string Summary => "A proportion, much like a beta variable, with a simple distribution function: P(X > x) = (1 - x^a)^b.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("a", Domain.Positive), new Parameter("b", Domain.Positive))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, 1.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        TimesLog(p[0] - 1.0, x) + (p[1] - 1.0) * T.Where(IsInside(x), LogComplement(p[0] * LogInside(x)), 0.0)
        + TimesLog(p[1] - 1.0, T.Where(Less(x, 1.0), 1.0, 0.0)) + (Log(p[0]) + Log(p[1]));

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var power = p[0] * LogInside(x);
        // 1 - (1 - u)^b is b u where u = x^a is so small that 1 - u is 1.
        var inside = T.Where(Less(power, -600.0), Log(p[1]) + power, LogComplement(p[1] * LogComplement(Maximum(power, -600.0))));
        return T.Where(Less(0.0, x), T.Where(Less(x, 1.0), inside, 0.0), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(0.0, x), T.Where(Less(x, 1.0), p[1] * LogComplement(p[0] * LogInside(x)), double.NegativeInfinity), 0.0);

    /// <inheritdoc/>
    public override double Quantile(int form, double probability, ReadOnlySpan<double> p) =>
        Math.Exp(LogComplement<Real>(SpecialFunctions.Log1p(-probability) / p[1]) / p[0]);

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p) =>
        Math.Exp(LogComplement<Real>(-random.NextExponential() / p[1]) / p[0]);

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p) => Math.Exp(LogMoment(1, p));

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var logFirst = LogMoment(1, p);
        return Math.Exp(2 * logFirst) * SpecialFunctions.Expm1(LogMoment(2, p) - 2 * logFirst);
    }

    /// <summary>log E Xⁿ = log b B(1 + n / a, b).</summary>
    private static double LogMoment(int n, ReadOnlySpan<double> p) =>
        SpecialFunctions.LogGamma(1 + n / p[0]) - Stirling.LogRisingFactorial(p[1] + 1, n / p[0]);

    private static T IsInside<T>(T x) where T : IReal<T> => And(Less(0.0, x), Less(x, 1.0));

    private static T LogInside<T>(T x) where T : IReal<T> => T.Where(IsInside(x), Log(x), -LogTwo);
}
