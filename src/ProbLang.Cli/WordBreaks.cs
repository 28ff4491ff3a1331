using System.Globalization;
using ProbLang.Cli.Repl;

namespace ProbLang.Cli;

/// <summary>Where a sentence that is longer than a line goes on in the next one.</summary>
internal static class WordBreaks
{
    /// <summary>How much of a text a line takes: all of it, or as many words as there is room for, or what there is of a word that is longer.</summary>
    public static int At(string text, int room)
    {
        if (CellWidth.Of(text) <= room) return text.Length;
        var (end, blank) = (0, 0);
        for (var next = 0; CellWidth.Of(text[..next]) <= room; next += StringInfo.GetNextTextElementLength(text, next))
        {
            end = next;
            if (text[next] == ' ') blank = next;
        }
        return blank > 0 ? blank : Math.Max(end, 1);
    }

    /// <summary>A sentence in lines.</summary>
    public static string Broken(string text, int columns)
    {
        var lines = new List<string>();
        while (text.Length > 0)
        {
            var end = At(text, Math.Max(columns, 1));
            lines.Add(text[..end].TrimEnd());
            text = text[end..].TrimStart();
        }
        return string.Join('\n', lines);
    }
}
