using System.Runtime.CompilerServices;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>A random stream that is drawn from in bulk, which costs a few nanoseconds a number instead of a block's latency.</summary>
internal sealed class RandomStream(Philox source)
{
    private readonly ulong[] _bits = new ulong[64];
    private Philox _source = source;
    private int _next = 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        var bits = _bits;
        if ((uint)_next >= (uint)bits.Length) Refill();
        return bits[_next++];
    }

    /// <summary>Uniform on the open interval (0, 1), 53 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble() => Uniform(NextUInt64());

    /// <summary>Fills with standard normals by the ziggurat (Marsaglia and Tsang 2000, with the layer and the place from different bits as Doornik 2005 asks).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillNormal(Span<double> values)
    {
        var edges = Ziggurat.NormalEdges;
        for (var i = 0; i < values.Length; i++)
        {
            var bits = NextUInt64();
            var layer = (int)(bits & 255);
            var x = (2 * Uniform(bits) - 1) * edges[layer];
            values[i] = Math.Abs(x) < edges[layer + 1] ? x : Outside(layer, x);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Uniform(ulong bits) => ((bits >> 11) + 0.5) * (1.0 / 9007199254740992.0);

    /// <summary>Where the place in a layer is not surely under the curve: one draw in eighty.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private double Outside(int layer, double x)
    {
        double[] edges = Ziggurat.NormalEdges, heights = Ziggurat.NormalHeights;
        while (true)
        {
            if (layer == 0) return Math.CopySign(Tail(), x);
            var height = heights[layer] + NextDouble() * (heights[layer + 1] - heights[layer]);
            if (height < Math.Exp(-0.5 * x * x)) return x;
            var bits = NextUInt64();
            layer = (int)(bits & 255);
            x = (2 * Uniform(bits) - 1) * edges[layer];
            if (Math.Abs(x) < edges[layer + 1]) return x;
        }
    }

    private double Tail()
    {
        while (true)
        {
            var beyond = -Math.Log(NextDouble()) / Ziggurat.NormalLast;
            if (-2 * Math.Log(NextDouble()) > beyond * beyond) return Ziggurat.NormalLast + beyond;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Refill()
    {
        _source.Fill(_bits);
        _next = 0;
    }
}
