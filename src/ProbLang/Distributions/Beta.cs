using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>Beta(alpha, beta | mean and concentration).</summary>
internal sealed class Beta : ScalarDistribution
{
    /// <inheritdoc/>
    public override string Name => "Beta";

    /// <inheritdoc/>
    public override string Summary => "The beta distribution of a proportion.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } =
    [
        new(new Parameter("alpha", Domain.Positive), new Parameter("beta", Domain.Positive)),
        new(new Parameter("mean", Domain.Probability), new Parameter("concentration", Domain.Positive)),
    ];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(0.0, 1.0);

    /// <inheritdoc/>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (a, b) = Counts(form, p);
        return TimesLog(a - 1.0, x) + TimesLogComplement(b - 1.0, x) - T.Where(Less(0.0, Minimum(a, b)), LogBeta(a, b), double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (a, b) = Counts(form, p);
        return T.Where(Less(0.0, x), LogBetaI(a, b, Inside(x)), double.NegativeInfinity);
    }

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p)
    {
        var (a, b) = Counts(form, p);
        return T.Where(Less(0.0, x), LogBetaIComplement(a, b, Inside(x)), 0.0);
    }

    /// <inheritdoc/>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var (a, b) = Counts(form, Reals(p));
        return random.NextBeta(a, b);
    }

    /// <inheritdoc/>
    public override double Mean(int form, ReadOnlySpan<double> p)
    {
        var (a, b) = Counts(form, Reals(p));
        return a / (a + b);
    }

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var (a, b) = Counts(form, Reals(p));
        return a / (a + b) * (b / (a + b)) / (a + b + 1.0);
    }

    private static T Inside<T>(T x) where T : IReal<T> => Minimum(Maximum(x, 0.0), 1.0);

    private static (T Alpha, T Beta) Counts<T>(int form, ReadOnlySpan<T> p) where T : IReal<T> =>
        form == 0 ? (p[0], p[1]) : (p[0] * p[1], (1.0 - p[0]) * p[1]);
}
