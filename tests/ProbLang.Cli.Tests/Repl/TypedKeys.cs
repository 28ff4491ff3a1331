namespace ProbLang.Cli.Tests.Repl;

/// <summary>What a terminal sends for a key by the name that transcripts give it: <c>Tab</c>, <c>C-r</c>, <c>M-f</c>, <c>Up</c>.</summary>
internal static class TypedKeys
{
    public static string Sent(string key) => key switch
    {
        "Enter" => "\r",
        "M-Enter" => "\e\r",
        "Tab" => "\t",
        "S-Tab" => "\e[Z",
        "Backspace" => "\x7f",
        "M-Backspace" => "\e\x7f",
        "Delete" => "\e[3~",
        "Escape" => "\e",
        "Up" => "\e[A",
        "Down" => "\e[B",
        "Right" => "\e[C",
        "Left" => "\e[D",
        "C-Right" => "\e[1;5C",
        "C-Left" => "\e[1;5D",
        "Home" => "\e[H",
        "End" => "\eOF",
        "C-_" => "\x1f",
        ['C', '-', >= 'a' and <= 'z'] => ((char)(key[2] - 'a' + 1)).ToString(),
        ['M', '-', _] => "\e" + key[2],
        _ => throw new FormatException($"there is no key {key}"),
    };
}
