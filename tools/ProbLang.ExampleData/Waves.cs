using ProbLang.Numerics;

namespace ProbLang.ExampleData;

/// <summary>A curve that no line fits, with noise that is known.</summary>
public static class Waves
{
    /// <summary>The standard deviation of the noise.</summary>
    public const double Noise = 0.2;

    /// <summary>The curve.</summary>
    public static double Curve(double x) => Math.Sin(2 * x) + 0.5 * x;

    /// <summary>The log density of an outcome, given where it is.</summary>
    public static double LogDensity(double x, double y)
    {
        var z = (y - Curve(x)) / Noise;
        return -0.5 * z * z - Math.Log(Noise) - 0.5 * Math.Log(2 * Math.PI);
    }

    internal static string Csv(int rows, Philox source)
    {
        var table = new Table(["x", "y"]);
        for (var i = 0; i < rows; i++)
        {
            var x = 6 * source.NextDouble() - 3;
            table.Add(4, x, Curve(x) + Noise * source.NextNormal());
        }
        return table.ToString();
    }
}
