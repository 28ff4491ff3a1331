namespace ProbLang.Inference;

/// <summary>256 layers of equal area that cover the normal curve exp(-x²/2), the last with the tail (Marsaglia and Tsang 2000).</summary>
internal static class Ziggurat
{
    public const int Layers = 256;

    /// <summary>Where the tail begins, and the area of each layer: the pair for which the top layer ends at the peak.</summary>
    public const double TailStart = 3.6541528853610088;
    private const double Area = 0.00492867323399;

    /// <summary>The right edge of each layer, from the bottom; layer 0 is as wide as its area without the tail's shape demands.</summary>
    public static readonly double[] Edges = MakeEdges();

    /// <summary>Whether a place of the layer at height <paramref name="u"/> of its strip lies under the curve.</summary>
    public static bool IsUnderCurve(int layer, double x, double u)
    {
        double lower = Curve(Edges[layer]), upper = Curve(Edges[layer + 1]);
        return lower + u * (upper - lower) < Curve(x);
    }

    private static double Curve(double x) => Math.Exp(-0.5 * x * x);

    private static double[] MakeEdges()
    {
        var edges = new double[Layers + 1];
        edges[0] = Area / Curve(TailStart);
        edges[1] = TailStart;
        for (var i = 2; i < Layers; i++) edges[i] = Math.Sqrt(-2 * Math.Log(Area / edges[i - 1] + Curve(edges[i - 1])));
        edges[Layers] = 0;
        return edges;
    }
}
