namespace ProbLang.Cli.Repl;

/// <summary>What each key does to the text and the cursor, as in Emacs and readline.</summary>
internal static class EditingKeys
{
    /// <summary>The state after a key; null where the key is not about editing.</summary>
    public static EditState? Apply(EditState state, Key key)
    {
        var buffer = state.Buffer;
        return key switch
        {
            { Code: KeyCode.Character, Held: Held.None } => state.Type(key.Text),
            { Code: KeyCode.Paste } => state.Change(buffer.Insert(key.Text.TrimEnd('\n'))),
            { Code: KeyCode.Backspace, Held: Held.None or Held.Shift } => state.Delete(buffer.Previous, buffer.Cursor),
            { Code: KeyCode.Backspace } => state.CutOut(buffer.WordStart, buffer.Cursor),
            { Code: KeyCode.Delete, Held: Held.None } => state.Delete(buffer.Cursor, buffer.Next),
            { Code: KeyCode.Delete } => state.CutOut(buffer.Cursor, buffer.WordEnd),
            { Code: KeyCode.Left, Held: Held.None } => state.Move(buffer.Previous),
            { Code: KeyCode.Left } => state.Move(buffer.WordStart),
            { Code: KeyCode.Right, Held: Held.None } => state.Move(buffer.Next),
            { Code: KeyCode.Right } => state.Move(buffer.WordEnd),
            { Code: KeyCode.Home, Held: Held.None } => state.Move(buffer.LineStart),
            { Code: KeyCode.Home } => state.Move(0),
            { Code: KeyCode.End, Held: Held.None } => state.Move(buffer.LineEnd),
            { Code: KeyCode.End } => state.Move(buffer.Text.Length),
            { Code: KeyCode.Character, Held: Held.Control } => Control(state, buffer, key.Text),
            { Code: KeyCode.Character, Held: Held.Alt } => Alt(state, buffer, key.Text),
            _ => null,
        };
    }

    private static EditState? Control(EditState state, TextBuffer buffer, string letter) => letter switch
    {
        "a" => state.Move(buffer.LineStart),
        "e" => state.Move(buffer.LineEnd),
        "b" => state.Move(buffer.Previous),
        "f" => state.Move(buffer.Next),
        "d" => state.Delete(buffer.Cursor, buffer.Next),
        "w" => state.CutOut(buffer.BlankWordStart, buffer.Cursor),
        "u" => state.CutOut(buffer.LineStart, buffer.Cursor),
        // At the end of a line the break is what is cut.
        "k" => state.CutOut(buffer.Cursor, buffer.LineEnd == buffer.Cursor ? buffer.Next : buffer.LineEnd),
        "y" => state.Change(buffer.Insert(state.Cut)),
        "t" => state.Change(buffer.Transpose()),
        "_" => state.Undo(),
        _ => null,
    };

    private static EditState? Alt(EditState state, TextBuffer buffer, string letter) => letter switch
    {
        "b" => state.Move(buffer.WordStart),
        "f" => state.Move(buffer.WordEnd),
        "d" => state.CutOut(buffer.Cursor, buffer.WordEnd),
        "<" => state.Move(0),
        ">" => state.Move(buffer.Text.Length),
        _ => null,
    };
}
