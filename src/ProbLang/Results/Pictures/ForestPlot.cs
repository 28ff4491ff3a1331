using System.Text;

namespace ProbLang.Results;

/// <summary>The elements of an array, a line each.</summary>
internal static class ForestPlot
{
    public static string Of(IReadOnlyList<(string Name, PicturedDistribution Distribution)> rows, int width, Glyphs glyphs)
    {
        var room = rows.Max(r => r.Name.Length);
        var isDiscrete = rows.All(r => r.Distribution.IsEmpty || !r.Distribution.Values.IsEmpty);
        return isDiscrete ? Sparklines(rows, room, width, glyphs) : Intervals(rows, room, width, glyphs);
    }

    private static string Sparklines(IReadOnlyList<(string Name, PicturedDistribution Distribution)> rows, int room, int width, Glyphs glyphs)
    {
        var text = new StringBuilder();
        var columns = Math.Clamp(width - room - 2, TextPicture.LeastWidth, 24);
        foreach (var (name, distribution) in rows)
        {
            var line = $"{name.PadRight(room)}  {Sparkline.Of(distribution, columns, glyphs)}";
            if (distribution.Values is { Length: > Sparkline.MostNamed } values && values.MaxBy(v => v.Probability) is var most)
                line += $"  {distribution.TextOf(most.Value)} {NumberText.Probability(most.Probability)}";
            text.Append(line.TrimEnd()).Append('\n');
        }
        return text.ToString();
    }

    private static string Intervals(IReadOnlyList<(string Name, PicturedDistribution Distribution)> rows, int room, int width, Glyphs glyphs)
    {
        var columns = Math.Max(TextPicture.LeastWidth, width - room - 2);
        var range = Intervals(rows.Select(r => r.Distribution));
        var text = new StringBuilder();
        foreach (var (name, distribution) in rows)
            text.Append($"{name.PadRight(room)}  {(distribution.IsEmpty ? "" : DistributionPlot.Interval(distribution, range, columns, 0, glyphs))}".TrimEnd()).Append('\n');
        return text.Append(Ticks.Axis(range, columns, room + 2, glyphs)).ToString();
    }

    /// <summary>All of the intervals from 5% to 95%, and a little more on either side.</summary>
    private static PictureRange Intervals(IEnumerable<PicturedDistribution> distributions)
    {
        var (lower, upper) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var distribution in distributions)
        {
            if (distribution.IsEmpty) continue;
            lower = Math.Min(lower, Finite(distribution, 0.05));
            upper = Math.Max(upper, Finite(distribution, 0.95));
        }
        if (!(lower <= upper)) return new PictureRange(0, 0);
        var margin = (upper - lower) / 40;
        return double.IsFinite(margin) ? new PictureRange(lower - margin, upper + margin) : new PictureRange(lower, upper);
    }

    private static double Finite(PicturedDistribution distribution, double p) =>
        distribution.Quantile(p) is var quantile && double.IsFinite(quantile) ? quantile : distribution.FiniteQuantile(p);
}
