namespace ProbLang.Syntax;

/// <summary>Collects <c>///</c> lines: a paragraph at the top that a blank line follows belongs to the file, every other one to the next statement.</summary>
internal sealed class DocumentationReader(string text)
{
    private const int OfFile = -1;

    private readonly List<string> _paragraphs = [];
    private int _end;

    /// <summary>The texts by the index of the token they stand before; the file's own at -1.</summary>
    public Dictionary<int, string> ByToken { get; } = [];

    /// <summary>A comment from its slashes to the end of its line.</summary>
    public void Add(int start, int end)
    {
        var line = text.AsSpan((start + 3)..end).TrimEnd();
        if (line.StartsWith(" ")) line = line[1..];
        if (_paragraphs.Count > 0 && LinesTo(start) == 1) _paragraphs[^1] = $"{_paragraphs[^1]}\n{line}";
        else _paragraphs.Add(line.ToString());
        _end = end;
    }

    /// <summary>What has been collected stands before the token of that index, which starts at that place.</summary>
    public void AttachTo(int token, int start)
    {
        if (_paragraphs.Count == 0) return;
        var ofFile = token == 0 && (_paragraphs.Count > 1 || LinesTo(start) > 1);
        if (ofFile) ByToken[OfFile] = _paragraphs[0];
        if (_paragraphs.Count > (ofFile ? 1 : 0)) ByToken[token] = string.Join("\n\n", _paragraphs.Skip(ofFile ? 1 : 0));
        _paragraphs.Clear();
    }

    private int LinesTo(int start) => text.AsSpan(_end..start).Count('\n');
}
