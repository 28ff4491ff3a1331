using System.Collections.Immutable;
using ProbLang.Numerics;
using static ProbLang.Distributions.DensityTerms;
using static ProbLang.Numerics.RealMath;

namespace ProbLang.Distributions;

/// <summary>VonMises(mean, concentration), on the circle cut open at π: values are in (-π, π], the mean may be any angle.</summary>
internal sealed class VonMises : ScalarDistribution
{
    private const double LogTwoPi = 2 * HalfLogTwoPi;

    /// <inheritdoc/>
    public override string Name => "VonMises";

    /// <inheritdoc/>
    public override string Summary => "An angle in (-π, π] about a mean direction, the normal distribution of the circle; with concentration 0 uniform.";

    /// <inheritdoc/>
    public override ImmutableArray<Form> Forms { get; } = [new(new Parameter("mean", Domain.Real), new Parameter("concentration", Domain.NonNegative))];

    /// <inheritdoc/>
    public override Bounds<T> Bounds<T>(int form, ReadOnlySpan<T> p) => Distributions.Bounds<T>.Between(-Math.PI, Math.PI);

    /// <inheritdoc/>
    /// <remarks>cos d - 1 = -2 sin²(d/2) leaves of the exponent what is small at the mean, and I₀ is taken with its exponential divided out.</remarks>
    public override T LogDensity<T>(int form, T x, ReadOnlySpan<T> p) =>
        -2.0 * p[1] * Square(Sin(0.5 * (x - p[0]))) - T.Call(Special.LogScaledBesselI0, [p[1]]) - LogTwoPi;

