using System.Globalization;
using System.Text;

namespace ProbLang.Syntax;

/// <summary>Which characters may stand where.</summary>
internal static class Characters
{
    /// <summary>Characters that show nothing and so could make a file read otherwise than it looks: controls, formats, fillers, variation selectors.</summary>
    public static bool IsInvisible(Rune rune) => rune.Value switch
    {
        '\t' or '\n' or '\r' => false,
        >= ' ' and <= '~' => false,
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x3164 or 0xFFA0 or (>= 0xFE00 and <= 0xFE0F) => true,
        >= 0xE0000 and <= 0xE0FFF => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or
            UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse,
    };

    public static bool StartsName(Rune rune) => rune.IsAscii ? char.IsAsciiLetter((char)rune.Value) || rune.Value == '_' : Rune.IsLetter(rune) && !IsInvisible(rune);

    /// <summary>Combining marks go with the letter before them, so that a name in decomposed form is one name.</summary>
    public static bool ContinuesName(Rune rune) => rune.IsAscii
        ? char.IsAsciiLetterOrDigit((char)rune.Value) || rune.Value == '_'
        : !IsInvisible(rune) && (Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) is
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark);

    public static bool IsName(string text)
    {
        if (!StartsName(At(text, 0))) return false;
        foreach (var rune in text.EnumerateRunes())
            if (!ContinuesName(rune))
                return false;
        return true;
    }

    /// <summary>The character at a place; half of a surrogate pair that stands alone counts as the replacement character.</summary>
    public static Rune At(string text, int index)
    {
        Rune.DecodeFromUtf16(text.AsSpan(index), out var rune, out _);
        return rune;
    }
}
