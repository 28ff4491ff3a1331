using System.Diagnostics;
using System.Text;

namespace ProbLang.Syntax.Formatting;

/// <summary>Writes layouts as lines of at most <see cref="Width"/> characters, where that can be.</summary>
internal sealed class LayoutWriter
{
    public const int Width = 100;

    private const int Step = 2;

    private readonly StringBuilder _text = new();
    private readonly Stack<(Layout Layout, int Indent, bool IsFlat)> _open = new();
    private int _column;
    private int _lineIndent;
    private bool _lineIsOver;

    public override string ToString() => _text.ToString();

    public void BlankLine() => _text.Append('\n');

    /// <summary>Writes a layout as a line, or as several.</summary>
    public void Line(Layout layout, int indent)
    {
        StartLine(indent * Step);
        _open.Push((layout, indent * Step, false));
        while (_open.TryPop(out var next)) Write(next.Layout, next.Indent, next.IsFlat);
        EndLine();
    }

    private void Write(Layout layout, int indent, bool isFlat)
    {
        switch (layout)
        {
            case Word { Text: "" }:
            case Word { Text: " " } when _lineIsOver:
                break;
            case Word word:
                if (_lineIsOver) NewLine(indent);
                Append(word.Text);
                break;
            case Comment comment:
                if (comment.BeginsLine && !AtLineStart || _lineIsOver) NewLine(indent);
                Append(AtLineStart ? comment.Text : $" {comment.Text}");
                _lineIsOver = true;
                break;
            case Break when !isFlat:
                NewLine(indent);
                break;
            case Break { IsSpace: true }:
                if (!_lineIsOver) Append(" ");
                break;
            case Break:
                break;
            case Group group:
                _open.Push((group.Content, indent, !group.MustBreak && Fits(group.Content, _lineIsOver ? indent : _column)));
                break;
            case Indented indented:
                _open.Push((indented.Content, indent + Step, isFlat));
                break;
            case Row row:
                for (var i = row.Parts.Count - 1; i >= 0; i--) _open.Push((row.Parts[i], indent, isFlat));
                break;
            default:
                throw new UnreachableException(layout.GetType().Name);
        }
    }

    private bool AtLineStart => _column == _lineIndent;

    private void Append(string text)
    {
        _text.Append(text);
        _column += text.Length;
    }

    private void NewLine(int indent)
    {
        EndLine();
        StartLine(indent);
    }

    private void EndLine()
    {
        while (_text[^1] == ' ') _text.Length--;
        _text.Append('\n');
    }

    private void StartLine(int indent)
    {
        _text.Append(' ', indent);
        (_column, _lineIndent, _lineIsOver) = (indent, indent, false);
    }

    /// <summary>Whether a layout fits on the line from a column on, with what must follow it there.</summary>
    private bool Fits(Layout layout, int column)
    {
        var left = Width - column;
        var look = new Stack<(Layout Layout, bool IsFlat)>([(layout, true)]);
        using var rest = _open.GetEnumerator();
        while (left >= 0)
        {
            if (!look.TryPop(out var next))
            {
                if (!rest.MoveNext()) return true;
                next = (rest.Current.Layout, rest.Current.IsFlat);
            }
            switch (next.Layout)
            {
                case Word word:
                    left -= word.Text.Length;
                    break;
                case Comment:
                    return true;
                case Break when !next.IsFlat:
                    return true;
                case Break { IsSpace: true }:
                    left--;
                    break;
                case Row row:
                    for (var i = row.Parts.Count - 1; i >= 0; i--) look.Push((row.Parts[i], next.IsFlat));
                    break;
                case Group group:
                    look.Push((group.Content, next.IsFlat && !group.MustBreak));
                    break;
                case Indented indented:
                    look.Push((indented.Content, next.IsFlat));
                    break;
            }
        }
        return false;
    }
}
