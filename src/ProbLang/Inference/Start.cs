using ProbLang.Limits;
using ProbLang.Programs;

namespace ProbLang.Inference;

/// <summary>Finds where a chain starts: uniform on (-2, 2) on the unconstrained scale, tried again, in the end nearer to 0, until density and gradient are finite.</summary>
internal static class Start
{
    private const int Tries = 100;
    private const int TriesNearer = 20;
    private static ReadOnlySpan<double> Nearer => [1, 0.5, 0.1, 0.01, 0];

    /// <summary>Null when a start was found; else the coordinate to blame: the first whose gradient is not finite, or -1 when none is.</summary>
    public static int? Find(LogDensity density, RandomStream random, Span<double> position, Span<double> gradient)
    {
        var culprit = -1;
        if (TryRadius(density, random, 2, Tries, position, gradient, ref culprit)) return null;
        foreach (var radius in Nearer)
        {
            if (TryRadius(density, random, radius, radius == 0 ? 1 : TriesNearer, position, gradient, ref culprit)) return null;
        }
        return culprit;
    }

    private static bool TryRadius(
        LogDensity density, RandomStream random, double radius, int tries, Span<double> position, Span<double> gradient, ref int culprit)
    {
        for (var i = 0; i < tries; i++)
        {
            Budget.Current.Check();
            for (var k = 0; k < position.Length; k++) position[k] = radius * (2 * random.NextDouble() - 1);
            var value = density.Evaluate(position, gradient);
            var bad = FirstNotFinite(gradient);
            if (double.IsFinite(value) && bad < 0) return true;
            if (bad >= 0) culprit = bad;
        }
        return false;
    }

    private static int FirstNotFinite(ReadOnlySpan<double> values)
    {
        for (var i = 0; i < values.Length; i++) if (!double.IsFinite(values[i])) return i;
        return -1;
    }
}
