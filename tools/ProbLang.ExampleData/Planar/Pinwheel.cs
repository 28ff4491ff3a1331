using ProbLang.Numerics;

namespace ProbLang.ExampleData.Planar;

/// <summary>Five arms that turn around the middle, the farther out the more. A turn that depends on the radius alone keeps areas, so that the density is that of straight arms.</summary>
public sealed class Pinwheel : PlanarSource
{
    /// <summary>How many arms there are.</summary>
    public const int Arms = 5;

    private const double Distance = 2;
    private const double Along = 0.6;
    private const double Across = 0.16;
    private const double Turn = 0.75;

    /// <inheritdoc/>
    public override (double X, double Y) Draw(ref Philox source) => Draw(ref source, out _);

    /// <summary>A point, and the arm that it is of, from 0.</summary>
    public static (double X, double Y) Draw(ref Philox source, out int arm)
    {
        arm = (int)(Arms * source.NextDouble());
        double x = Distance + Along * source.NextNormal(), y = Across * source.NextNormal();
        return Turned(x, y, Angle(arm) + Turn * Radius(x, y));
    }

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        Span<double> logs = stackalloc double[Arms];
        LogDensities(x, y, logs);
        return LogSum(logs);
    }

    /// <summary>The probability of each arm at a point, as a logarithm.</summary>
    public static double LogProbability(int arm, double x, double y)
    {
        Span<double> logs = stackalloc double[Arms];
        LogDensities(x, y, logs);
        return logs[arm] - LogSum(logs);
    }

    private static void LogDensities(double x, double y, Span<double> logs)
    {
        for (var arm = 0; arm < Arms; arm++)
        {
            var (straightX, straightY) = Turned(x, y, -Angle(arm) - Turn * Radius(x, y));
            logs[arm] = LogNormal(straightX - Distance, straightY, Along, Across) - Math.Log(Arms);
        }
    }

    private static double Angle(int arm) => 2 * Math.PI * arm / Arms;

    private static double Radius(double x, double y) => Math.Sqrt(x * x + y * y);

    private static (double X, double Y) Turned(double x, double y, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        return (x * cosine - y * sine, x * sine + y * cosine);
    }
}
