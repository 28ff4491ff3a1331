using System.Runtime.CompilerServices;
using ProbLang.Numerics;

namespace ProbLang.Inference;

/// <summary>Many standard normal draws at once: polar pairs (Marsaglia and Bray 1964), both of each pair used.</summary>
internal static class StandardNormal
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(ref Philox random, Span<double> values)
    {
        for (var i = 0; i < values.Length; i += 2)
        {
            double u, v, s;
            do
            {
                u = 2 * random.NextDouble() - 1;
                v = 2 * random.NextDouble() - 1;
                s = u * u + v * v;
            }
            while (s >= 1 || s == 0);
            var scale = Math.Sqrt(-2 * Math.Log(s) / s);
            values[i] = u * scale;
            if (i + 1 < values.Length) values[i + 1] = v * scale;
        }
    }
}
