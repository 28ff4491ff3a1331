using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>Reads a question to a session. The bar before conditions is no sign of the language: an expression cannot have one.</summary>
internal sealed class QuestionReader
{
    private static readonly ImmutableDictionary<string, QuestionKind> s_forms = ImmutableDictionary.CreateRange<string, QuestionKind>(
    [
        new("P", QuestionKind.Probability), new("E", QuestionKind.Mean), new("SD", QuestionKind.Sd), new("Var", QuestionKind.Variance), new("Q", QuestionKind.Quantile),
    ]);

    private readonly TokenList _tokens;
    private readonly Func<string, bool> _isFunction;
    private readonly List<Diagnostic> _mistakes = [];

    private QuestionReader(SourceText source, Func<string, bool> isFunction) => (_tokens, _isFunction) = (Lexer.Read(source), isFunction);

    /// <summary>The words that ask, before parentheses.</summary>
    public static IEnumerable<string> Forms => s_forms.Keys;

    /// <summary>Whether a text asks rather than states: it has no `~` and no `=` outside of brackets, or only behind a bar.</summary>
    public static bool IsQuestion(SourceText source)
    {
        var tokens = Lexer.Read(source);
        if (tokens.Last == 0 || tokens[0].Kind is >= TokenKind.Input and <= TokenKind.For or TokenKind.Guide or TokenKind.Factor) return false;
        if (tokens[0].Kind == TokenKind.If) return Find(tokens, 0, tokens.Last, k => k == TokenKind.Then) >= 0;
        var bar = FindBar(tokens, 0, tokens.Last);
        var end = bar < 0 ? tokens.Last : bar;
        return Find(tokens, 0, end, k => k is TokenKind.Tilde or TokenKind.Assign or TokenKind.Colon) < 0 && !IsArrow(tokens, Find(tokens, 0, end, k => k == TokenKind.Less));
    }

    /// <summary>Whether a sign is half of an arrow with blanks around it, with which R defines. Who compares with what is negative has none between the minus and the number.</summary>
    private static bool IsArrow(TokenList tokens, int less) =>
        less > 0 && tokens[less + 1] is { Kind: TokenKind.Minus } minus && minus.Span.Start == tokens[less].Span.End && tokens[less + 2].Span.Start > minus.Span.End;

    /// <summary>Reads a question; null, with what is wrong, where it cannot be read.</summary>
    /// <param name="source">The text.</param>
    /// <param name="isFunction">Whether the model has a function of a name, which then is what the name means.</param>
    /// <param name="mistakes">What is wrong.</param>
    public static Question? Read(SourceText source, Func<string, bool> isFunction, out ImmutableArray<Diagnostic> mistakes)
    {
        var reader = new QuestionReader(source, isFunction);
        var question = reader.Read();
        mistakes = [.. reader._mistakes];
        return mistakes.IsEmpty ? question : null;
    }

    private Question? Read()
    {
        if (FormAt(0) is { } kind && _tokens[1].Kind == TokenKind.LeftParenthesis && _tokens.PartnerOf(1) is > 0 and var close)
        {
            if (close + 1 == EndOfWords) return Of(kind, 2, close, FindBar(_tokens, 2, close), close);
            // Conditions may stand behind the parentheses too.
            if (FindBar(_tokens, 2, close) < 0 && FindBar(_tokens, close + 1, close + 2) > 0) return Of(kind, 2, close, close + 1, EndOfWords);
        }
        if (FormAt(0) is not null && _tokens[1].Kind == TokenKind.LeftParenthesis && _tokens.PartnerOf(1) < 0) _mistakes.Add(SessionDiagnostics.NotClosed(_tokens.TextOf(0), Place(1, 2)));
        for (var i = 0; i < _tokens.Last && _mistakes.Count == 0; i++)
            if (FormAt(i) is not null && _tokens[i + 1].Kind == TokenKind.LeftParenthesis) _mistakes.Add(SessionDiagnostics.NotAlone(_tokens.TextOf(i), Place(i, i + 1)));
        return Of(QuestionKind.Distribution, 0, EndOfWords, FindBar(_tokens, 0, EndOfWords), EndOfWords);
    }

    private QuestionKind? FormAt(int index) =>
        _tokens[index].Kind == TokenKind.Name && _tokens.TextOf(index) is var word && s_forms.TryGetValue(word, out var kind) && !_isFunction(word) ? kind : null;

    /// <summary>A semicolon at the end says nothing.</summary>
    private int EndOfWords => _tokens.Last > 0 && _tokens[_tokens.Last - 1].Kind == TokenKind.Semicolon ? _tokens.Last - 1 : _tokens.Last;

