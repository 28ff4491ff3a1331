using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using ProbLang.Text;

namespace ProbLang.Datasets;

/// <summary>
/// The rows of a table, one after the other. A blank line is no row, except in a table of one column, where it is a missing
/// cell if a row follows.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private readonly DataBytes _bytes;
    private readonly CsvParser _parser;
    private readonly char _delimiter;
    private int _columns;
    private int _blanks;
    private bool _held;
    private int _linesBefore;

    public CsvRows(DataBytes bytes, string delimiter)
    {
        _bytes = bytes;
        _delimiter = delimiter[0];
        _parser = new CsvParser(bytes.OpenText(), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            IgnoreBlankLines = false,
            BadDataFound = null,
        });
    }

    public int Count => IsBlank ? 1 : _parser.Count;

    public bool IsBlank { get; private set; }

    public ReadOnlySpan<char> this[int column] => IsBlank ? [] : _parser[column].AsSpan().Trim();

    /// <summary>The first line that is not blank.</summary>
    public string[]? ReadHeaders()
    {
        while (ReadRecord())
            if (!IsBlankRecord())
            {
                _columns = _parser.Count;
                return [.. _parser.Record!.Select(h => h.Trim())];
            }
        return null;
    }

    public bool Read()
    {
        if (!_held)
            while (true)
            {
                if (!ReadRecord()) return false;
                if (!IsBlankRecord()) break;
                if (_columns == 1) _blanks++;
            }
        // The record just read waits until the blank lines before it have been given.
        IsBlank = _held = _blanks > 0;
        if (IsBlank) _blanks--;
        return true;
    }

    /// <summary>The place of a cell of the present row; of the whole row where there is no such cell.</summary>
    public Location Place(int column)
    {
        var record = _parser.RawRecord.AsSpan().TrimEnd("\r\n");
        var (from, length) = column < _parser.Count ? Field(record, column) : (0, record.Length);
        var before = record[..from];
        var lineStart = before.LastIndexOf('\n') + 1;
        var rest = record[lineStart..];
        var end = rest.IndexOf('\n');
        if (end >= 0) rest = rest[..end];
        return new Location(_bytes.Path, 1 + _linesBefore + before.Count('\n'), 1 + from - lineStart,
            Math.Max(1, Math.Min(length, lineStart + rest.Length - from)), rest.TrimEnd('\r').ToString());
    }

    public void Dispose() => _parser.Dispose();

    private bool ReadRecord()
    {
        _linesBefore = _parser.RawRow;
        return _parser.Read();
    }

    private bool IsBlankRecord() => _parser.Count == 1 && _parser[0].Length == 0 && _parser.RawRecord.AsSpan().Trim("\r\n").IsEmpty;

    private (int From, int Length) Field(ReadOnlySpan<char> record, int column)
    {
        var quoted = false;
        var from = 0;
        for (var i = 0; i <= record.Length; i++)
            if (i < record.Length && record[i] == '"') quoted = !quoted;
            else if (i == record.Length || record[i] == _delimiter && !quoted)
            {
                if (column-- == 0) return (from, i - from);
                from = i + 1;
            }
        return (0, record.Length);
    }
}
