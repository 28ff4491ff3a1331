namespace ProbLang.Cli.Repl;

/// <summary>What a key is, apart from the keys that are held with it.</summary>
internal enum KeyCode
{
    /// <summary>A character, which <see cref="Key.Text"/> holds; with Control the small letter.</summary>
    Character,

    /// <summary>A whole text at once, from the clipboard.</summary>
    Paste,
    Enter,
    Tab,
    Backspace,
    Delete,
    Escape,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,

    /// <summary>One that means nothing here.</summary>
    Other,
}

/// <summary>The keys that are held with another.</summary>
[Flags]
internal enum Held
{
    None = 0,
    Shift = 1,
    Alt = 2,
    Control = 4,
}

/// <summary>A key as it was pressed.</summary>
internal readonly record struct Key(KeyCode Code, Held Held = Held.None, string Text = "")
{
    public static Key Of(string text) => new(KeyCode.Character, Held.None, text);

    public static Key Control(char letter) => new(KeyCode.Character, Held.Control, letter.ToString());

    public static Key Alt(string text) => new(KeyCode.Character, Held.Alt, text);

    public static Key Paste(string text) => new(KeyCode.Paste, Held.None, text);
}
