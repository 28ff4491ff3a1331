using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProbLang.Results;

/// <summary>An axis with round numbers.</summary>
internal static class Ticks
{
    /// <summary>The multiples of 1, 2 or 5 times a power of ten in a range, so many steps of them at most.</summary>
    public static ImmutableArray<double> Of(PictureRange range, int most)
    {
        var length = range.Upper - range.Lower;
        if (range.IsPoint || !double.IsFinite(length) || !(length > 0) || length < 1e-12 * Math.Max(Math.Abs(range.Lower), Math.Abs(range.Upper))) return [range.At(0.5)];
        var step = StepOf(length / Math.Max(1, most));
        var first = Math.Ceiling(range.Lower / step);
        return [.. Enumerable.Range(0, (int)Math.Floor(range.Upper / step - first) + 1).Select(k => (first + k) * step)];
    }

    /// <summary>The line of the axis and the line of its numbers, with a margin on the left.</summary>
    public static string Axis(PictureRange range, int width, int margin, Glyphs glyphs)
    {
        var ticks = Of(range, Math.Max(1, width / 8));
        var step = ticks.Length > 1 ? ticks[1] - ticks[0] : 0;
        var line = new string(glyphs.Line, width).ToCharArray();
        var numbers = new StringBuilder(new string(' ', width + margin));
        var end = -1;
        foreach (var tick in ticks)
        {
            var column = ColumnOf(range, tick, width);
            line[column] = glyphs.Tick;
            var text = Text(tick, step);
            var start = Math.Max(0, margin + column - text.Length / 2);
            if (start <= end) continue;
            while (numbers.Length < start + text.Length) numbers.Append(' ');
            for (var i = 0; i < text.Length; i++) numbers[start + i] = text[i];
            end = start + text.Length;
        }
        return $"{new string(' ', margin)}{new string(line)}\n{numbers.ToString().TrimEnd()}\n";
    }

    /// <summary>The column in which a value is.</summary>
    public static int ColumnOf(PictureRange range, double value, int width) => Math.Min(width - 1, (int)(range.PartOf(value) * width));

    private static double StepOf(double least)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(least)));
        foreach (var multiple in (ReadOnlySpan<double>)[1, 2, 5])
            if (multiple * power >= least * (1 - 1e-9)) return multiple * power;
        return 10 * power;
    }

    private static string Text(double value, double step)
    {
        if (step == 0) return NumberText.Short(value);
        if (Math.Abs(value) < step / 2) return "0";
        var decimals = Math.Max(0, -(int)Math.Floor(Math.Log10(step) + 1e-9));
        return decimals > 4 || Math.Abs(value) >= 1e6 ? value.ToString("0.###e+0", CultureInfo.InvariantCulture) : NumberText.Fixed(value, decimals);
    }
}
