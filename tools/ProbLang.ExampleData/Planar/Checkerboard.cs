using ProbLang.Numerics;

namespace ProbLang.ExampleData.Planar;

/// <summary>The dark squares of a board of four by four, uniformly.</summary>
public sealed class Checkerboard : PlanarSource
{
    private const int Squares = 4;

    /// <summary>The expected negative log density: the logarithm of the dark squares' area.</summary>
    public static double Entropy => Math.Log(Squares * Squares / 2);

    /// <inheritdoc/>
    public override (double X, double Y) Draw(ref Philox source)
    {
        var column = (int)(Squares * source.NextDouble());
        var row = 2 * (int)(Squares / 2 * source.NextDouble()) + column % 2;
        return (column + source.NextDouble() - Squares / 2, row + source.NextDouble() - Squares / 2);
    }

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        double column = Math.Floor(x) + Squares / 2, row = Math.Floor(y) + Squares / 2;
        var isInside = column is >= 0 and < Squares && row is >= 0 and < Squares;
        return isInside && (column + row) % 2 == 0 ? -Entropy : double.NegativeInfinity;
    }
}
