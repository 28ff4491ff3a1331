using ProbLang.Numerics;

namespace ProbLang.ExampleData;

/// <summary>Five numbers in a row that hang together: each follows 0.8 times the one before, and the last one the first as well.</summary>
public static class CorrelatedGaussian
{
    /// <summary>How many numbers a row has.</summary>
    public const int Dimension = 5;

    /// <summary>What the last number takes from the first.</summary>
    private const double Closing = 0.5;

    private const double Following = 0.8;

    /// <summary>The standard deviation of each number given those before it.</summary>
    private static ReadOnlySpan<double> Spread => [1, 0.6, 0.6, 0.3, 0.5];

    /// <summary>The expected negative log density of a row: the entropies of the numbers given those before them.</summary>
    public static double Entropy
    {
        get
        {
            var sum = 0.0;
            foreach (var sd in Spread) sum += 0.5 * Math.Log(2 * Math.PI * Math.E * sd * sd);
            return sum;
        }
    }

    /// <summary>The log density of a row.</summary>
    public static double LogDensity(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var d = 0; d < Dimension; d++)
        {
            var z = (x[d] - Mean(x, d)) / Spread[d];
            sum -= 0.5 * z * z + Math.Log(Spread[d]) + 0.5 * Math.Log(2 * Math.PI);
        }
        return sum;
    }

    /// <summary>A row.</summary>
    public static double[] Draw(ref Philox source)
    {
        var x = new double[Dimension];
        for (var d = 0; d < Dimension; d++) x[d] = Mean(x, d) + Spread[d] * source.NextNormal();
        return x;
    }

    private static double Mean(ReadOnlySpan<double> x, int d) =>
        d == 0 ? 0 : Following * x[d - 1] + (d == Dimension - 1 ? Closing * x[0] : 0);
}
