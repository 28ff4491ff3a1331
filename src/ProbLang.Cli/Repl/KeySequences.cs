using System.Globalization;

namespace ProbLang.Cli.Repl;

/// <summary>What the control sequences of xterm, and of terminals that follow it, mean.</summary>
internal static class KeySequences
{
    /// <summary>A sequence by its parameters and its last character: <c>1;5</c> and <c>C</c> are Ctrl-Right.</summary>
    public static Key Of(string parameters, char final)
    {
        var numbers = parameters.Split(';');
        var code = final == '~' ? Numbered(numbers[0]) : Final(final);
        var held = numbers.Length > 1 && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? (Held)((n - 1) & 7) : Held.None;
        return final == 'Z' ? new Key(KeyCode.Tab, Held.Shift) : new Key(code, code == KeyCode.Other ? Held.None : held);
    }

    /// <summary>The keys that a letter names, after <c>ESC [</c> and after <c>ESC O</c>.</summary>
    public static KeyCode Final(char letter) => letter switch
    {
        'A' => KeyCode.Up,
        'B' => KeyCode.Down,
        'C' => KeyCode.Right,
        'D' => KeyCode.Left,
        'H' => KeyCode.Home,
        'F' => KeyCode.End,
        'M' => KeyCode.Enter,
        _ => KeyCode.Other,
    };

    private static KeyCode Numbered(string number) => number switch
    {
        "1" or "7" => KeyCode.Home,
        "3" => KeyCode.Delete,
        "4" or "8" => KeyCode.End,
        "5" => KeyCode.PageUp,
        "6" => KeyCode.PageDown,
        _ => KeyCode.Other,
    };
}
