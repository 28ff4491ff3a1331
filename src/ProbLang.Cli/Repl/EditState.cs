using System.Collections.Immutable;

namespace ProbLang.Cli.Repl;

/// <summary>What the last key did, as far as the next one depends on it.</summary>
internal enum LastEdit
{
    Other,

    /// <summary>Typed a character: a run of them is undone at once.</summary>
    Typed,

    /// <summary>Cut: what is cut next goes to the same piece.</summary>
    Cut,

    /// <summary>Moved up or down: the next one keeps the column.</summary>
    MovedVertically,
}

/// <summary>An entry with what editing remembers of it.</summary>
/// <param name="Buffer">The text and the cursor.</param>
/// <param name="Earlier">What it was before, the latest on top.</param>
/// <param name="Cut">What was cut last, which Ctrl-Y puts back.</param>
internal sealed record EditState(TextBuffer Buffer, ImmutableStack<TextBuffer> Earlier, string Cut)
{
    public static EditState Empty { get; } = new(TextBuffer.Empty, [], "");

    public LastEdit Last { get; private init; }

    /// <summary>The column that moving up and down keeps to.</summary>
    private int Column { get; init; }

    /// <summary>The cursor elsewhere.</summary>
    public EditState Move(int cursor) => this with { Buffer = Buffer.At(cursor), Last = LastEdit.Other };

    /// <summary>Another text, which undo takes back.</summary>
    public EditState Change(TextBuffer to) => to.Text == Buffer.Text ? this with { Buffer = to, Last = LastEdit.Other }
        : this with { Buffer = to, Earlier = Earlier.Push(Buffer), Last = LastEdit.Other };

    /// <summary>A character is typed; words are undone one by one.</summary>
    public EditState Type(string text)
    {
        var joins = Last == LastEdit.Typed && (text.Length > 1 || !char.IsWhiteSpace(text[0]));
        return this with { Buffer = Buffer.Insert(text), Earlier = joins ? Earlier : Earlier.Push(Buffer), Last = LastEdit.Typed };
    }

    /// <summary>Takes out what stands between two places and keeps it for Ctrl-Y; what is cut in a row is kept together.</summary>
    public EditState CutOut(int start, int end)
    {
        if (start == end) return this with { Last = LastEdit.Other };
        var piece = Buffer.Text[start..end];
        var cut = Last != LastEdit.Cut ? piece : start < Buffer.Cursor ? piece + Cut : Cut + piece;
        return Change(Buffer.Without(start, end)) with { Cut = cut, Last = LastEdit.Cut };
    }

    public EditState Delete(int start, int end) => start == end ? this : Change(Buffer.Without(start, end));

    public EditState Undo() => Earlier.IsEmpty ? this : this with { Buffer = Earlier.Peek(), Earlier = Earlier.Pop(), Last = LastEdit.Other };

    /// <summary>The line above or below; null where there is none.</summary>
    public EditState? Vertically(int lines)
    {
        var column = Last == LastEdit.MovedVertically ? Column : Buffer.Column;
        return Buffer.Vertically(lines, column) is { } moved ? this with { Buffer = moved, Last = LastEdit.MovedVertically, Column = column } : null;
    }
}
