using System.Globalization;
using System.Text;

namespace ProbLang.Text;

/// <summary>Lays a diagnostic out as text: place, id, sentence, line, carets, remedy.</summary>
internal static class DiagnosticPrinter
{
    private const int WidestLine = 120;

    public static string Print(Diagnostic diagnostic)
    {
        var text = new StringBuilder();
        var place = diagnostic.Location;
        if (place is not null) text.Append(Place(place)).Append(": ");
        text.Append(diagnostic.Severity == Severity.Error ? "error " : "warning ").Append(diagnostic.Id).Append(": ").Append(Escape(diagnostic.Message));
        if (place is not null) AppendLine(text, place);
        foreach (var (note, location) in diagnostic.Related)
        {
            text.Append("\n  ").Append(Place(location)).Append(": ").Append(Escape(note));
            AppendLine(text, location);
        }
        if (diagnostic.Remedy is not null) text.Append("\n  = ").Append(Escape(diagnostic.Remedy));
        return text.ToString();
    }

    private static string Place(Location place) =>
        string.Create(CultureInfo.InvariantCulture, $"{Escape(place.Path)}:{place.Line}:{place.Column}");

    private static void AppendLine(StringBuilder text, Location place)
    {
        if (place.LineText is not { } line) return;
        var from = 0;
        var column = place.Column - 1;
        // A very long line is shown as the part around the mistake.
        if (line.Length > WidestLine) from = Math.Clamp(column - WidestLine / 2, 0, line.Length - WidestLine);
        var shown = line.Substring(from, Math.Min(WidestLine, line.Length - from));
        var number = place.Line.ToString(CultureInfo.InvariantCulture);
        text.Append("\n  ").Append(number).Append(" | ").Append(from > 0 ? "…" : "").Append(EscapeKeepingWidth(shown));
        var carets = Math.Max(1, Math.Min(place.Length, shown.Length - (column - from)));
        text.Append("\n  ").Append(' ', number.Length).Append(" | ").Append(' ', column - from + (from > 0 ? 1 : 0)).Append('^', carets);
    }

    /// <summary>Control characters, bidirectional ones included, are shown as escapes, so that a message cannot lie.</summary>
    public static string Escape(string text)
    {
        if (!text.Any(IsInvisible)) return text;
        var escaped = new StringBuilder();
        foreach (var c in text)
            if (IsInvisible(c) && c != '\n') escaped.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else escaped.Append(c);
        return escaped.ToString();
    }

    private static string EscapeKeepingWidth(string line) =>
        string.Concat(line.Select(c => c == '\t' ? ' ' : IsInvisible(c) ? '\uFFFD' : c));

    internal static bool IsInvisible(char c) =>
        char.IsControl(c) && c != '\t' || char.GetUnicodeCategory(c) == UnicodeCategory.Format;
}
