namespace ProbLang.Cli.Repl;

/// <summary>Reads entries from a terminal: gives keys to the <see cref="Editor"/>, and shows what it makes of them.</summary>
internal sealed class LineEditor(IConsole console, EntryLanguage language, History history, Palette palette) : IEntryReader
{
    private readonly Renderer _renderer = new();

    /// <summary>What a paste brought beyond the first of its entries.</summary>
    private readonly Queue<string> _waiting = new();

    public string? Read()
    {
        if (_waiting.TryDequeue(out var next)) return next;
        console.Mode = TerminalMode.Editing;
        try
        {
            while (true)
                if (Edit(new Editor(language, history.Entries)) is not { } text) return null;
                else if (text.Length > 0) return Taken(text);
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
            console.Write(_renderer.Draw(Frame.Of(editor, language, hints.Current, palette, console.Size)));
            var input = console.Next();
            if (input.Kind == InputKind.End) return null;
            if (input.Kind == InputKind.Redraw) console.Write(_renderer.Erase(console.Size.Columns));
            if (input.Kind != InputKind.Key) continue;
            var before = editor.Buffer;
            var request = editor.Press(input.Key);
            if (editor.Buffer != before) hints.Follow(editor.Buffer);
            if (Finished(request, editor.Buffer) is { } end) return end.Entry;
        }
    }

    /// <summary>What a request does to the screen, and whether the entry is at its end by it.</summary>
    private (string? Entry, bool IsEnd)? Finished(Request request, TextBuffer buffer)
    {
        switch (request)
        {
            case Request.Take: return (Leave(buffer, "") is var text && string.IsNullOrWhiteSpace(text) ? "" : text, true);
            case Request.Drop: return (Leave(buffer, "^C")[..0], true);
            case Request.Quit: return (Leave(buffer, "")[..0] is var _ ? null : "", true);
            case Request.Clear: console.Write(_renderer.Clear()); break;
            case Request.Suspend:
                Leave(buffer, "");
                console.Suspend();
                break;
        }
        return null;
    }

    /// <summary>Shows the entry as it was taken, and goes below it.</summary>
    private string Leave(TextBuffer buffer, string after)
    {
        console.Write(_renderer.Draw(Frame.Finished(buffer, language, palette, console.Size.Columns, after)) + _renderer.Leave());
        return buffer.Text;
    }

    /// <summary>The first of the entries that a text is: one where no command is on a line of its own in it.</summary>
    private string Taken(string text)
    {
        history.Add(text);
        if (!text.Contains("\n:", StringComparison.Ordinal) && !(text.StartsWith(':') && text.Contains('\n', StringComparison.Ordinal))) return text;
        for (var entries = new PipedEntries(new StringReader(text)); entries.Read() is { } entry;) _waiting.Enqueue(entry);
        return _waiting.Dequeue();
    }
}
