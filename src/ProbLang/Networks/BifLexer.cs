using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Networks;

/// <summary>
/// Cuts a BIF file into words and signs, one at a time. A word is whatever stands between white space, brackets, commas, bars, semicolons,
/// quotes and comments: programs write names with dots, dashes and comparison signs, and do not put them in quotes.
/// </summary>
internal sealed class BifLexer(SourceText source, DiagnosticList diagnostics)
{
    private readonly string _text = source.Content;
    private int _at;
    private bool _isFirstOnLine = true;

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private char Following => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    /// <summary>The next word or sign; the end again and again where there is none.</summary>
    public BifToken Next()
    {
        SkipSpaceAndComments();
        var (start, isFirst) = (_at, _isFirstOnLine);
        _isFirstOnLine = false;
        var kind = _at >= _text.Length ? BifKind.End : Current == '"' ? ReadQuoted() : ReadSignOrWord();
        return new BifToken(kind, new Span(start, _at - start), isFirst);
    }

    /// <summary>
    /// What stands from here to the next semicolon, which is passed: the text of a property, in which any character may stand, semicolons in
    /// quotes included. It ends before a brace that stands first on its line; null, where it does.
    /// </summary>
    public string? ReadProperty()
    {
        var start = _at;
        for (; _at < _text.Length; _at++)
        {
            if (Current == ';') return _text[start.._at++].Trim();
            if (Current == '"' && Closing(_at) is > 0 and var closing) _at = closing;
            else if (Current == '\n' && _text.AsSpan(_at).TrimStart().StartsWith("}")) break;
        }
        return null;
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            if (Current == '\n') _isFirstOnLine = true;
            if (Current is ' ' or '\t' or '\r' or '\n') _at++;
            else if (Current == '/' && Following == '/') _at = IndexOrEnd("\n", _at);
            else if (Current == '/' && Following == '*') SkipLongComment();
            else if (Characters.At(_text, _at) is var rune && Characters.IsInvisible(rune)) SkipInvisible();
            else if (char.IsWhiteSpace(Current)) _at++;
            else return;
        }
    }

    private void SkipLongComment()
    {
        var start = _at;
        var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
        if (end < 0) diagnostics.Add(NetworkDiagnostics.UnclosedComment(source, new Span(start, 2)));
        _at = end < 0 ? _text.Length : end + 2;
    }

    /// <summary>A run of invisible characters, be it a whole binary file, is one mistake.</summary>
    private void SkipInvisible()
    {
        var start = _at;
        while (_at < _text.Length && Characters.At(_text, _at) is var rune && Characters.IsInvisible(rune)) _at += rune.Utf16SequenceLength;
        if (!diagnostics.IsFull) diagnostics.Add(NetworkDiagnostics.InvisibleCharacter(source, new Span(start, _at - start), Characters.At(_text, start)));
    }

    /// <summary>Where the closing quote is missing, the quotes are taken for a word's.</summary>
    private BifKind ReadQuoted()
    {
        var start = _at++;
        if (Closing(start) is > 0 and var closing)
        {
            if (closing == start + 1) diagnostics.Add(NetworkDiagnostics.EmptyName(source, new Span(start, 2)));
            while (_at < closing) Step();
            _at++;
        }
        else
        {
            diagnostics.Add(NetworkDiagnostics.UnclosedQuote(source, new Span(start, 1)));
            SkipWord();
        }
        return BifKind.Quoted;
    }

    /// <summary>Passes a character of a name, or a run of those that may not be in one.</summary>
    private void Step()
    {
        var rune = Characters.At(_text, _at);
        if (Characters.IsInvisible(rune)) SkipInvisible();
        else _at += rune.Utf16SequenceLength;
    }

    /// <summary>The quote that closes the one here, on the same line, or -1.</summary>
    private int Closing(int quote)
    {
        var length = _text.AsSpan(quote + 1).IndexOfAny('"', '\n', '\r');
        return length >= 0 && _text[quote + 1 + length] == '"' ? quote + 1 + length : -1;
    }

    private BifKind ReadSignOrWord()
    {
        var kind = KindOf(Current);
        if (kind == BifKind.Word) SkipWord();
        else _at++;
        return kind;
    }

    private void SkipWord()
    {
        while (_at < _text.Length && KindOf(Current) == BifKind.Word && Current != '"' && !char.IsWhiteSpace(Current) &&
            !(Current == '/' && (Following is '/' or '*'))) Step();
    }

    private static BifKind KindOf(char c) => c switch
    {
        '{' => BifKind.LeftBrace,
        '}' => BifKind.RightBrace,
        '(' => BifKind.LeftParenthesis,
        ')' => BifKind.RightParenthesis,
        '[' => BifKind.LeftBracket,
        ']' => BifKind.RightBracket,
        ',' => BifKind.Comma,
        '|' => BifKind.Bar,
        ';' => BifKind.Semicolon,
        _ => BifKind.Word,
    };

    private int IndexOrEnd(string text, int from) => _text.IndexOf(text, from, StringComparison.Ordinal) is >= 0 and var at ? at : _text.Length;
}
