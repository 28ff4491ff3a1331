using System.Globalization;
using System.Text;
using ProbLang.Cli.Repl;

namespace ProbLang.Cli.Tests.Repl;

/// <summary>The screen of a terminal, as far as ProbLang makes use of it. What it does not know is a mistake of who wrote it.</summary>
internal sealed class Screen
{
    private readonly record struct Cell(string Text, Style Style)
    {
        public static Cell Blank => new(" ", Style.Plain);
    }

    private readonly List<Cell[]> _gone = [];
    private List<Cell[]> _rows;
    private int _columns, _row, _column;
    private Style _style;
    private string _unfinished = "";

    /// <summary>After the last cell of a row the cursor stays on it until more is written.</summary>
    private bool _isPastEnd;

    public Screen(TerminalSize size)
    {
        _columns = size.Columns;
        _rows = [.. Enumerable.Range(0, size.Rows).Select(_ => NewRow())];
    }

    /// <summary>What came that no one would expect of it; null where nothing did.</summary>
    public string? Unknown { get; private set; }

    public bool ShowsCursor { get; private set; } = true;

    public (int Row, int Column) Cursor => (_row, _column);

    /// <summary>The character that the cursor is on.</summary>
    public string AtCursor => _rows[_row][_column].Text;

    /// <summary>Whether a paste would come as such.</summary>
    public bool TakesPastes { get; private set; }

    /// <summary>The rows from the top to the last that is not blank.</summary>
    public string Text => Dump(_rows, withCursor: false);

    /// <summary>The same with a mark where the cursor is.</summary>
    public string TextWithCursor => Dump(_rows, withCursor: true);

    /// <summary>Everything that was ever on it, what has left at the top too.</summary>
    public string Everything => Dump([.. _gone, .. _rows], withCursor: false);

    public void Feed(string sent)
    {
        var text = _unfinished + sent;
        _unfinished = "";
        for (var at = 0; at < text.Length;)
        {
            var length = text[at] == '\e' ? Sequence(text, at) : Character(text, at);
            if (length == 0)
            {
                _unfinished = text[at..];
                return;
            }
            at += length;
        }
    }

    /// <summary>Rows that are longer than the new width are cut in two, as most terminals do.</summary>
    public void Resize(TerminalSize size)
    {
        var lines = new List<Cell[]>();
        var (row, column) = (0, 0);
        for (var i = 0; i < _rows.Count; i++)
        {
            var used = Math.Max(_rows[i].AsSpan().LastIndexOfAnyExcept(Cell.Blank) + 1, 1);
            if (i == _row) (row, column) = (lines.Count + _column / size.Columns, _column % size.Columns);
            for (var start = 0; start < used; start += size.Columns) lines.Add(_rows[i][start..Math.Min(used, start + size.Columns)]);
        }
        while (lines.Count > Math.Max(size.Rows, row + 1) && lines[^1].All(c => c == Cell.Blank)) lines.RemoveAt(lines.Count - 1);
        var above = Math.Max(0, lines.Count - size.Rows);
        _columns = size.Columns;
        _rows = [.. lines.Skip(above).Select(line => (Cell[])[.. line, .. NewRow()[line.Length..]])];
        while (_rows.Count < size.Rows) _rows.Add(NewRow());
        (_row, _column, _isPastEnd) = (Math.Max(0, row - above), column, false);
    }

    /// <summary>
    /// The text, and under each row that has any looks these: a letter for the colour, and in the row below <c>b</c> for bold, <c>d</c> dim, <c>_</c> underlined, <c>#</c> reversed.
    /// </summary>
    public string TextWithLooks()
    {
        var text = new StringBuilder();
        foreach (var row in _rows.Take(_rows.FindLastIndex(r => r.Any(c => c != Cell.Blank)) + 1))
        {
            text.Append(TextOf(row)).Append('\n');
            foreach (var looks in (ReadOnlySpan<string>)[Looks(row, ColourOf), Looks(row, LookOf)])
                if (looks.Length > 0) text.Append(looks).Append('\n');
        }
        return text.ToString();
    }

    private static string Looks(Cell[] row, Func<Style, char> look) => string.Concat(row.Select(c => look(c.Style))).TrimEnd() is var looks && looks.Length > 0 ? looks : "";

    private static char ColourOf(Style style) => style.Colour == 0 ? ' ' : "krgybmcw"[style.Colour - 30];

    private static char LookOf(Style style) => (style.Bold, style.Dim, style.Underlined, style.Reversed) switch
    {
        (false, false, false, false) => ' ',
        (true, false, false, false) => 'b',
        (false, true, false, false) => 'd',
        (false, false, true, false) => '_',
        (false, false, false, true) => '#',
        _ => '+',
    };

    private string Dump(List<Cell[]> rows, bool withCursor)
    {
        var lines = rows.Select((row, i) => withCursor && i == _row ? $"{string.Concat(row.Take(_column).Select(c => c.Text))}▏{TextOf(row[_column..])}" : TextOf(row)).ToList();
        while (lines.Count > 0 && lines[^1].Length == 0) lines.RemoveAt(lines.Count - 1);
        return string.Concat(lines.Select(l => l.TrimEnd() + "\n"));
    }

