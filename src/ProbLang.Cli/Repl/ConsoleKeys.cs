namespace ProbLang.Cli.Repl;

/// <summary>Keys as <see cref="Console.ReadKey()"/> gives them.</summary>
internal static class ConsoleKeys
{
    public static Key Of(ConsoleKeyInfo info)
    {
        var held = ((info.Modifiers & ConsoleModifiers.Shift) != 0 ? Held.Shift : 0) | ((info.Modifiers & ConsoleModifiers.Alt) != 0 ? Held.Alt : 0)
            | ((info.Modifiers & ConsoleModifiers.Control) != 0 ? Held.Control : 0);
        return Named(info.Key) is { } code ? new Key(code, held) : Character(info, held);
    }

    /// <summary>A character is typed with Shift, or with Ctrl and Alt together, which are AltGr: it is what it is.</summary>
    private static Key Character(ConsoleKeyInfo info, Held held) => info.KeyChar switch
    {
        '\0' => new(KeyCode.Other),
        // Below the blank stand Ctrl and a letter, or one of the signs after Z.
        < ' ' => new(KeyCode.Character, Held.Control | (held & Held.Alt), info.KeyChar <= 26 ? ((char)('a' + info.KeyChar - 1)).ToString() : ((char)(info.KeyChar + 0x40)).ToString()),
        _ => new(KeyCode.Character, held is Held.Alt or (Held.Alt | Held.Shift) ? Held.Alt : Held.None, info.KeyChar.ToString()),
    };

    private static KeyCode? Named(ConsoleKey key) => key switch
    {
        ConsoleKey.Enter => KeyCode.Enter,
        ConsoleKey.Tab => KeyCode.Tab,
        ConsoleKey.Backspace => KeyCode.Backspace,
        ConsoleKey.Delete => KeyCode.Delete,
        ConsoleKey.Escape => KeyCode.Escape,
        ConsoleKey.UpArrow => KeyCode.Up,
        ConsoleKey.DownArrow => KeyCode.Down,
        ConsoleKey.LeftArrow => KeyCode.Left,
        ConsoleKey.RightArrow => KeyCode.Right,
        ConsoleKey.Home => KeyCode.Home,
        ConsoleKey.End => KeyCode.End,
        ConsoleKey.PageUp => KeyCode.PageUp,
        ConsoleKey.PageDown => KeyCode.PageDown,
        _ => null,
    };
}
