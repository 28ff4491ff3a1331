using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>The rows that the editor has on the screen, and where the cursor is among them.</summary>
internal sealed record Frame(ImmutableArray<ScreenRow> Rows, int CursorRow, int CursorColumn)
{
    private const int MostOffers = 8;
    private const int MostOfMistake = 3;

    /// <summary>The screen while an entry is typed: as much of it as fits, around the cursor, and under it what is offered or said.</summary>
    public static Frame Of(Editor editor, EntryLanguage language, Hint hint, Palette palette, TerminalSize size)
    {
        var (rows, row, column) = EntryText.Of(editor.Buffer, language, editor.Menu is null ? hint : Hint.None, editor.Match, palette, size.Columns, marksBrackets: true);
        var below = Below(editor, hint, palette, size.Columns, Math.Clamp(size.Rows - rows.Length, Math.Min(2, size.Rows - 1), MostOffers + 1));
        var room = Math.Max(1, size.Rows - below.Length);
        var first = Math.Clamp(row - room / 2, 0, Math.Max(0, rows.Length - room));
        return new Frame([.. rows.Skip(first).Take(room), .. below], row - first, column);
    }

    /// <summary>The screen when the entry is finished: all of it, and nothing else.</summary>
    public static Frame Finished(TextBuffer buffer, EntryLanguage language, Palette palette, int columns, string after = "")
    {
        var (rows, _, _) = EntryText.Of(buffer.At(buffer.Text.Length), language, Hint.None, (0, 0), palette, columns, marksBrackets: false);
        var last = rows[^1];
        rows = rows.SetItem(rows.Length - 1, new(last.Sent + after, last.Width + after.Length));
        return new Frame(rows, rows.Length - 1, Math.Min(rows[^1].Width, columns - 1));
    }

    private static ImmutableArray<ScreenRow> Below(Editor editor, Hint hint, Palette palette, int columns, int most)
    {
        if (most <= 0) return [];
        if (editor.Menu is { } menu) return Offers.Rows(menu, palette, columns, most);
        if (editor.Search is { } search) return [Said($"{(search.IsFailing ? "not found in history" : "history")}: ", search.Sought, palette, columns)];
        if (hint.Mistake is { } mistake) return Wrapped(mistake, palette.Mistake, columns, Math.Min(most, MostOfMistake));
        return hint.Signature is { } signature ? [Signed(signature, palette, columns)] : [];
    }

    /// <summary>A sentence in rows, broken between words, with an ellipsis where they are not enough for it.</summary>
    private static ImmutableArray<ScreenRow> Wrapped(string text, Style style, int columns, int most)
    {
        var rows = ImmutableArray.CreateBuilder<ScreenRow>();
        while (text.Length > 0)
        {
            var row = EntryText.Indented(columns);
            var end = rows.Count + 1 == most ? text.Length : WordBreaks.At(text, columns - row.Width);
            rows.Add(row.AddFitted(text[..end].TrimEnd(), style, columns).Finish());
            text = text[end..].TrimStart();
        }
        return rows.ToImmutable();
    }

    private static ScreenRow Said(string label, string value, Palette palette, int columns) =>
        EntryText.Indented(columns).AddFitted(label, palette.Remark, columns).AddFitted(value, Style.Plain, columns).Finish();

    private static ScreenRow Signed(Editing.CallSignature signature, Palette palette, int columns)
    {
        var (text, argument) = (signature.Text, signature.Argument);
        return EntryText.Indented(columns).AddFitted(text[..argument.Start], palette.Remark, columns)
            .AddFitted(text[argument.Start..argument.End], palette.Remark with { Underlined = true, Dim = false }, columns)
            .AddFitted(text[argument.End..], palette.Remark, columns).Finish();
    }
}
