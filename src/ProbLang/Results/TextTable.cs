namespace ProbLang.Results;

/// <summary>Columns of text, two spaces apart.</summary>
internal static class TextTable
{
    /// <summary>Writes lines of cells; the first <paramref name="left"/> columns are flush left, as are those from <paramref name="leftAgain"/> on, the others flush right.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<string[]> lines, int left = 1, int leftAgain = int.MaxValue)
    {
        var widths = new int[lines[0].Length];
        foreach (var line in lines)
            for (var k = 0; k < widths.Length; k++) widths[k] = Math.Max(widths[k], line[k].Length);
        foreach (var line in lines)
        {
            var cells = line.Select((cell, k) => k < left || k >= leftAgain ? cell.PadRight(widths[k]) : cell.PadLeft(widths[k]));
            writer.Write(string.Join("  ", cells).TrimEnd());
            writer.Write('\n');
        }
    }
}
