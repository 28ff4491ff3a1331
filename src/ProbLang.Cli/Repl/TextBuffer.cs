using System.Globalization;

namespace ProbLang.Cli.Repl;

/// <summary>An entry while it is typed: its text, of one or more lines, and where the cursor stands. Steps go by what a reader takes for one character.</summary>
/// <param name="Text">The text.</param>
/// <param name="Cursor">The place before which is typed, from 0 to the length of the text; never inside of a character.</param>
internal sealed record TextBuffer(string Text, int Cursor)
{
    public static TextBuffer Empty { get; } = new("", 0);

    public bool IsEmpty => Text.Length == 0;

    /// <summary>A text with the cursor at its end.</summary>
    public static TextBuffer Of(string text) => new(text, text.Length);

    /// <summary>Where the line of the cursor begins.</summary>
    public int LineStart => Text.LastIndexOf('\n', Math.Max(0, Cursor - 1), Cursor) + 1;

    /// <summary>Where the line of the cursor ends, before its line break.</summary>
    public int LineEnd => Text.IndexOf('\n', Cursor) is var end and >= 0 ? end : Text.Length;

    public string BeforeCursor => Text[..Cursor];

    /// <summary>Where the character before the cursor begins.</summary>
    public int Previous
    {
        get
        {
            if (Cursor == 0) return 0;
            var start = LineStart;
            if (start == Cursor) return Cursor - 1;
            var previous = start;
            for (var next = start; next < Cursor; next += StringInfo.GetNextTextElementLength(Text, next)) previous = next;
            return previous;
        }
    }

    /// <summary>Where the character at the cursor ends.</summary>
    public int Next => Cursor == Text.Length ? Cursor : Cursor + StringInfo.GetNextTextElementLength(Text, Cursor);

    /// <summary>The beginning of the word before the cursor, of letters, digits and underscores.</summary>
    public int WordStart
    {
        get
        {
            var at = Cursor;
            while (at > 0 && !IsWord(Text[at - 1])) at--;
            while (at > 0 && IsWord(Text[at - 1])) at--;
            return at;
        }
    }

    /// <summary>The end of the word after the cursor.</summary>
    public int WordEnd
    {
        get
        {
            var at = Cursor;
            while (at < Text.Length && !IsWord(Text[at])) at++;
            while (at < Text.Length && IsWord(Text[at])) at++;
            return at;
        }
    }

    /// <summary>The beginning of what is before the cursor without a blank.</summary>
    public int BlankWordStart
    {
        get
        {
            var at = Cursor;
            while (at > 0 && char.IsWhiteSpace(Text[at - 1])) at--;
            while (at > 0 && !char.IsWhiteSpace(Text[at - 1])) at--;
            return at;
        }
    }

    public TextBuffer At(int cursor) => Snapped(Text, cursor);

    public TextBuffer Insert(string text) => Snapped(Text.Insert(Cursor, text), Cursor + text.Length);

    /// <summary>Without what stands between two places, and with the cursor there.</summary>
    public TextBuffer Without(int start, int end) => Snapped(Text.Remove(start, end - start), start);

    /// <summary>With another text in the place of a part of it, and the cursor after it.</summary>
    public TextBuffer Replace(int start, int length, string text) => Snapped(Text.Remove(start, length).Insert(start, text), start + text.Length);

    /// <summary>With the character before the cursor and that at it, or at the end the two before it, in the other order.</summary>
    public TextBuffer Transpose()
    {
        var here = Cursor == LineEnd && Cursor > LineStart ? At(Previous) : this;
        if (here.Cursor == here.LineStart || here.Cursor == here.LineEnd) return this;
        var (before, after) = (Text[here.Previous..here.Cursor], Text[here.Cursor..here.Next]);
        return Snapped(Text[..here.Previous] + after + before + Text[here.Next..], here.Next);
    }

    /// <summary>The same column of the line above or below; null where there is none.</summary>
    /// <param name="lines">-1 for the line above, 1 for that below.</param>
    /// <param name="column">The column in cells.</param>
    public TextBuffer? Vertically(int lines, int column)
    {
        if (lines < 0 ? LineStart == 0 : LineEnd == Text.Length) return null;
        var line = At(lines < 0 ? LineStart - 1 : LineEnd + 1);
        var here = line.At(line.LineStart);
        for (var end = line.LineEnd; here.Cursor < end && CellWidth.Of(Text[line.LineStart..here.Next]) <= column;) here = here.At(here.Next);
        return here;
    }

    /// <summary>How many cells of the line stand before the cursor.</summary>
    public int Column => CellWidth.Of(Text[LineStart..Cursor]);

    /// <summary>A change can join what stood apart: a mark that comes after a letter is part of it, and the cursor is not between them.</summary>
    private static TextBuffer Snapped(string text, int cursor)
    {
        if (cursor == 0 || cursor >= text.Length) return new(text, Math.Min(cursor, text.Length));
        var at = text.LastIndexOf('\n', cursor - 1) + 1;
        while (at < cursor) at += StringInfo.GetNextTextElementLength(text, at);
        return new(text, at);
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_' || char.IsSurrogate(c) || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark;
}