    private static string TextOf(Cell[] row) => string.Concat(row.Select(c => c.Text)).TrimEnd();

    private Cell[] NewRow() => [.. Enumerable.Repeat(Cell.Blank, _columns)];

    private int Character(string text, int at)
    {
        if (!Rune.TryGetRuneAt(text, at, out var rune)) return text.Length - at == 1 && char.IsHighSurrogate(text[at]) ? 0 : Note("half a character", 1);
        switch (rune.Value)
        {
            case '\r': MoveTo(_row, 0); break;
            case '\n': LineFeed(); break;
            case < ' ' or (>= 0x7f and < 0xa0): return Note($"the control character {rune.Value:x2}", 1);
            default: Put(rune); break;
        }
        return rune.Utf16SequenceLength;
    }

    private void Put(Rune rune)
    {
        var width = Width(rune.Value);
        if (width == 0)
        {
            var before = _isPastEnd ? _column : Math.Max(0, _column - 1);
            if (_rows[_row][before].Text.Length == 0) before--;
            _rows[_row][before] = _rows[_row][before] with { Text = _rows[_row][before].Text + rune };
            return;
        }
        if (_isPastEnd || _column + width > _columns)
        {
            LineFeed();
            MoveTo(_row, 0);
        }
        _rows[_row][_column] = new Cell(rune.ToString(), _style);
        if (width == 2) _rows[_row][_column + 1] = new Cell("", _style);
        _isPastEnd = _column + width >= _columns;
        _column = Math.Min(_column + width, _columns - 1);
    }

    /// <summary>What the tests write: not the table that it is to check.</summary>
    private static int Width(int value) => value switch
    {
        (>= 0x300 and <= 0x36f) or (>= 0x200b and <= 0x200f) or (>= 0xfe00 and <= 0xfe0f) => 0,
        (>= 0x1100 and <= 0x115f) or (>= 0x2e80 and <= 0xa4cf) or (>= 0xac00 and <= 0xd7a3) or (>= 0xff00 and <= 0xff60) or (>= 0x1f300 and <= 0x1f64f) => 2,
        _ => 1,
    };

    private void LineFeed()
    {
        _isPastEnd = false;
        if (_row < _rows.Count - 1)
        {
            _row++;
            return;
        }
        _gone.Add(_rows[0]);
        _rows.RemoveAt(0);
        _rows.Add(NewRow());
    }

    private void MoveTo(int row, int column) => (_row, _column, _isPastEnd) = (Math.Clamp(row, 0, _rows.Count - 1), Math.Clamp(column, 0, _columns - 1), false);

    /// <summary>How long a control sequence is, 0 where its end is not there yet.</summary>
    private int Sequence(string text, int at)
    {
        if (at + 1 >= text.Length) return 0;
        if (text[at + 1] != '[') return Note($"escape {text[at + 1]}", 2);
        var end = at + 2;
        while (end < text.Length && text[end] is < '@' or > '~') end++;
        if (end == text.Length) return 0;
        Act(text[(at + 2)..end], text[end]);
        return end + 1 - at;
    }

    private void Act(string parameters, char final)
    {
        var n = int.TryParse(parameters, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        switch (final)
        {
            case 'A': MoveTo(_row - n, _column); break;
            case 'C': MoveTo(_row, _column + n); break;
            case 'H' when parameters.Length == 0: MoveTo(0, 0); break;
            case 'J' when parameters.Length == 0: Erase(_row, _column); break;
            case 'J' when parameters == "2": Erase(0, 0); break;
            case 'K' when parameters == "2": Array.Fill(_rows[_row], Cell.Blank); break;
            case 'm': Look(parameters); break;
            case 'h' or 'l' when parameters is "?25": ShowsCursor = final == 'h'; break;
            case 'h' or 'l' when parameters is "?2004": TakesPastes = final == 'h'; break;
            default: Note($"escape [{parameters}{final}", 0); break;
        }
    }

    private void Erase(int row, int column)
    {
        Array.Fill(_rows[row], Cell.Blank, column, _columns - column);
        foreach (var below in _rows.Skip(row + 1)) Array.Fill(below, Cell.Blank);
        _isPastEnd = false;
    }

    private void Look(string parameters)
    {
        foreach (var code in parameters.Split(';'))
            _style = code switch
            {
                "" or "0" => Style.Plain,
                "1" => _style with { Bold = true },
                "2" => _style with { Dim = true },
                "4" => _style with { Underlined = true },
                "7" => _style with { Reversed = true },
                ['3', >= '0' and <= '7'] => _style with { Colour = int.Parse(code, CultureInfo.InvariantCulture) },
                _ => Unnamed(code),
            };
    }

    private Style Unnamed(string code)
    {
        Note($"the look {code}", 0);
        return _style;
    }

    private int Note(string unknown, int length)
    {
        Unknown ??= unknown;
        return length;
    }
}
