using System.Globalization;
using System.Numerics;
using System.Text;

namespace ProbLang.Syntax;

/// <summary>Numbers and strings as they are written in a model, both ways.</summary>
internal static class Literals
{
    /// <summary>The value of a well-formed number; infinite when it is too large.</summary>
    public static double Number(ReadOnlySpan<char> text) =>
        double.Parse(text.Contains('_') ? text.ToString().Replace("_", "", StringComparison.Ordinal) : text, NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The shortest text that reads as the same number, with a point or an exponent where it is not an integer.</summary>
    public static string Write(NumberExpr number)
    {
        if (number.IsInteger) return new BigInteger(number.Value).ToString(CultureInfo.InvariantCulture);
        var text = Write(number.Value);
        return text.AsSpan().ContainsAny('.', 'e') ? text : text + ".0";
    }

    /// <summary>The shortest text that reads as the same number.</summary>
    public static string Write(double value) => value.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');

    /// <summary>The character that a backslash and this one mean, or null.</summary>
    public static char? Unescape(char c) => c switch
    {
        '"' or '\\' => c,
        'n' => '\n',
        't' => '\t',
        _ => null,
    };

    /// <summary>The text between the quotes of a well-formed string.</summary>
    public static string Text(string quoted)
    {
        var inner = quoted[1..^1];
        if (!inner.Contains('\\')) return inner;
        var text = new StringBuilder();
        for (var i = 0; i < inner.Length; i++)
            text.Append(inner[i] == '\\' && i + 1 < inner.Length ? Unescape(inner[++i]) ?? inner[i] : inner[i]);
        return text.ToString();
    }

    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal)}\"";
}