    /// <inheritdoc/>
    public override T LogCdf<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(-Math.PI, x), T.Where(Less(x, Math.PI), T.Call(s_logCdf, [Inside(x), p[0], p[1]]), 0.0), double.NegativeInfinity);

    /// <inheritdoc/>
    public override T LogSurvival<T>(int form, T x, ReadOnlySpan<T> p) =>
        T.Where(Less(-Math.PI, x), T.Where(Less(x, Math.PI), T.Call(s_logCdf, [-Inside(x), -p[0], p[1]]), double.NegativeInfinity), 0.0);

    /// <inheritdoc/>
    /// <remarks>
    /// Best and Fisher (1979): a wrapped Cauchy angle, accepted by its density. Written in 1 - cos of the angle, so that a large concentration loses no digits.
    /// </remarks>
    public override double Sample(int form, ref Philox random, ReadOnlySpan<double> p)
    {
        var k = p[1];
        var root = Math.Sqrt(1 + 4 * k * k);
        var tau = 1 + root;
        var rho = Math.Sqrt(tau) * 2 * k / ((Math.Sqrt(tau) + Math.Sqrt(2)) * tau);
        // So weak a concentration cannot be told from none.
        if (rho < 1e-17) return Wrap(p[0] + Math.PI * (2 * random.NextDouble() - 1));
        var complement = k > 1 ? (Math.Sqrt(2 * tau) - 1 - 1 / (root + 2 * k)) / (2 * k) : 1 - rho;
        var excess = complement * complement / (2 * rho);
        while (true)
        {
            var sine = Math.Sin(0.5 * Math.PI * random.NextDouble());
            var height = excess * 2 * sine * sine / (excess + 2 - 2 * sine * sine);
            var c = k * (excess + height);
            var u = random.NextDouble();
            if (c * (2 - c) <= u && Math.Log(c / u) + 1 - c < 0) continue;
            var angle = 2 * Math.Asin(Math.Min(1, Math.Sqrt(0.5 * height)));
            return Wrap(random.NextDouble() < 0.5 ? p[0] - angle : p[0] + angle);
        }
    }

    /// <inheritdoc/>
    /// <remarks>Of the number in (-π, π], which is not the direction <c>mean</c> unless that is 0.</remarks>
    public override double Mean(int form, ReadOnlySpan<double> p) => Expect(p, x => x);

    /// <inheritdoc/>
    public override double Variance(int form, ReadOnlySpan<double> p)
    {
        var mean = Mean(form, p);
        return Expect(p, x => (x - mean) * (x - mean));
    }

    private static T Inside<T>(T x) where T : IReal<T> => Minimum(Maximum(x, -Math.PI), Math.PI);

    private static double Wrap(double angle)
    {
        var wrapped = Math.IEEERemainder(angle, 2 * Math.PI);
        return wrapped <= -Math.PI ? Math.PI : Math.Min(wrapped, Math.PI);
    }

    private static readonly SpecialFunction s_logCdf = new("von_mises_log_cdf", a => LogBelow(a[0], a[1], a[2]), [() => s_logCdfInX!, () => s_logCdfInMean!, () => s_logCdfInConcentration!]);

    private static readonly SpecialFunction s_logCdfInX = new(
        "von_mises_log_cdf_in_x", a => Math.Exp(LogAt(a[0], a[1], a[2]) - LogBelow(a[0], a[1], a[2])), [NoSecond, NoSecond, NoSecond]);

    private static readonly SpecialFunction s_logCdfInMean = new(
        "von_mises_log_cdf_in_mean",
        a =>
        {
            var log = LogBelow(a[0], a[1], a[2]);
            return Math.Exp(LogAt(-Math.PI, a[1], a[2]) - log) - Math.Exp(LogAt(a[0], a[1], a[2]) - log);
        },
        [NoSecond, NoSecond, NoSecond]);

    // d log density / d concentration = cos d - I₁/I₀ = (1 - I₁/I₀) - 2 sin²(d/2), whose mean below x is wanted.
    private static readonly SpecialFunction s_logCdfInConcentration = new(
        "von_mises_log_cdf_in_concentration",
        a => Bessel.ComplementOfRatio(a[2])
            - Scaled(a[0], a[1], a[2], new OneLessCosine()).Integral / Scaled(a[0], a[1], a[2], new One()).Integral,
        [NoSecond, NoSecond, NoSecond]);

    private static SpecialFunction NoSecond() => throw new NotSupportedException("the distribution function of VonMises has no second derivatives");

    private static double LogAt(double x, double mean, double k)
    {
        var sine = Math.Sin(0.5 * (x - mean));
        return -2 * k * sine * sine - Bessel.LogScaledI0(k) - LogTwoPi;
    }

    private static double LogBelow(double x, double mean, double k)
    {
        if (!(k >= 0) || double.IsNaN(x) || double.IsInfinity(mean) || double.IsNaN(mean)) return double.NaN;
        var (scale, integral) = Scaled(x, mean, k, new One());
        return Math.Min(0, scale + Math.Log(integral) - Bessel.LogScaledI0(k) - LogTwoPi);
    }

    private static double Expect(ReadOnlySpan<double> p, Func<double, double> f)
    {
        var mean = Math.IEEERemainder(p[0], 2 * Math.PI);
        return Scaled(Math.PI, mean, p[1], new Shifted(f, mean)).Integral / Scaled(Math.PI, mean, p[1], new One()).Integral;
    }

    /// <summary>
    /// ∫ f(d) exp(-2k sin²(d/2)) over the angles d from the mean that belong to (-π, x), relative to the greatest value of the exponential there:
    /// in pieces on which the exponential falls to one side, each no longer than it takes to vanish.
    /// </summary>
    private static (double Log, double Integral) Scaled<T>(double x, double mean, double k, T f) where T : struct, IIntegrand
    {
        mean = Math.IEEERemainder(mean, 2 * Math.PI);
        var (start, to) = (-Math.PI - mean, x - mean);
        if (!(start < to)) return (0, 0);
        var greatest = double.NegativeInfinity;
        for (var from = start; from < to;)
        {
            var (next, top) = Piece(from, to);
            greatest = Math.Max(greatest, Exponent(top, k));
            from = next;
        }
        var sum = 0.0;
        for (var from = start; from < to;)
        {
            var (next, top) = Piece(from, to);
            var piece = new Falling<T>(f, top, top == next ? -1 : 1, k);
            var length = next - from;
            while (piece.Fall(0.5 * length) < -40) length *= 0.5;
            sum += Math.Exp(Exponent(top, k) - greatest) * DoubleExponential.Interval(piece, length);
            from = next;
        }
        return (greatest, sum);
    }

    /// <summary>Up to the next multiple of π, and the end at which the exponential is greatest: up to an even one it rises, up to an odd one it falls.</summary>
    private static (double Next, double Top) Piece(double from, double to)
    {
        var half = Math.Floor(from / Math.PI) + 1;
        // Rounding must not leave a piece of no length behind.
        if (half * Math.PI <= from) half++;
        var next = Math.Min(half * Math.PI, to);
        return (next, half % 2 == 0 ? next : from);
    }

    private static double Exponent(double d, double k) => -2 * k * Math.Sin(0.5 * d) * Math.Sin(0.5 * d);

    /// <summary>A function times the exponential relative to its top, at a distance from that to one side.</summary>
    private readonly struct Falling<T>(T f, double top, int sign, double k) : IIntegrand where T : struct, IIntegrand
    {
        public double Fall(double u) => -2 * k * Math.Sin(top + sign * 0.5 * u) * Math.Sin(sign * 0.5 * u);

        public double At(double u) => f.At(top + sign * u) * Math.Exp(Fall(u));
    }

    private readonly struct One : IIntegrand
    {
        public double At(double x) => 1;
    }

    private readonly struct OneLessCosine : IIntegrand
    {
        public double At(double x) => 1 - Math.Cos(x);
    }

    private readonly struct Shifted(Func<double, double> f, double by) : IIntegrand
    {
        public double At(double x) => f(x + by);
    }
}
