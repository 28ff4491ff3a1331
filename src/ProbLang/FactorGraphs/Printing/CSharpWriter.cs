using System.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Writes lines of a program, indented by the blocks that are open.</summary>
internal sealed class CSharpWriter
{
    /// <summary>Where lines of numbers are wrapped.</summary>
    public const int Width = 120;

    private readonly StringBuilder _text = new();
    private int _depth;
    private bool _wantsSpace;

    public int Indent => 4 * _depth;

    public void Line(string text)
    {
        if (_wantsSpace) _text.Append('\n');
        _wantsSpace = false;
        _text.Append(' ', Indent).Append(text).Append('\n');
    }

    /// <summary>A statement: where it is too long for a line, with an argument of its first call to each line.</summary>
    public void Statement(string text)
    {
        var arguments = CallArguments.Of(text);
        if (Indent + text.Length <= Width || arguments.Length < 2)
        {
            Line(text);
            return;
        }
        Line(text[..arguments[0].Start]);
        foreach (var argument in arguments[..^1]) Line("    " + text[argument.Start..argument.End].Trim());
        Line("    " + text[arguments[^1].Start..].Trim());
    }

    /// <summary>An empty line before what comes next, unless that opens a block.</summary>
    public void Space() => _wantsSpace = _text.Length > 0 && !EndsWith("{\n");

    public void Open()
    {
        Line("{");
        _depth++;
    }

    public void Close(string end = "}")
    {
        _wantsSpace = false;
        _depth--;
        Line(end);
    }

    /// <summary>A comment of one line, whatever the text has in it.</summary>
    public void Comment(string text) => Line("// " + string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)));

    /// <summary>Texts in braces: in one line if they fit, else as many to a line as do.</summary>
    public void Listed(string before, IReadOnlyList<string> items, string after)
    {
        var line = items.Count == 0 ? $"{before} {{ }}{after}" : $"{before} {{ {string.Join(", ", items)} }}{after}";
        if (Indent + line.Length <= Width)
        {
            Line(line);
            return;
        }
        Line(before);
        Open();
        Wrapped(items);
        Close("}" + after);
    }

    private void Wrapped(IReadOnlyList<string> items)
    {
        var line = new StringBuilder();
        foreach (var item in items)
        {
            if (line.Length > 0 && Indent + line.Length + item.Length + 2 > Width)
            {
                Line(line.ToString());
                line.Clear();
            }
            line.Append(line.Length > 0 ? " " : "").Append(item).Append(',');
        }
        if (line.Length > 0) Line(line.ToString());
    }

    public override string ToString() => _text.ToString();

    private bool EndsWith(string end) => _text.Length >= end.Length && _text.ToString(_text.Length - end.Length, end.Length) == end;
}
