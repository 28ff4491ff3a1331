namespace ProbLang.Results;

/// <summary>What pictures are made of.</summary>
internal sealed record Glyphs(string Rising, string Growing, char Line, char Tick, char Left, char Middle, char Right, string More, bool IsAscii)
{
    private static readonly Glyphs s_unicode = new(" ▁▂▃▄▅▆▇█", " ▏▎▍▌▋▊▉█", '─', '┬', '├', '┼', '┤', "…", false);
    private static readonly Glyphs s_ascii = new(" .:-=+*%#", "        #", '-', '+', '|', '+', '|', "~", true);

    public static Glyphs Of(bool isAscii) => isAscii ? s_ascii : s_unicode;

    /// <summary>A block of a height from 0 to 1; what is there at all can be seen.</summary>
    public char Block(double height) => Rising[double.IsNaN(height) ? 0 : (int)Math.Clamp(Math.Ceiling(8 * height - 1e-9), 0, 8)];

    /// <summary>A bar of a length from 0 to 1 of a width.</summary>
    public string Bar(double length, int width)
    {
        var eighths = (int)Math.Round(8 * width * Math.Clamp(double.IsNaN(length) ? 0 : length, 0, 1));
        if (length > 0 && eighths == 0) eighths = 1;
        var bar = new string(Growing[8], eighths / 8);
        return (eighths % 8 == 0 ? bar : bar + (IsAscii && bar.Length == 0 ? '.' : Growing[eighths % 8])).PadRight(width);
    }

    /// <summary>The cell of a column of a height from 0 to 1, in a picture of so many rows.</summary>
    /// <param name="height">The height.</param>
    /// <param name="row">The row, from 0 at the bottom.</param>
    /// <param name="rows">How many rows.</param>
    public char Cell(double height, int row, int rows)
    {
        var part = height * rows - row;
        return part >= 1 ? Rising[8] : part <= 0 ? ' ' : IsAscii ? part >= 0.5 || row == 0 ? row == 0 && part < 0.5 ? '.' : '#' : ' ' : Block(part);
    }
}
