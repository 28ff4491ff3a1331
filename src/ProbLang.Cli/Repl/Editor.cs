using System.Collections.Immutable;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>What a key asks for beyond the entry.</summary>
internal enum Request
{
    None,

    /// <summary>The entry is finished.</summary>
    Take,

    /// <summary>The entry is dropped.</summary>
    Drop,

    /// <summary>The session is to end.</summary>
    Quit,

    /// <summary>The screen is to be cleared around the entry.</summary>
    Clear,

    /// <summary>The process is to be stopped until the shell wakes it.</summary>
    Suspend,
}

/// <summary>One entry from its first key to its last: editing, earlier entries, searching them, and the menu of completions. Knows no terminal.</summary>
/// <param name="language">What is known of entries.</param>
/// <param name="earlier">The entries before, the latest at the end.</param>
internal sealed class Editor(EntryLanguage language, ImmutableArray<string> earlier)
{
    private EditState _state = EditState.Empty;
    private HistoryWalk? _walk;

    public TextBuffer Buffer => Menu?.Shown ?? Search?.Shown(earlier) ?? _state.Buffer;

    /// <summary>The completions that are offered; null where none are.</summary>
    public CompletionMenu? Menu { get; private set; }

    /// <summary>The search that goes on; null where none does.</summary>
    public ReverseSearch? Search { get; private set; }

    /// <summary>Where the text matches what is searched for.</summary>
    public (int Start, int Length) Match => Search?.Match(earlier) ?? (0, 0);

    /// <summary>What a key asks for; the entry has changed as it says.</summary>
    public Request Press(Key key)
    {
        if (Search is not null && PressInSearch(key)) return Request.None;
        if (Menu is not null && PressInMenu(key)) return Request.None;
        return key switch
        {
            { Code: KeyCode.Enter } => Enter(key),
            { Code: KeyCode.Tab, Held: Held.None } => Complete(),
            { Code: KeyCode.Up } or { Held: Held.Control, Text: "p" } => Vertically(-1),
            { Code: KeyCode.Down } or { Held: Held.Control, Text: "n" } => Vertically(1),
            { Code: KeyCode.PageUp } => Walk(-1),
            { Code: KeyCode.PageDown } => Walk(1),
            { Held: Held.Control, Text: var letter } => Control(key, letter),
            _ => Edit(key),
        };
    }

    private Request Control(Key key, string letter) => letter switch
    {
        "c" => Request.Drop,
        "d" when _state.Buffer.IsEmpty => Request.Quit,
        "l" => Request.Clear,
        "z" => Request.Suspend,
        "r" => Begin(ReverseSearch.From(_state.Buffer, earlier)),
        _ => Edit(key),
    };

    private Request Edit(Key key)
    {
        key = Outdented(key);
        if (EditingKeys.Apply(_state, key) is not { } next) return Request.None;
        if (next.Buffer.Text != _state.Buffer.Text) _walk = null;
        _state = next;
        return Request.None;
    }

    /// <summary>A brace that closes a block stands as far left as the block began: the blanks before it on a line of its own go.</summary>
    private Key Outdented(Key key)
    {
        var buffer = _state.Buffer;
        if (key != Key.Of("}") || buffer.LineStart == 0 || buffer.Cursor == buffer.LineStart || !string.IsNullOrWhiteSpace(buffer.Text[buffer.LineStart..buffer.LineEnd])) return key;
        _state = _state.Delete(buffer.LineStart, buffer.LineEnd);
        return Key.Of(new string(' ', 2 * Math.Max(0, Brackets.Depth(_state.Buffer.Text) - 1)) + "}");
    }

    /// <summary>Takes a finished entry; goes on in an unfinished one, unless the line is blank, as one presses Enter twice to be done with it.</summary>
    private Request Enter(Key key)
    {
        var buffer = _state.Buffer;
        var insists = buffer.LineStart > 0 && buffer.LineEnd == buffer.Text.Length && string.IsNullOrWhiteSpace(buffer.Text[buffer.LineStart..]);
        if (key.Held == Held.None && (insists || !language.IsUnfinished(buffer.Text)))
        {
            _state = _state.Move(buffer.Text.Length);
            return Request.Take;
        }
        _state = _state.Change(buffer.Insert("\n" + new string(' ', 2 * Brackets.Depth(buffer.BeforeCursor))));
        _walk = null;
        return Request.None;
    }

    private Request Vertically(int lines)
    {
        if (_state.Vertically(lines) is { } moved)
        {
            _state = moved;
            return Request.None;
        }
        return Walk(lines);
    }

