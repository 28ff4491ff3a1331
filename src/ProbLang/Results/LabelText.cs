using System.Globalization;
using System.Text;
using ProbLang.Text;

namespace ProbLang.Results;

/// <summary>Labels, which may be any text, where they stand among other text.</summary>
internal static class LabelText
{
    /// <summary>Between the brackets of an element: as it is where that can be read, else in quotes.</summary>
    public static string InBrackets(string label) =>
        label.Length == 0 || char.IsWhiteSpace(label[0]) || char.IsWhiteSpace(label[^1]) || label.AsSpan().ContainsAny("[],\"\\") || label.Any(DiagnosticPrinter.IsInvisible) || label.Contains('\t', StringComparison.Ordinal)
            ? Quoted(label) : label;

    /// <summary>As a cell of a comma-separated table.</summary>
    public static string InCsv(string text) =>
        text.AsSpan().ContainsAny(",\"\r\n") || text.Length > 0 && (char.IsWhiteSpace(text[0]) || char.IsWhiteSpace(text[^1])) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static string Quoted(string label)
    {
        var text = new StringBuilder("\"");
        foreach (var c in label)
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\t' => text.Append("\\t"),
                _ when DiagnosticPrinter.IsInvisible(c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        return text.Append('"').ToString();
    }
}
