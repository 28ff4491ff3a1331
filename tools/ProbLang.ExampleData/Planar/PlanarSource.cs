using ProbLang.Numerics;

namespace ProbLang.ExampleData.Planar;

/// <summary>A distribution in the plane whose density is known, so that what a model learns of its points can be held against it.</summary>
public abstract class PlanarSource
{
    /// <summary>A point.</summary>
    public abstract (double X, double Y) Draw(ref Philox source);

    /// <summary>The log density at a point.</summary>
    public abstract double LogDensity(double x, double y);

    /// <summary>The log density of a normal point around 0.</summary>
    protected static double LogNormal(double x, double y, double sdX, double sdY) =>
        -Math.Log(2 * Math.PI * sdX * sdY) - 0.5 * (x * x / (sdX * sdX) + y * y / (sdY * sdY));

    /// <summary>The logarithm of a sum.</summary>
    protected static double LogSum(ReadOnlySpan<double> logs)
    {
        var greatest = double.NegativeInfinity;
        foreach (var log in logs) greatest = Math.Max(greatest, log);
        var sum = 0.0;
        foreach (var log in logs) sum += Math.Exp(log - greatest);
        return greatest + Math.Log(sum);
    }
}