    private Request Walk(int direction)
    {
        if ((_walk ?? HistoryWalk.From(_state.Buffer, earlier)).Step(direction, earlier) is not { } walk) return Request.None;
        _walk = walk.Index == earlier.Length ? null : walk;
        _state = _state.Change(walk.Shown(earlier));
        return Request.None;
    }

    private Request Begin(ReverseSearch search)
    {
        Search = search;
        return Request.None;
    }

    /// <summary>Whether the search has to do with the key; any other ends it, with what it found, and does what it does.</summary>
    private bool PressInSearch(Key key)
    {
        var search = key switch
        {
            { Held: Held.Control, Text: "r" } => Search!.Further(-1, earlier),
            { Held: Held.Control, Text: "s" } => Search!.Further(1, earlier),
            { Code: KeyCode.Backspace } => Search!.Erase(earlier),
            { Code: KeyCode.Character, Held: Held.None } => Search!.Type(key.Text, earlier),
            { Code: KeyCode.Paste } => Search!.Type(key.Text.ReplaceLineEndings(" "), earlier),
            _ => null,
        };
        if (search is null) return Leave(key);
        Search = search;
        return true;
    }

    private bool Leave(Key key)
    {
        var gaveUp = key is { Held: Held.Control, Text: "g" or "c" };
        if (!gaveUp) _state = _state.Change(Search!.Shown(earlier));
        (Search, _walk) = (null, null);
        return gaveUp || key.Code == KeyCode.Escape;
    }

    private Request Complete()
    {
        var buffer = _state.Buffer;
        // Where nothing but blanks stands before it in a further line, Tab moves to the right, as it does in a file.
        if (buffer.LineStart > 0 && string.IsNullOrWhiteSpace(buffer.Text[buffer.LineStart..buffer.Cursor])) return Edit(Key.Of("  "));
        var list = Offered(buffer);
        if (list.Items.IsEmpty) return Request.None;
        var menu = new CompletionMenu(buffer, list);
        if (list.Items.Length == 1) _state = _state.Change(menu.Step(1).Shown);
        else OpenMenu(menu);
        return Request.None;
    }

    /// <summary>The ways to go on that begin as what is typed; where there are none, those that have its letters otherwise.</summary>
    private CompletionList Offered(TextBuffer buffer)
    {
        var list = language.Complete(buffer.Text, buffer.Cursor);
        var typed = buffer.Text.Substring(list.Start, list.Length);
        var begun = list.Items.RemoveAll(i => !i.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase));
        return begun.IsEmpty ? list : list with { Items = begun };
    }

    private void OpenMenu(CompletionMenu menu)
    {
        var common = menu.WithCommonBeginning();
        if (common != menu.Before)
        {
            _state = _state.Change(common);
            menu = new CompletionMenu(common, Offered(common));
        }
        Menu = menu.Items.Length > 1 ? menu : null;
    }

    /// <summary>Whether the menu has to do with the key; any other closes it, with the choice, and does what it does.</summary>
    private bool PressInMenu(Key key)
    {
        var menu = key switch
        {
            { Code: KeyCode.Tab, Held: Held.Shift } or { Code: KeyCode.Up } or { Held: Held.Control, Text: "p" } => Menu!.Step(-1),
            { Code: KeyCode.Tab } or { Code: KeyCode.Down } or { Held: Held.Control, Text: "n" } => Menu!.Step(1),
            _ => null,
        };
        var chosen = Menu!.Selected >= 0;
        var closes = key is { Code: KeyCode.Escape } or { Held: Held.Control, Text: "g" };
        if (menu is null && !closes) _state = _state.Change(Menu.Shown);
        Menu = menu;
        return menu is not null || closes || (chosen && key.Code == KeyCode.Enter) || (!chosen && Narrowed(key));
    }

    /// <summary>Before a choice is made the menu follows what is typed.</summary>
    private bool Narrowed(Key key)
    {
        if (key is not ({ Code: KeyCode.Character, Held: Held.None } or { Code: KeyCode.Backspace, Held: Held.None })) return false;
        Edit(key);
        if (key.Code == KeyCode.Character && !(char.IsLetterOrDigit(key.Text[0]) || key.Text[0] is '_' or '/' or '.')) return true;
        var list = Offered(_state.Buffer);
        Menu = list is { Items.Length: > 0, Length: > 0 } ? new CompletionMenu(_state.Buffer, list) : null;
        return true;
    }
}
