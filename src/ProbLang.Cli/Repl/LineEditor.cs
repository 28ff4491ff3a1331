namespace ProbLang.Cli.Repl;

/// <summary>Reads entries from a terminal: gives keys to the <see cref="Editor"/>, and shows what it makes of them.</summary>
internal sealed class LineEditor(IConsole console, EntryLanguage language, History history, Palette palette) : IEntryReader
{
    private readonly Renderer _renderer = new();
    private int _columns;

    /// <summary>What a paste brought beyond the first of its entries.</summary>
    private readonly Queue<string> _waiting = new();

    public string? Read()
    {
        if (_waiting.TryDequeue(out var next)) return next;
        console.Mode = TerminalMode.Editing;
        try
        {
            while (Edit(new Editor(language, history.Entries)) is { } text)
                if (!string.IsNullOrWhiteSpace(text)) return Taken(text);
            return null;
        }
        finally
        {
            console.Mode = TerminalMode.Computing;
        }
    }

    /// <summary>One entry; an empty one where it was dropped, null at the end.</summary>
    private string? Edit(Editor editor)
    {
        using var hints = new Hints(language, console.Wake);
        while (true)
        {
            Draw(editor, hints.Current);
            var input = console.Next();
            if (input.Kind == InputKind.End) return null;
            if (input.Kind == InputKind.Redraw) console.Write(_renderer.Erase(console.Size.Columns));
            if (input.Kind != InputKind.Key) continue;
            var before = editor.Buffer;
            var request = editor.Press(input.Key);
            if (editor.Buffer != before) hints.Follow(editor.Buffer);
            switch (request)
            {
                case Request.Take: return Leave(editor.Buffer);
                case Request.Drop: return Leave(editor.Buffer, "^C")[..0];
                case Request.Quit:
                    Leave(editor.Buffer);
                    return null;
                default:
                    Do(request, editor.Buffer);
                    break;
            }
        }
    }

    /// <summary>Shows the entry. What was drawn for another size is where that size had it, whether or not the terminal has said yet that it has changed.</summary>
    private void Draw(Editor editor, Hint hint)
    {
        var size = console.Size;
        var erased = size.Columns == _columns ? "" : _renderer.Erase(size.Columns);
        _columns = size.Columns;
        console.Write(erased + _renderer.Draw(Frame.Of(editor, language, hint, palette, size)));
    }

    /// <summary>What is asked of the terminal while the entry goes on.</summary>
    private void Do(Request request, TextBuffer buffer)
    {
        if (request == Request.Clear) console.Write(_renderer.Clear());
        if (request != Request.Suspend) return;
        Leave(buffer);
        console.Suspend();
    }

    /// <summary>Shows the entry as it was taken, and goes below it.</summary>
    private string Leave(TextBuffer buffer, string after = "")
    {
        console.Write(_renderer.Draw(Frame.Finished(buffer, language, palette, console.Size.Columns, after)) + _renderer.Leave());
        return buffer.Text;
    }

    public int Skip()
    {
        var left = _waiting.Count;
        _waiting.Clear();
        return left;
    }

    /// <summary>The first of the entries that a text is; the others wait.</summary>
    private string Taken(string text)
    {
        history.Add(text);
        var entries = PastedEntries.Of(text);
        foreach (var entry in entries[1..]) _waiting.Enqueue(entry);
        return entries[0];
    }
}
