using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>A distribution in a line.</summary>
internal static class Sparkline
{
    /// <summary>So many values have their names and probabilities.</summary>
    public const int MostNamed = 4;

    /// <summary>What may be left out at either end where there are many values.</summary>
    private const double Tail = 0.0005;

    public static string Of(PicturedDistribution distribution, int width, Glyphs glyphs)
    {
        if (distribution.IsEmpty) return new string(' ', width);
        if (distribution.Values is { Length: > 0 and <= MostNamed } few) return Named(distribution, few, glyphs);
        if (distribution.Values is { Length: > 0 } values && Shown(values) is var shown && shown.Length <= width) return Blocks(shown.Select(v => v.Probability), glyphs).PadRight(width);
        return Binned(distribution, PictureRange.Of(distribution), width, glyphs);
    }

    /// <summary>A distribution over a range, be it its own or a common one.</summary>
    public static string Binned(PicturedDistribution distribution, PictureRange range, int width, Glyphs glyphs)
    {
        if (range.IsPoint) return glyphs.Block(1).ToString().PadLeft(width / 2 + 1).PadRight(width);
        var (left, right) = (range.IsCutBelow ? 1 : 0, range.IsCutAbove ? 1 : 0);
        var columns = width - left - right;
        var bins = Bins.Of(distribution, range, columns);
        var blocks = Blocks(Enumerable.Range(0, columns).Select(c => bins.InColumn(c, columns)), glyphs);
        return (left > 0 ? glyphs.More : "") + blocks + (right > 0 ? glyphs.More : "");
    }

    /// <summary>The values between those at the ends that hardly occur.</summary>
    public static ImmutableArray<(double Value, double Probability)> Shown(ImmutableArray<(double Value, double Probability)> values)
    {
        var (first, last) = (0, values.Length - 1);
        for (var sum = values[first].Probability; sum < Tail; sum += values[++first].Probability) continue;
        for (var sum = values[last].Probability; sum < Tail; sum += values[--last].Probability) continue;
        return values[first..(last + 1)];
    }

    private static string Named(PicturedDistribution distribution, ImmutableArray<(double Value, double Probability)> values, Glyphs glyphs) =>
        string.Join("  ", values.Select(v => $"{distribution.TextOf(v.Value)} {glyphs.Block(v.Probability)} {NumberText.Probability(v.Probability)}"));

    private static string Blocks(IEnumerable<double> masses, Glyphs glyphs)
    {
        var all = masses.ToArray();
        var most = all.Max();
        return string.Concat(all.Select(m => glyphs.Block(m / most)));
    }
}
