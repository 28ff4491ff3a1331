namespace ProbLang.Numerics;

/// <summary>
/// The layers of equal area that cover a decreasing density: 256 of them, from the one with the tail at the bottom. Edge i + 1 is how far the
/// density reaches at the top of layer i; edge 0 is the width of a rectangle as large as the bottom layer.
/// </summary>
internal static class Ziggurat
{
    /// <summary>Where the tail of the normal begins, and the area of each layer, such that the top layer ends at height 1.</summary>
    public const double NormalLast = 3.6541528853610088, NormalArea = 0.004928673233974655;

    private const double ExponentialLast = 7.6971174701310497, ExponentialArea = 0.0039496598225815572;

    public static readonly double[] NormalEdges = Edges(NormalLast, NormalArea, x => Math.Exp(-0.5 * x * x), y => Math.Sqrt(-2 * Math.Log(y)));

    public static readonly double[] NormalHeights = Heights(NormalEdges, x => Math.Exp(-0.5 * x * x));

    public static readonly double[] ExponentialEdges = Edges(ExponentialLast, ExponentialArea, x => Math.Exp(-x), y => -Math.Log(y));

    public static readonly double[] ExponentialHeights = Heights(ExponentialEdges, x => Math.Exp(-x));

    private static double[] Edges(double last, double area, Func<double, double> density, Func<double, double> inverse)
    {
        var edges = new double[257];
        edges[0] = area / density(last);
        edges[1] = last;
        for (var i = 2; i < 256; i++) edges[i] = inverse(density(edges[i - 1]) + area / edges[i - 1]);
        return edges;
    }

    private static double[] Heights(double[] edges, Func<double, double> density)
    {
        var heights = new double[257];
        for (var i = 1; i < 257; i++) heights[i] = density(edges[i]);
        return heights;
    }
}
