using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProbLang.Results;

/// <summary>A distribution in several lines.</summary>
internal static class DistributionPlot
{
    /// <summary>So many values have bars of their own, whatever their probabilities.</summary>
    private const int MostWhole = 12;

    /// <summary>So many have where those at the ends that hardly occur are left out.</summary>
    private const int MostBars = 30;

    /// <summary>How much of a label is shown.</summary>
    private const int LongestLabel = 24;

    public static string Of(string name, PicturedDistribution distribution, int width, int height, Glyphs glyphs)
    {
        var text = new StringBuilder(name).Append('\n');
        if (distribution.IsEmpty) return text.Append("  there is nothing to show\n").Append(Note(distribution)).ToString();
        if (distribution.Values is { Length: > 0 } values && (values.Length <= MostWhole ? values : Sparkline.Shown(values)) is { Length: <= MostBars } shown) AppendBars(text, distribution, shown, width, glyphs);
        else AppendColumns(text, distribution, width, height, glyphs);
        return text.Append(Note(distribution)).ToString();
    }

    private static string Note(PicturedDistribution distribution) => distribution.Note is { } note ? $"  {note}\n" : "";

    private static void AppendBars(StringBuilder text, PicturedDistribution distribution, ImmutableArray<(double Value, double Probability)> values, int width, Glyphs glyphs)
    {
        var labels = values.Select(v => Short(distribution.TextOf(v.Value), glyphs)).ToArray();
        var (room, most) = (labels.Max(l => l.Length), values.Max(v => v.Probability));
        var bar = Math.Max(4, width - room - 12);
        for (var i = 0; i < labels.Length; i++)
        {
            var label = distribution.IsWhole && char.IsDigit(labels[i][^1]) ? labels[i].PadLeft(room) : labels[i].PadRight(room);
            text.Append("  ").Append(label).Append("  ").Append(glyphs.Bar(values[i].Probability / most, bar)).Append("  ").Append(NumberText.Probability(values[i].Probability)).Append('\n');
        }
        if (values.Length < distribution.Values.Length)
            text.Append("  ").Append(glyphs.More.PadLeft(room)).Append("  ").Append(' ', bar).Append("  ").Append(NumberText.Probability(Math.Max(0, 1 - values.Sum(v => v.Probability)))).Append('\n');
    }

    private static string Short(string label, Glyphs glyphs) => label.Length <= LongestLabel ? label : string.Concat(label.AsSpan(0, LongestLabel - 1), glyphs.More);

    private static void AppendColumns(StringBuilder text, PicturedDistribution distribution, int width, int height, Glyphs glyphs)
    {
        var columns = width - 2;
        var bins = Bins.Of(distribution, PictureRange.Of(distribution), columns);
        // Bins of equally many columns: a wider one would seem to hold more.
        if (bins.Masses.Length > 1) columns -= columns % bins.Masses.Length;
        var most = bins.Masses.Max();
        for (var row = height - 1; row >= 0; row--)
        {
            var line = new StringBuilder(Mark(row == 0 && bins.Range.IsCutBelow, glyphs));
            for (var column = 0; column < columns; column++) line.Append(glyphs.Cell(HeightAt(bins, column, columns) / most, row, height));
            text.Append(line.Append(Mark(row == 0 && bins.Range.IsCutAbove, glyphs)).ToString().TrimEnd()).Append('\n');
        }
        text.Append(Ticks.Axis(bins.Range, columns, 1, glyphs)).Append(Interval(distribution, bins.Range, columns, 1, glyphs).TrimEnd()).Append('\n');
        text.Append(Quantiles(distribution, bins.Range)).Append('\n');
    }

    private static double HeightAt(Bins bins, int column, int columns) =>
        !bins.Range.IsPoint ? bins.InColumn(column, columns) : column == columns / 2 ? bins.Masses[0] : 0;

    private static string Mark(bool isCut, Glyphs glyphs) => isCut ? glyphs.More : " ";

    /// <summary>From 5% to 95%, with the median.</summary>
    public static string Interval(PicturedDistribution distribution, PictureRange range, int width, int margin, Glyphs glyphs)
    {
        var line = new string(' ', width).ToCharArray();
        var (low, middle, high) = (ColumnAt(0.05), ColumnAt(0.5), ColumnAt(0.95));
        for (var column = low; column <= high; column++) line[column] = glyphs.Line;
        if (high > low) (line[low], line[high]) = (glyphs.Left, glyphs.Right);
        line[middle] = glyphs.Middle;
        return new string(' ', margin) + new string(line);

        int ColumnAt(double p) => Ticks.ColumnOf(range, distribution.Quantile(p), width);
    }

    private static string Quantiles(PicturedDistribution distribution, PictureRange range)
    {
        var decimals = NumberText.Decimals(Math.Min(range.Upper - range.Lower, distribution.Quantile(0.95) - distribution.Quantile(0.05)), range.Upper);
        return $"  5% {Number(0.05)}   50% {Number(0.5)}   95% {Number(0.95)}";

        string Number(double p) => distribution.Quantile(p) is var value && double.IsFinite(value) ? NumberText.Fixed(value, decimals) : value.ToString(CultureInfo.InvariantCulture);
    }
}
