using System.Globalization;
using ProbLang.Editing;

namespace ProbLang.Cli.Repl;

/// <summary>How characters look.</summary>
/// <param name="Colour">The number of one of the sixteen colours as a terminal takes it (31 is red); 0 for the usual one.</param>
internal readonly record struct Style(int Colour = 0, bool Bold = false, bool Dim = false, bool Underlined = false, bool Reversed = false)
{
    public static Style Plain => default;

    /// <summary>What switches from the usual look to this one.</summary>
    public string Sequence
    {
        get
        {
            if (this == Plain) return "";
            var codes = new List<int>();
            if (Bold) codes.Add(1);
            if (Dim) codes.Add(2);
            if (Underlined) codes.Add(4);
            if (Reversed) codes.Add(7);
            if (Colour > 0) codes.Add(Colour);
            return $"\e[{string.Join(';', codes.Select(c => c.ToString(CultureInfo.InvariantCulture)))}m";
        }
    }
}

/// <summary>The colours in use: of the sixteen, so that they fit the theme of the terminal, light or dark; or none at all.</summary>
internal sealed record Palette(bool HasColours)
{
    private const int Red = 31, Green = 32, Blue = 34, Magenta = 35, Cyan = 36;

    /// <summary>None where the environment asks for none (no-color.org).</summary>
    public static Palette OfEnvironment() => new(Environment.GetEnvironmentVariable("NO_COLOR") is not { Length: > 0 });

    public static Style Prompt => new(Bold: true);

    public Style Continuation => new(Dim: HasColours);

    /// <summary>What is said under the entry.</summary>
    public Style Remark => new(Dim: HasColours);

    public Style Mistake => new(HasColours ? Red : 0);

    public static Style Chosen => new(Reversed: true);

    public Style Of(TextColour colour) => !HasColours ? Style.Plain : colour switch
    {
        TextColour.Keyword => new(Magenta),
        TextColour.Distribution => new(Cyan),
        TextColour.Function => new(Blue),
        TextColour.Type or TextColour.Text => new(Green),
        TextColour.Comment or TextColour.Documentation => new(Dim: true),
        TextColour.Mistake => new(Red),
        _ => Style.Plain,
    };
}
