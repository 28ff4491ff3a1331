using ProbLang.Distributions;
using ProbLang.Numerics;

namespace ProbLang.Results;

/// <summary>
/// The difference of two independent gamma variables of one shape: an element beside the diagonal of a Wishart matrix. With u and v two normal variables, each of unit
/// variance and with correlation r, u v is ((u + v)² - (u - v)²) / 4, of which both squares are multiples of independent chi-squares.
/// </summary>
/// <param name="Shape">The shape of both; above a half, as it is there.</param>
/// <param name="First">The scale of that which counts up; above 0.</param>
/// <param name="Second">The scale of that which counts down; above 0.</param>
public sealed record GammaDifferenceMarginal(double Shape, double First, double Second) : Marginal
{
    /// <summary>Steps to the width that the integrand has over the logarithm.</summary>
    private const double Steps = 3.5;
    private const double Negligible = 1e-18;
    private const int MostSteps = 200;

    private static readonly Gamma s_gamma = new();

    /// <inheritdoc/>
    public override double Mean => Shape * (First - Second);

    /// <inheritdoc/>
    public override double Sd => Math.Sqrt(Shape * (First * First + Second * Second));

    /// <inheritdoc/>
    public override double Cdf(double x) => double.IsNaN(x) ? double.NaN : x >= 0 ? 1 - Above(First, Second, x) : Above(Second, First, -x);

    internal override double Survival(double x) => double.IsNaN(x) ? double.NaN : x >= 0 ? Above(First, Second, x) : 1 - Above(Second, First, -x);

    /// <summary>
    /// P(X - Y > x) for gammas of these scales and x ≥ 0: the mean of P(X > x + Y). Over log y the integrand is smooth and decays on both sides, so that
    /// equal steps converge geometrically.
    /// </summary>
    private double Above(double first, double second, double x)
    {
        var (from, to) = (Math.Log(s_gamma.Quantile(1, Negligible, [Shape, 1])), Math.Log(Shape + 50 + 10 * Math.Sqrt(Shape)));
        var (step, sum, norm) = (1 / (Steps * Math.Sqrt(Math.Max(1, Shape))), 0.0, 0.0);
        for (var log = from; log < to; log += step)
        {
            var y = Math.Exp(log);
            var weight = Math.Exp(Shape * (log - Math.Log(Shape)) - (y - Shape));
            norm += weight;
            sum += weight * Math.Exp(SpecialFunctions.LogGammaQ(Shape, (x + second * y) / first));
        }
        return sum / norm;
    }

    /// <summary>Regula falsi with halved ends (Dowell and Jarratt 1971) within a bracket that doubles until it holds the quantile.</summary>
    private protected override double Inverse(double p)
    {
        if (p is 0 or 1) return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;
        var (low, high) = (Mean - Sd, Mean + Sd);
        for (var width = Sd; Cdf(low) > p; width *= 2) low -= width;
        for (var width = Sd; Cdf(high) < p; width *= 2) high += width;
        double below = Cdf(low) - p, above = Cdf(high) - p;
        for (var step = 0; step < MostSteps && high - low > 1e-13 * (Sd + Math.Abs(low)) && above > 0; step++)
        {
            var x = Math.Clamp((low * above - high * below) / (above - below), low, high);
            var excess = Cdf(x) - p;
            if (excess >= 0) (high, above, below) = (x, excess, below / 2);
            else (low, below, above) = (x, excess, above / 2);
            if (Math.Abs(excess) < 1e-15) return x;
        }
        return high;
    }
}
