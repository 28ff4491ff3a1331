using ProbLang.Numerics;

namespace ProbLang.ExampleData.Planar;

/// <summary>Two half circles that reach into each other, with normal noise.</summary>
public sealed class TwoMoons : PlanarSource
{
    private const double Noise = 0.1;

    /// <summary>Into how many steps the density divides a half circle: far shorter than the noise is wide.</summary>
    private const int Steps = 400;

    /// <inheritdoc/>
    public override (double X, double Y) Draw(ref Philox source)
    {
        var upper = source.NextDouble() < 0.5;
        var (x, y) = Along(upper, Math.PI * source.NextDouble());
        return (x + Noise * source.NextNormal(), y + Noise * source.NextNormal());
    }

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        Span<double> logs = stackalloc double[2 * Steps];
        for (var i = 0; i < logs.Length; i++)
        {
            var (centreX, centreY) = Along(i < Steps, Math.PI * (i % Steps + 0.5) / Steps);
            logs[i] = LogNormal(x - centreX, y - centreY, Noise, Noise);
        }
        return LogSum(logs) - Math.Log(logs.Length);
    }

    private static (double X, double Y) Along(bool upper, double angle) =>
        upper ? (Math.Cos(angle), Math.Sin(angle)) : (1 - Math.Cos(angle), 0.5 - Math.Sin(angle));
}