    /// <param name="kind">What is asked.</param>
    /// <param name="from">Where the expression begins.</param>
    /// <param name="close">Where it ends, unless conditions begin before.</param>
    /// <param name="bar">The bar before the conditions, or -1.</param>
    /// <param name="to">Where the conditions end.</param>
    private Question? Of(QuestionKind kind, int from, int close, int bar, int to)
    {
        var end = bar < 0 ? close : Math.Min(bar, close);
        if (bar >= 0 && FindBar(_tokens, bar + 1, to) is >= 0 and var second) _mistakes.Add(SessionDiagnostics.SecondBar(Place(second, second + 1)));
        if (bar >= 0 && bar + 1 == to) _mistakes.Add(SessionDiagnostics.NothingGiven(Place(bar, bar + 1)));
        if (end == from) _mistakes.Add(SessionDiagnostics.NothingAsked(Place(Math.Max(from - 1, 0), Math.Max(from, 1))));
        var comma = Find(_tokens, from, end, k => k == TokenKind.Comma);
        var level = double.NaN;
        if (kind == QuestionKind.Quantile) level = LevelAt(comma, end);
        else if (comma >= 0 && kind != QuestionKind.Distribution) _mistakes.Add(SessionDiagnostics.AskedTogether(_tokens.TextOf(from - 2), Place(comma, comma + 1)));
        if (_mistakes.Count > 0) return null;
        return new Question(kind, Expression(from, kind == QuestionKind.Quantile ? comma : end), bar < 0 ? [] : [.. Conditions(bar + 1, to)])
        {
            Level = level,
            Equated = kind == QuestionKind.Probability && Find(_tokens, from, end, k => k == TokenKind.Assign) is >= 0 and var sign ? (Expression(from, sign), Expression(sign + 1, end)) : null,
        };
    }

    private double LevelAt(int comma, int end)
    {
        if (comma >= 0 && end == comma + 2 && _tokens[comma + 1].Kind == TokenKind.Number && Literals.Number(_tokens.TextOf(comma + 1)) is > 0 and < 1 and var level) return level;
        if (comma >= 0 && comma + 1 < end) Expression(comma + 1, end);
        if (_mistakes.Count == 0) _mistakes.Add(SessionDiagnostics.NoLevel(comma < 0 || comma + 1 == end ? Place(end - 1, end) : Place(comma + 1, end)));
        return double.NaN;
    }

    private IEnumerable<QuestionCondition> Conditions(int from, int to)
    {
        while (from <= to)
        {
            var end = Find(_tokens, from, to, k => k == TokenKind.Comma);
            if (end < 0) end = to;
            if (end == from) _mistakes.Add(SessionDiagnostics.NothingGiven(Place(from - 1, from)));
            else yield return Condition(from, end);
            from = end + 1;
        }
    }

    /// <summary>A quantity with its value, where one sign of equality is all that stands between two expressions.</summary>
    private QuestionCondition Condition(int from, int to)
    {
        var sign = Find(_tokens, from, to, k => k == TokenKind.Assign);
        if (sign < 0 && Find(_tokens, from, to, k => k is TokenKind.And or TokenKind.Or or TokenKind.Not or TokenKind.If) < 0) sign = Find(_tokens, from, to, k => k == TokenKind.Equal);
        if (sign <= from || sign + 1 >= to) return new QuestionCondition(Expression(from, to));
        var (quantity, value) = (Expression(from, sign), Expression(sign + 1, to));
        return new QuestionCondition(PlacedText.Join([quantity, PlacedText.Of(" == "), value]), quantity, value);
    }

    /// <summary>Some words, which are to be one expression.</summary>
    private PlacedText Expression(int from, int to)
    {
        var written = PlacedText.Empty;
        for (var i = from; i < to; i++)
        {
            if (_tokens[i].Kind != TokenKind.Assign) continue;
            // As in P(X = 2): a question states nothing, so that the sign can only compare.
            if (i > from) written = written.With(PlacedText.Of(_tokens.Source, Span.Cover(_tokens[from].Span, _tokens[i - 1].Span)));
            written = written.With(" == ");
            from = i + 1;
        }
        if (from < to) written = written.With(PlacedText.Of(_tokens.Source, Span.Cover(_tokens[from].Span, _tokens[to - 1].Span)));
        _mistakes.AddRange(LoneExpression.MistakesIn(written));
        return written;
    }

    private Location Place(int from, int to) => _tokens.Source.Locate(Span.Cover(_tokens[from].Span, _tokens[to - 1].Span));

    private static int FindBar(TokenList tokens, int from, int to)
    {
        for (var i = from; i < to; i = Next(tokens, i))
            if (tokens[i].Kind == TokenKind.Invalid && tokens.TextOf(i) == "|") return i;
        return -1;
    }

    /// <summary>The first word of a kind that stands outside of brackets; -1 where there is none.</summary>
    private static int Find(TokenList tokens, int from, int to, Predicate<TokenKind> isIt)
    {
        for (var i = from; i < to; i = Next(tokens, i))
            if (isIt(tokens[i].Kind)) return i;
        return -1;
    }

    private static int Next(TokenList tokens, int index) => tokens.PartnerOf(index) is var partner && partner > index ? partner + 1 : index + 1;
}
