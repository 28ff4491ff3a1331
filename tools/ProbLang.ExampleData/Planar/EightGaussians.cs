using ProbLang.Numerics;

namespace ProbLang.ExampleData.Planar;

/// <summary>Eight normal clouds on a circle.</summary>
public sealed class EightGaussians : PlanarSource
{
    private const int Clouds = 8;
    private const double Radius = 2;
    private const double Spread = 0.2;

    /// <inheritdoc/>
    public override (double X, double Y) Draw(ref Philox source)
    {
        var (x, y) = Centre((int)(Clouds * source.NextDouble()));
        return (x + Spread * source.NextNormal(), y + Spread * source.NextNormal());
    }

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        Span<double> logs = stackalloc double[Clouds];
        for (var k = 0; k < Clouds; k++)
        {
            var (centreX, centreY) = Centre(k);
            logs[k] = LogNormal(x - centreX, y - centreY, Spread, Spread);
        }
        return LogSum(logs) - Math.Log(Clouds);
    }

    private static (double X, double Y) Centre(int k) =>
        (Radius * Math.Cos(2 * Math.PI * k / Clouds), Radius * Math.Sin(2 * Math.PI * k / Clouds));
}
