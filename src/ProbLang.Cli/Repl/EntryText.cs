using System.Collections.Immutable;
using System.Globalization;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <summary>Lays an entry out in rows: prompts, colours, and lines that are longer than the screen is wide.</summary>
internal sealed class EntryText(Palette palette, int columns)
{
    public const string Prompt = "problang> ";
    public const string Continuation = "     ...> ";

    private readonly List<ScreenRow> _rows = [];
    private StyledText _row = new();
    private int _cursorRow, _cursorColumn;

    /// <summary>What stands before a row that has no prompt; of a narrow screen prompts may have less than half.</summary>
    public static StyledText Indented(int columns) => new StyledText().Add(new string(' ', IndentOf(columns)), Style.Plain);

    private int Indent => IndentOf(columns);

    private static int IndentOf(int columns) => columns >= 2 * Prompt.Length ? Prompt.Length : 0;

    /// <summary>The rows of an entry, and where among them the cursor is.</summary>
    public static (ImmutableArray<ScreenRow> Rows, int CursorRow, int CursorColumn) Of(TextBuffer buffer, EntryLanguage language, Hint hint, (int Start, int Length) match, Palette palette, int columns, bool marksBrackets)
    {
        var text = new EntryText(palette, columns);
        text.Add(buffer, Styles(buffer, language, hint, match, palette, marksBrackets));
        return ([.. text._rows], text._cursorRow, text._cursorColumn);
    }

    private void Add(TextBuffer buffer, Style[] styles)
    {
        Begin(Prompt, Palette.Prompt);
        for (var at = 0; at < buffer.Text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(buffer.Text, at);
            if (at == buffer.Cursor) PlaceCursor(buffer.Text[at] == '\n' ? 1 : CellWidth.Of(Visible(buffer.Text.Substring(at, length))));
            if (buffer.Text[at] == '\n')
            {
                End();
                Begin(Continuation, palette.Continuation);
            }
            else AddCharacter(Visible(buffer.Text.Substring(at, length)), styles[at]);
            at += length;
        }
        if (buffer.Cursor == buffer.Text.Length) PlaceCursor(1);
        if (styles[^1].Underlined) AddCharacter(" ", styles[^1]);
        End();
    }

    private void AddCharacter(string text, Style style)
    {
        Wrap(CellWidth.Of(text));
        _row.Add(text, style);
    }

    private void PlaceCursor(int width)
    {
        Wrap(width);
        (_cursorRow, _cursorColumn) = (_rows.Count, _row.Width);
    }

    /// <summary>Goes on in the next row where there is no room for so many cells.</summary>
    private void Wrap(int width)
    {
        if (_row.Width + width <= columns || _row.Width <= Indent) return;
        End();
        _row = Indented(columns);
    }

    private void Begin(string prompt, Style style)
    {
        if (Indent > 0) _row.Add(prompt, style);
    }

    private void End()
    {
        _rows.Add(_row.Finish());
        _row = new StyledText();
    }

    /// <summary>What stands for a character that a terminal would act on.</summary>
    private static string Visible(string element) => element switch
    {
        "\t" => "  ",
        [< ' ', ..] => ((char)(0x2400 + element[0])).ToString(),
        _ when CellWidth.Of(element) == 0 => "�",
        _ => element,
    };

    /// <summary>The look of each character, and of the place after the last.</summary>
    private static Style[] Styles(TextBuffer buffer, EntryLanguage language, Hint hint, (int Start, int Length) match, Palette palette, bool marksBrackets)
    {
        var styles = new Style[buffer.Text.Length + 1];
        var colours = language.Colours(buffer.Text);
        foreach (var span in colours) styles.AsSpan(span.Start, span.Length).Fill(palette.Of(span.Colour));
        if (marksBrackets && Brackets.PairAt(buffer.Text, buffer.Cursor, colours) is { } pair)
            foreach (var place in (ReadOnlySpan<int>)[pair.First, pair.Second]) styles[place] = styles[place] with { Bold = true };
        if (hint.Place is { } mistake) Underline(styles, Clipped(mistake, styles.Length), palette.Mistake.Colour);
        Underline(styles, new Span(match.Start, match.Length), 0);
        return styles;
    }

    /// <summary>A place within the text, of one character at least.</summary>
    private static Span Clipped(Span place, int length)
    {
        var start = Math.Clamp(place.Start, 0, length - 1);
        return new(start, Math.Clamp(place.Length, 1, length - start));
    }

    /// <summary>As far as the place is in the entry: brackets and mistakes may have been looked for in one that was longer.</summary>
    private static void Underline(Style[] styles, Span place, int colour)
    {
        for (var i = Math.Max(0, place.Start); i < Math.Min(place.End, styles.Length); i++) styles[i] = styles[i] with { Underlined = true, Colour = colour > 0 ? colour : styles[i].Colour };
    }
}
