using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace ProbLang.Results;

/// <summary>Draws in their order, as points: two by four of them in a character of Braille.</summary>
internal static class TracePlot
{
    private const char Braille = '\u2800';

    /// <summary>The bits of the points of a Braille character, by column and row from the top.</summary>
    private static readonly int[][] s_points = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

    public static string Of(string name, IReadOnlyList<ImmutableArray<double>> chains, int width, int height, bool isAscii)
    {
        var text = new StringBuilder(name).Append('\n');
        var all = PicturedDistribution.Of([.. chains.SelectMany(c => c)]);
        if (all.IsEmpty) return text.Append("  there is nothing to show\n").ToString();
        var range = PictureRange.Of(all);
        var (upper, lower) = (Number(range.Upper, range), Number(range.Lower, range));
        var room = Math.Max(Math.Max(upper.Length, lower.Length), 2 + chains.Count.ToString(CultureInfo.InvariantCulture).Length);
        for (var chain = 0; chain < chains.Count; chain++)
        {
            var lines = Lines(chains[chain], range, Math.Max(TextPicture.LeastWidth, width - room - 2), height, isAscii);
            for (var row = 0; row < height; row++)
            {
                var margin = row == 0 ? upper : row == height - 1 ? lower : row == height / 2 ? string.Create(CultureInfo.InvariantCulture, $"#{chain + 1}") : "";
                text.Append($"{margin.PadLeft(room)}  {lines[row]}".TrimEnd(' ', Braille)).Append('\n');
            }
        }
        return text.ToString();
    }

    private static string[] Lines(ImmutableArray<double> draws, PictureRange range, int width, int height, bool isAscii)
    {
        var (across, down) = isAscii ? (1, 1) : (2, 4);
        var cells = new int[height, width];
        for (var draw = 0; draw < draws.Length; draw++)
        {
            if (double.IsNaN(draws[draw])) continue;
            var x = (int)((long)draw * width * across / draws.Length);
            var y = (int)Math.Min(height * down - 1, (1 - range.PartOf(draws[draw])) * height * down);
            cells[y / down, x / across] |= s_points[x % across][y % down];
        }
        return [.. Enumerable.Range(0, height).Select(row => string.Concat(Enumerable.Range(0, width).Select(column => Cell(cells[row, column], isAscii))))];
    }

    private static char Cell(int points, bool isAscii) => isAscii ? points > 0 ? '*' : ' ' : (char)(Braille + points);

    private static string Number(double value, PictureRange range) => NumberText.Fixed(value, NumberText.Decimals(range.Upper - range.Lower, value));
}
