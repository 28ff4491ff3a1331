using System.Text;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Syntax;

/// <summary>Cuts a file into tokens. What cannot be one becomes <see cref="TokenKind.Invalid"/> and is reported; reading goes on.</summary>
internal sealed class Lexer
{
    private readonly SourceText _source;
    private readonly string _text;
    private readonly DiagnosticList _diagnostics = new();
    private Token[] _tokens = new Token[64];
    private int _count;
    private readonly DocumentationReader _documentation;
    private int _at;
    private bool _hasForeignComments;
    private int _lineOfPoint = -2;

    private Lexer(SourceText source)
    {
        _source = source;
        _text = source.Content;
        _documentation = new DocumentationReader(_text);
    }

    public static TokenList Read(SourceText source)
    {
        var lexer = new Lexer(source.Start == 0 ? source : source.StartingAt(0));
        lexer.ReportInvisibleCharacters();
        lexer.ReadAll();
        var tokens = lexer._tokens[..lexer._count];
        if (source.Start > 0)
            for (var i = 0; i < tokens.Length; i++) tokens[i] = tokens[i] with { Span = tokens[i].Span with { Start = tokens[i].Span.Start + source.Start } };
        return new TokenList(source, tokens, lexer._documentation.ByToken, lexer._diagnostics);
    }

    private char Current => Peek(0);

    private char Peek(int ahead) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    /// <summary>Everywhere, comments and strings included: what a reader cannot see must not change what a file means.</summary>
    private void ReportInvisibleCharacters()
    {
        for (var i = 0; i < _text.Length && !_diagnostics.IsFull;)
        {
            if (_text[i] is >= ' ' and <= '~' or '\n' or '\t' or '\r')
            {
                i++;
                continue;
            }
            var start = i;
            var first = Characters.At(_text, i);
            while (i < _text.Length && Characters.At(_text, i) is var rune && Characters.IsInvisible(rune)) i += rune.Utf16SequenceLength;
            if (i > start) _diagnostics.Add(SyntaxDiagnostics.InvisibleCharacter(_source, new Span(start, i - start), first));
            else i += first.Utf16SequenceLength;
        }
    }

    private void ReadAll()
    {
        while (true)
        {
            SkipSpaceAndComments();
            _documentation.AttachTo(_count, _at);
            var start = _at;
            if (start >= _text.Length) break;
            var kind = ReadToken();
            Add(new Token(kind, new Span(start, _at - start)));
        }
        Add(new Token(TokenKind.End, new Span(_text.Length, 0)));
    }

    private void Add(Token token)
    {
        if ((_count & 0xFFF) == 0) Budget.Current.Check();
        if (_count == _tokens.Length) Array.Resize(ref _tokens, 2 * _count);
        _tokens[_count++] = token;
    }

    private void SkipSpaceAndComments()
    {
        while (_at < _text.Length)
        {
            if (char.IsWhiteSpace(Current) && !Characters.IsInvisible(new Rune(Current))) _at++;
            else if (Current == '/' && Peek(1) == '/') SkipComment();
            else if (Current == '#') SkipForeignComment("\n", 1);
            else if (Current == '/' && Peek(1) == '*') SkipForeignComment("*/", 2);
            else return;
        }
    }

    private void SkipComment()
    {
        var start = _at;
        while (_at < _text.Length && Current != '\n') _at++;
        var comment = _text.AsSpan(start.._at);
        if (comment.StartsWith("///") && !comment.StartsWith("////")) _documentation.Add(start, _at);
    }

    /// <summary>A comment in the manner of another language is passed over, and said once: a file is written in one manner.</summary>
    private void SkipForeignComment(string end, int length)
    {
        var start = _at;
        var found = _text.IndexOf(end, _at + length, StringComparison.Ordinal);
        _at = found < 0 ? _text.Length : end == "\n" ? found : found + end.Length;
        if (_hasForeignComments || _diagnostics.IsFull) return;
        _hasForeignComments = true;
        _diagnostics.Add(SyntaxDiagnostics.UnknownCharacter(_source, new Span(start, length)));
    }

    private TokenKind ReadToken()
    {
        var c = Current;
        if (char.IsAsciiDigit(c) || c == '.' && char.IsAsciiDigit(Peek(1))) return ReadNumber();
        if (c == '"') return ReadString();
        if (Characters.StartsName(Characters.At(_text, _at))) return ReadWord();
        return ReadSign();
    }

    private TokenKind ReadWord()
    {
        var start = _at;
        SkipName();
        var word = _text.AsSpan(start.._at);
        if (Ascii.IsValid(word)) return TokenKinds.OfWord(word);
        var normalized = Nfkc.Normalize(word.ToString());
        return Characters.IsName(normalized) ? TokenKinds.OfWord(normalized) : Invalid(SyntaxDiagnostics.NotAName, start);
    }

    private void SkipName()
    {
        while (_at < _text.Length && Characters.At(_text, _at) is var rune && Characters.ContinuesName(rune)) _at += rune.Utf16SequenceLength;
    }

