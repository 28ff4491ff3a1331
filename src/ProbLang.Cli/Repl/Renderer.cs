using System.Globalization;
using System.Text;

namespace ProbLang.Cli.Repl;

/// <summary>What is sent to a terminal so that it shows one frame after another: the rows that differ, in one piece.</summary>
internal sealed class Renderer
{
    private Frame? _shown;

    /// <summary>What makes the next frame of what is on the screen.</summary>
    public string Draw(Frame next)
    {
        var text = new StringBuilder("\e[?25l");
        if (_shown is { } shown) Up(text, shown.CursorRow).Append('\r');
        for (var i = 0; i < next.Rows.Length; i++)
        {
            if (i > 0) text.Append("\r\n");
            // Cleared before it is written: after a row that is full the cursor still stands on its last cell.
            if (_shown is null || i >= _shown.Rows.Length || _shown.Rows[i] != next.Rows[i]) text.Append("\e[2K").Append(next.Rows[i].Sent);
        }
        if (_shown is { } before && before.Rows.Length > next.Rows.Length) text.Append("\r\n\e[J\e[1A");
        Up(text, next.Rows.Length - 1 - next.CursorRow).Append('\r');
        if (next.CursorColumn > 0) text.Append(CultureInfo.InvariantCulture, $"\e[{next.CursorColumn}C");
        _shown = next;
        return text.Append("\e[?25h").ToString();
    }

    /// <summary>What clears the screen, so that the next frame is drawn at its top.</summary>
    public string Clear()
    {
        _shown = null;
        return "\e[H\e[2J";
    }

    /// <summary>What takes the frame away from a screen that is as wide as this now: it has wrapped rows that no longer fit.</summary>
    public string Erase(int columns)
    {
        if (_shown is not { } shown) return "";
        _shown = null;
        var above = shown.Rows.Take(shown.CursorRow).Sum(r => Height(r.Width, columns)) + shown.CursorColumn / columns;
        return Up(new StringBuilder(), above).Append("\r\e[J").ToString();
    }

    /// <summary>What moves below the frame, which stays.</summary>
    public string Leave()
    {
        _shown = null;
        return "\r\n";
    }

    private static int Height(int width, int columns) => Math.Max(1, (width + columns - 1) / columns);

    private static StringBuilder Up(StringBuilder text, int rows) => rows > 0 ? text.Append(CultureInfo.InvariantCulture, $"\e[{rows}A") : text;
}
