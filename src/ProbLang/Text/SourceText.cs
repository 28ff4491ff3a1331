using System.Collections.Immutable;

namespace ProbLang.Text;

/// <summary>A run of characters in a source text, counted from 0 in UTF-16 units.</summary>
public readonly record struct Span(int Start, int Length)
{
    /// <summary>One past the last character.</summary>
    public int End => Start + Length;

    /// <summary>The smallest span that covers both.</summary>
    public static Span Cover(Span first, Span last) =>
        new(Math.Min(first.Start, last.Start), Math.Max(first.End, last.End) - Math.Min(first.Start, last.Start));
}

/// <summary>A file's text with its path, able to say on which line and column a character stands.</summary>
public sealed class SourceText
{
    private readonly int[] _lineStarts;

    /// <summary>The line that was last asked for: many messages about one very long line share its text.</summary>
    private volatile Tuple<int, string>? _lastLine;

    /// <summary>Takes the whole text of the file that <paramref name="path"/> names.</summary>
    public SourceText(string path, string content)
    {
        Path = path;
        Content = content;
        var starts = new List<int> { 0 };
        for (var i = 0; i < content.Length; i++)
            if (content[i] == '\n')
                starts.Add(i + 1);
        _lineStarts = [.. starts];
    }

    /// <summary>The path as the user gave it; shown in messages.</summary>
    public string Path { get; }

    /// <summary>The whole text.</summary>
    public string Content { get; }

    /// <summary>Where its first character stands in the common count of a model's files: 0 for the model's own, further on for those that it imports.</summary>
    internal int Start { get; init; }

    /// <summary>The files that the model imports, by where they start.</summary>
    internal ImmutableArray<SourceText> Imported { get; init; } = [];

    /// <summary>What stands at a span, be it of an imported file.</summary>
    internal string TextOf(Span span)
    {
        var file = FileOf(span);
        return file.Content.Substring(span.Start - file.Start, span.Length);
    }

    /// <summary>The place of a span, with the line it starts on.</summary>
    public Location Locate(Span span) => FileOf(span).LocateHere(span);

    /// <summary>Where a place that counts from 1 is among the characters.</summary>
    internal int OffsetOf(int line, int column) => Math.Min(_lineStarts[Math.Clamp(line, 1, _lineStarts.Length) - 1] + column - 1, Content.Length);

    /// <summary>The same text, counted from elsewhere.</summary>
    internal SourceText StartingAt(int start) => new(Path, Content) { Start = start };

    private SourceText FileOf(Span span) => Imported.LastOrDefault(f => f.Start <= span.Start) ?? this;

    private Location LocateHere(Span span)
    {
        var start = Math.Clamp(span.Start - Start, 0, Content.Length);
        var line = Array.BinarySearch(_lineStarts, start);
        if (line < 0) line = ~line - 1;
        var from = _lineStarts[line];
        var to = line + 1 < _lineStarts.Length ? _lineStarts[line + 1] - 1 : Content.Length;
        if (to > from && Content[to - 1] == '\r') to--;
        return new Location(Path, line + 1, start - from + 1, Math.Max(1, Math.Min(span.Length, to - start)), LineText(line, from, to));
    }

    private string LineText(int line, int from, int to)
    {
        if (_lastLine is { } last && last.Item1 == line) return last.Item2;
        var text = Content[from..to];
        _lastLine = Tuple.Create(line, text);
        return text;
    }
}

/// <summary>A place in a file, as a person reads it: line and column count from 1.</summary>
/// <param name="Path">The file as the user named it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column, from 1, in UTF-16 units.</param>
/// <param name="Length">How many characters the caret run covers, at least 1.</param>
/// <param name="LineText">The text of the line, without its end; null where there is none to show (data cells).</param>
public sealed record Location(string Path, int Line, int Column, int Length, string? LineText);
