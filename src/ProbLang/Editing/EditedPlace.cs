using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang.Editing;

/// <summary>What may stand at a place of a text.</summary>
internal enum PlaceKind
{
    /// <summary>Nothing that is known: a comment, a number, a new name.</summary>
    Free,

    /// <summary>A statement, or something that is asked.</summary>
    Statement,

    /// <summary>A distribution.</summary>
    Draw,

    /// <summary>A value.</summary>
    Expression,

    /// <summary>An argument of a call, from its beginning.</summary>
    Argument,

    /// <summary>A type.</summary>
    Type,

    /// <summary>What goes on after a value.</summary>
    After,

    /// <summary>A label, in quotes.</summary>
    Label,
}

/// <summary>A place of a text that is being edited: the word there, what stands before it, and the brackets that are open.</summary>
internal sealed class EditedPlace
{
    private readonly bool[] _startsStatement;

    public EditedPlace(string text, int offset)
    {
        (Text, Offset, Tokens) = (text, offset, Lexer.Read(new SourceText("", text)));
        _startsStatement = new bool[Tokens.Last + 1];
        var (next, isFree) = Locate();
        Next = next;
        ReadStatements();
        Kind = isFree ? PlaceKind.Free : IsInQuotes ? PlaceKind.Label : PlaceKinds.Of(this);
    }

    public string Text { get; }

    public int Offset { get; }

    public TokenList Tokens { get; }

    public PlaceKind Kind { get; }

    /// <summary>Where the word at the place begins, or the place itself.</summary>
    public int Start { get; private set; }

    /// <summary>How long it is.</summary>
    public int Length { get; private set; }

    /// <summary>The word up to the place, without a quote.</summary>
    public string Prefix { get; private set; } = "";

    /// <summary>Whether the word is a text in quotes.</summary>
    public bool IsInQuotes { get; private set; }

    /// <summary>Whether the place is in a comment.</summary>
    public bool IsInComment { get; private set; }

    /// <summary>The index of the first word that is not before the place.</summary>
    public int Next { get; }

    /// <summary>The brackets that are open at the place.</summary>
    public OpenBrackets Open { get; } = new();

    /// <summary>The first word of the statement that the place is in; that of none where a statement may begin there.</summary>
    public int Statement { get; private set; }

    /// <summary>What stands before the place.</summary>
    public TokenKind Previous => KindAt(Next - 1);

    /// <summary>Whether the place is on another line than what stands before it.</summary>
    public bool IsOnNewLine => Next == 0 || Text.AsSpan(Tokens[Next - 1].Span.End..Start).Contains('\n');

    public TokenKind KindAt(int index) => index >= 0 && index < Tokens.Last ? Tokens[index].Kind : TokenKind.End;

    public bool StartsStatement(int index) => _startsStatement[index];

    private (int Next, bool IsFree) Locate()
    {
        (Start, Length) = (Offset, 0);
        var index = 0;
        while (index < Tokens.Last && Tokens[index].Span.End < Offset) index++;
        var (kind, span) = Tokens[index];
        if (span.Start >= Offset || index == Tokens.Last) return (index, IsInComment = IsComment(index));
        var isWord = kind == TokenKind.Name || kind.IsKeyword();
        IsInQuotes = Text[span.Start] == '"' && (kind == TokenKind.Invalid || Offset < span.End);
        if (!isWord && !IsInQuotes) return IsAfter(kind, span) ? (index + 1, false) : (index, true);
        Prefix = Text[(span.Start + (IsInQuotes ? 1 : 0))..Offset];
        (Start, Length) = (span.Start, IsInQuotes && kind == TokenKind.Invalid ? Offset - span.Start : span.Length);
        return (index, false);
    }

    /// <summary>The end of a sign or of a text is a place after it, but a number may go on.</summary>
    private bool IsAfter(TokenKind kind, Span span) => Offset == span.End && (kind is not (TokenKind.Number or TokenKind.Invalid) || Text[span.Start] == '|');

    private bool IsComment(int next)
    {
        var start = next == 0 ? 0 : Tokens[next - 1].Span.End;
        return Comments.Hold(Text, start, Tokens[next].Span.Start, Offset);
    }

    private void ReadStatements()
    {
        var open = new OpenBrackets();
        for (var i = 0; i < Tokens.Last; i++)
        {
            _startsStatement[i] = open.TakesStatements && (i == 0 || EndsStatement(Tokens[i - 1].Kind) || Tokens.IsFirstOnLine(i) && Tokens[i - 1].Kind.CanEnd());
            if (i < Next && _startsStatement[i]) Statement = i;
            open.Pass(Tokens[i].Kind, i);
            if (i < Next) Open.Pass(Tokens[i].Kind, i);
        }
    }

    private static bool EndsStatement(TokenKind kind) => kind is TokenKind.LeftBrace or TokenKind.RightBrace or TokenKind.Semicolon;
}
