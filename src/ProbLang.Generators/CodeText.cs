using System.Text;

namespace ProbLang.Generators;

/// <summary>C# while it is written, indented by its braces.</summary>
internal sealed class CodeText
{
    private readonly StringBuilder _text = new();
    private int _depth;

    public void Line(string line = "") => _text.Append(line.Length > 0 ? new string(' ', 4 * _depth) : "").Append(line).Append('\n');

    public void Open(string line)
    {
        Line(line);
        Line("{");
        _depth++;
    }

    public void Close(string after = "")
    {
        _depth--;
        Line("}" + after);
    }

    /// <summary>A documentation comment, of what a modeller wrote too.</summary>
    public void Summary(params IEnumerable<string> lines)
    {
        string[] all = [.. lines.SelectMany(l => l.ReplaceLineEndings("\n").Split('\n')).Select(Escaped)];
        if (all is [var only]) Line($"/// <summary>{only}</summary>");
        else
        {
            Line("/// <summary>");
            foreach (var line in all) Line($"/// {line}".TrimEnd());
            Line("/// </summary>");
        }
    }

    public override string ToString() => _text.ToString();

    private static string Escaped(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