    /// <summary>Two points after the digits are a range: <c>1..n</c>.</summary>
    private TokenKind ReadNumber()
    {
        var start = _at;
        var wellFormed = SkipDigits();
        if (Current == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            wellFormed &= SkipDigits();
        }
        if (Current is 'e' or 'E' && char.IsAsciiDigit(Peek(Peek(1) is '+' or '-' ? 2 : 1)))
        {
            _at += Peek(1) is '+' or '-' ? 2 : 1;
            wellFormed &= SkipDigits();
        }
        var end = _at;
        // A second point, as in `1.2.3`.
        if (_text.AsSpan(start.._at).Contains('.') && Current == '.' && char.IsAsciiDigit(Peek(1)))
        {
            _at++;
            SkipDigits();
        }
        SkipName();
        if (!wellFormed || _at > end) return Invalid(SyntaxDiagnostics.MalformedNumber, start);
        return double.IsFinite(Literals.Number(_text.AsSpan(start.._at))) ? TokenKind.Number : Invalid(SyntaxDiagnostics.NumberTooLarge, start);
    }

    /// <summary>Digits, with single underscores between them.</summary>
    private bool SkipDigits()
    {
        var wellFormed = char.IsAsciiDigit(Current);
        while (char.IsAsciiDigit(Current) || Current == '_')
        {
            wellFormed &= Current != '_' || char.IsAsciiDigit(Peek(1));
            _at++;
        }
        return wellFormed;
    }

    private TokenKind ReadString()
    {
        var start = _at++;
        while (_at < _text.Length && Current is not ('"' or '\n' or '\r'))
        {
            if (Current == '\\' && Peek(1) is not ('\n' or '\r' or '\0'))
            {
                if (Literals.Unescape(Peek(1)) is null)
                    _diagnostics.Add(SyntaxDiagnostics.UnknownEscape(_source, new Span(_at, 2)));
                _at++;
            }
            _at++;
        }
        if (Current != '"') return Invalid(SyntaxDiagnostics.UnclosedString, start);
        _at++;
        return TokenKind.String;
    }

    private TokenKind ReadSign()
    {
        var start = _at;
        var kind = (Current, Peek(1)) switch
        {
            ('=', '=') => TokenKind.Equal,
            ('!', '=') => TokenKind.NotEqual,
            ('<', '=') => TokenKind.LessOrEqual,
            ('>', '=') => TokenKind.GreaterOrEqual,
            ('.', '.') => TokenKind.DotDot,
            ('(', _) => TokenKind.LeftParenthesis,
            (')', _) => TokenKind.RightParenthesis,
            ('[', _) => TokenKind.LeftBracket,
            (']', _) => TokenKind.RightBracket,
            ('{', _) => TokenKind.LeftBrace,
            ('}', _) => TokenKind.RightBrace,
            (',', _) => TokenKind.Comma,
            (';', _) => TokenKind.Semicolon,
            (':', _) => TokenKind.Colon,
            ('~', _) => TokenKind.Tilde,
            ('=', _) => TokenKind.Assign,
            ('<', _) => TokenKind.Less,
            ('>', _) => TokenKind.Greater,
            ('+', _) => TokenKind.Plus,
            ('-', _) => TokenKind.Minus,
            ('*', _) => TokenKind.Star,
            ('/', _) => TokenKind.Slash,
            ('%', _) => TokenKind.Percent,
            ('@', _) => TokenKind.At,
            ('^', _) => TokenKind.Caret,
            _ => TokenKind.Invalid,
        };
        if (kind == TokenKind.Invalid) return Current == '.' && Characters.StartsName(Characters.At(_text, _at + 1)) ? ReadPoint() : Current == '\'' ? ReadQuoted() : ReadUnknown(start);
        _at += kind.Text().Length;
        return kind;
    }

    /// <summary>A run of characters that mean nothing is one mistake; of the invisible ones it is reported already.</summary>
    private TokenKind ReadUnknown(int start)
    {
        var first = Characters.At(_text, _at);
        var invisible = Characters.IsInvisible(first);
        do _at += Characters.At(_text, _at).Utf16SequenceLength;
        while (_at < _text.Length && Characters.At(_text, _at) is var rune && (invisible ? Characters.IsInvisible(rune) : rune == first));
        return invisible ? TokenKind.Invalid : Invalid(SyntaxDiagnostics.UnknownCharacter, start);
    }

    /// <summary>A point between two names and the name after it: one mistake a line, for a line has them throughout.</summary>
    private TokenKind ReadPoint()
    {
        var (start, from) = (_at, _at);
        while (from > 0 && (char.IsLetterOrDigit(_text[from - 1]) || _text[from - 1] == '_')) from--;
        _at++;
        SkipName();
        var line = _text.LastIndexOf('\n', start);
        if (line == _lineOfPoint || _diagnostics.IsFull) return TokenKind.Invalid;
        _lineOfPoint = line;
        _diagnostics.Add(SyntaxDiagnostics.PointInName(_source, new Span(start, _at - start), _text[from..start], _text[(start + 1).._at], Current == '('));
        return TokenKind.Invalid;
    }

    /// <summary>A text in single quotes, or the sign of a transposed matrix.</summary>
    private TokenKind ReadQuoted()
    {
        var start = _at;
        var transposes = start > 0 && (char.IsLetterOrDigit(_text[start - 1]) || _text[start - 1] is '_' or ')' or ']');
        var end = _text.AsSpan(start + 1).IndexOfAny('\'', '\n');
        if (transposes || end < 0 || _text[start + 1 + end] == '\n') return ReadUnknown(start);
        _at = start + 2 + end;
        return Invalid(SyntaxDiagnostics.UnknownCharacter, start);
    }

    private TokenKind Invalid(Func<SourceText, Span, Diagnostic> message, int start)
    {
        if (!_diagnostics.IsFull) _diagnostics.Add(message(_source, new Span(start, _at - start)));
        return TokenKind.Invalid;
    }
}
