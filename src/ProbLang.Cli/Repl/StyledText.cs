using System.Globalization;
using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>A line of a screen as it is built, character by character.</summary>
internal sealed class StyledText
{
    private readonly StringBuilder _text = new();
    private Style _style;

    /// <summary>How many cells it takes.</summary>
    public int Width { get; private set; }

    public StyledText Add(string text, Style style)
    {
        if (text.Length == 0) return this;
        if (style != _style) _text.Append(_style == Style.Plain ? "" : "\e[m").Append(style.Sequence);
        _style = style;
        _text.Append(text);
        Width += CellWidth.Of(text);
        return this;
    }

    /// <summary>As much of a text as there is room for, with an ellipsis where that is not all.</summary>
    public StyledText AddFitted(string text, Style style, int columns)
    {
        var room = columns - Width;
        if (CellWidth.Of(text) <= room) return Add(text, style);
        var end = 0;
        while (end < text.Length && end + StringInfo.GetNextTextElementLength(text, end) is var next && CellWidth.Of(text[..next]) < room) end = next;
        return Add(text[..end] + (room > 0 ? "…" : ""), style);
    }

    /// <summary>The line as a terminal takes it, which leaves the usual look behind.</summary>
    public ScreenRow Finish() => new(_text + (_style == Style.Plain ? "" : "\e[m"), Width);
}

/// <summary>A row of the screen: what is sent for it, and how many cells that takes.</summary>
internal readonly record struct ScreenRow(string Sent, int Width);
