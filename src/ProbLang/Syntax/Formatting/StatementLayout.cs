namespace ProbLang.Syntax.Formatting;

/// <summary>
/// Lays out the words of one line of a model: where spaces stand between them, and where it may break. It never adds,
/// leaves out or exchanges a word, and so cannot change what a model means.
/// </summary>
internal sealed class StatementLayout(TokenList tokens, int first, int end, Func<int, List<CommentLine>> before)
{
    /// <summary>How tightly operators bind, loosest first.</summary>
    private enum Level { Modifier, Or, And, Comparison, Range, Sum, Product, None }

    private readonly HashSet<int> _hasAbove = [first];
    private readonly HashSet<int> _hasTrailing = [end - 1];

    /// <summary>The words of the line, with the comments between them.</summary>
    public Layout Whole()
    {
        var sign = Find(first, end, kind => kind is TokenKind.Tilde or TokenKind.Assign);
        return sign < 0 ? Item(first, end) : Layout.Row(Item(first, sign), " ", Word(sign), " ", Item(sign + 1, end));
    }

    /// <summary>The words of a line that begins with <c>else</c>: nothing more, or the head of another branch.</summary>
    public Layout Else() => end == first + 1 ? Word(first) : Layout.Row(Word(first), " ", Item(first + 1, end));

    /// <summary>The first token outside of brackets of that kind, or -1.</summary>
    private int Find(int from, int to, Func<TokenKind, bool> isWanted)
    {
        for (var i = from; i < to; i = Next(i))
            if (isWanted(tokens[i].Kind)) return i;
        return -1;
    }

    private int Next(int token) => Math.Max(token, tokens.PartnerOf(token)) + 1;

    /// <summary>A part between commas: perhaps with a name before it, perhaps a comprehension.</summary>
    private Layout Item(int from, int to, bool isTight = false)
    {
        if (from >= to) return "";
        if (tokens[from].Kind == TokenKind.For) return Apart(from, to, () => Comprehension(from, to));
        var colon = Find(from, to, kind => kind == TokenKind.Colon);
        return colon < 0 ? Expression(from, to, isTight)
            : Layout.Row(Expression(from, colon, isTight), Word(colon), " ", Item(colon + 1, to));
    }

    /// <summary><c>for i in range: item</c>, or the head of a plate.</summary>
    private Layout Comprehension(int from, int to)
    {
        if (Find(from, to, kind => kind == TokenKind.In) is not (>= 0 and var within)) return Words(from, to);
        var colon = Find(within, to, kind => kind == TokenKind.Colon);
        var head = Layout.Row(Words(from, within + 1), " ", Expression(within + 1, colon < 0 ? to : colon, false));
        return colon < 0 ? head : new Group(Layout.Row(head, Word(colon), new Indented(Layout.Row(new Break(IsSpace: true), Item(colon + 1, to)))));
    }

    private Layout Expression(int from, int to, bool isTight)
    {
        if (from >= to) return "";
        return Apart(from, to, () => tokens[from].Kind == TokenKind.If ? Choice(from, to)
            : Loosest(from, to) is var loosest and not Level.None ? Chain(from, to, loosest, isTight)
            : Words(from, to));
    }

    /// <summary>A layout with what stands above it and what follows it, which are no reason to break it.</summary>
    private Row Apart(int from, int to, Func<Layout> layout)
    {
        var (above, trailing) = (Above(from), Trailing(to - 1));
        return new Row([.. above, layout(), .. trailing]);
    }

    private Level Loosest(int from, int to)
    {
        var loosest = Level.None;
        for (var i = from; i < to; i = Next(i))
            if (LevelAt(i, from) is var level && level < loosest) loosest = level;
        return loosest;
    }

    /// <summary><c>if condition then value else value</c>, or the head of a branch.</summary>
    private Layout Choice(int from, int to)
    {
        var then = Find(from, to, kind => kind == TokenKind.Then);
        if (then < 0) return Layout.Row(Word(from), " ", Expression(from + 1, to, false));
        var otherwise = Else(then, to);
        return new Group(Layout.Row(Word(from), " ", Expression(from + 1, then, false), new Indented(Layout.Row(
            new Break(IsSpace: true), Word(then), " ", Expression(then + 1, otherwise, false),
            new Break(IsSpace: true), Word(otherwise), " ", Expression(otherwise + 1, to, false)))));
    }

    /// <summary>The <c>else</c> that belongs to a <c>then</c>.</summary>
    private int Else(int then, int to)
    {
        var open = 0;
        for (var i = then + 1; i < to; i = Next(i))
        {
            if (tokens[i].Kind == TokenKind.Then) open++;
            if (tokens[i].Kind == TokenKind.Else && open-- == 0) return i;
        }
        return -1;
    }

    private Layout Chain(int from, int to, Level level, bool isTight)
    {
        var operators = new List<int>();
        for (var i = from; i < to; i = Next(i))
            if (LevelAt(i, from) == level) operators.Add(i);
        var isRange = level == Level.Range;
        var tight = isRange || isTight && level >= Level.Sum && IsSimple(from, to);
        var rows = new List<Layout>();
        for (var k = 0; k < operators.Count; k++)
        {
            var (at, next) = (operators[k], k + 1 < operators.Count ? operators[k + 1] : to);
            // A modifier stands before its arguments, every other operator between two operands.
            if (!tight) rows.Add(new Break(IsSpace: true));
            rows.Add(Word(at));
            if (!tight && at + 1 < next) rows.Add(" ");
            rows.Add(Operand(at + 1, next));
        }
        // A slice whose lower end is left out begins with its operator.
        return new Group(operators[0] == from ? new Row(rows) : Layout.Row(Operand(from, operators[0]), new Indented(new Row(rows))));

        Layout Operand(int start, int stop) => Expression(start, stop, isRange || isTight);
    }

    /// <summary>Whether all operands are single words, so that a sum of them reads well without spaces: <c>t-1</c>.</summary>
    private bool IsSimple(int from, int to)
    {
        for (var i = from; i < to; i++)
            if (LevelAt(i, from) == Level.None && tokens[i].Kind is not (TokenKind.Name or TokenKind.Number)) return false;
        return true;
    }

    /// <summary>The level of a binary operator or a modifier; none for everything else, a sign before its operand included.</summary>
    private Level LevelAt(int at, int from) => tokens[at].Kind switch
    {
        TokenKind.Truncated or TokenKind.Censored or TokenKind.Rounded or TokenKind.Ordered => Level.Modifier,
        TokenKind.Or => Level.Or,
        TokenKind.And => Level.And,
        TokenKind.Equal or TokenKind.NotEqual or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual => Level.Comparison,
        TokenKind.DotDot => Level.Range,
        TokenKind.Plus => Level.Sum,
        TokenKind.Minus when at > from && EndsOperand(tokens[at - 1].Kind) => Level.Sum,
        TokenKind.Star or TokenKind.Slash or TokenKind.Percent or TokenKind.At => Level.Product,
        _ => Level.None,
    };

    /// <summary>Words without an operator of <see cref="Level"/> between them: signs, powers, calls, indices, keywords.</summary>
    private Row Words(int from, int to)
    {
        var row = new List<Layout>();
        for (var i = from; i < to; i = Next(i))
        {
            if (i > from && HasSpace(i, from)) row.Add(" ");
            row.Add(tokens.PartnerOf(i) > i ? Brackets(i, tokens.PartnerOf(i)) : Word(i));
        }
        return new Row(row);
    }

    private bool HasSpace(int at, int from)
    {
        var (previous, kind) = (tokens[at - 1].Kind, tokens[at].Kind);
        if (kind == TokenKind.Caret || previous == TokenKind.Caret) return !IsTightPower(kind == TokenKind.Caret ? at : at - 1, from);
        if (previous == TokenKind.Minus) return false;
        return previous.IsKeyword() && previous is not (TokenKind.True or TokenKind.False) || kind is not (TokenKind.LeftParenthesis or TokenKind.LeftBracket);
    }

    /// <summary><c>x^2</c>, but <c>Normal(0, 1) ^ K</c>.</summary>
    private bool IsTightPower(int caret, int from)
    {
        var isCall = tokens[caret - 1].Kind == TokenKind.RightParenthesis && Opening(caret - 1, from) is var open && open > from && tokens[open - 1].Kind == TokenKind.Name;
        return !isCall && tokens[caret + 1].Kind is TokenKind.Name or TokenKind.Number && tokens[caret + 2].Kind is not (TokenKind.LeftParenthesis or TokenKind.LeftBracket);
    }

    private int Opening(int close, int from)
    {
        var open = from;
        while (tokens.PartnerOf(open) != close) open = tokens.PartnerOf(open) > open ? tokens.PartnerOf(open) + 1 : open + 1;
        return open;
    }

    /// <summary>What stands in brackets, a line for each part where it is too long for one.</summary>
    private Layout Brackets(int open, int close)
    {
        if (close == open + 1 && before(close).Count == 0) return Layout.Row(Word(open), Word(close));
        var isIndex = tokens[open].Kind == TokenKind.LeftBracket && open > 0 && EndsOperand(tokens[open - 1].Kind);
        var opening = Word(open);
        var parts = new List<Layout> { new Break(IsSpace: false) };
        var start = open + 1;
        for (var i = start; i <= close; i = i == close ? close + 1 : Next(i))
        {
            if (i != close && tokens[i].Kind != TokenKind.Comma) continue;
            parts.Add(Item(start, i, isIndex));
            if (i != close)
            {
                parts.Add(Word(i));
                // `(0, )`: what is left out has its space all the same.
                parts.Add(i + 1 == close ? " " : new Break(IsSpace: true));
            }
            start = i + 1;
        }
        parts.AddRange(Above(close));
        return new Group(Layout.Row(opening, new Indented(new Row(parts)), new Break(IsSpace: false), Word(close)));
    }

    /// <summary>A word with the comments that stand above it and the one that follows it on its line.</summary>
    private Layout Word(int at)
    {
        Layout word = tokens.TextOf(at);
        // A comma stands right after what it ends, before the comments on that.
        if (tokens[at].Kind == TokenKind.Comma && tokens[at - 1].Kind != TokenKind.Comma) return new Row([word, .. before(at).Select(AsLayout), .. Trailing(at)]);
        var (above, trailing) = (Above(at), Trailing(at));
        return above.Count + trailing.Count == 0 ? word : new Row([.. above, word, .. trailing]);
    }

    /// <summary>The comments above a word, once; those above the first word are not the statement's own.</summary>
    private List<Layout> Above(int at) => _hasAbove.Add(at) ? [.. before(at).Where(c => c.BeginsLine).Select(AsLayout)] : [];

    /// <summary>The comment after a word on its line, once; one after the last word is not the statement's own, and a comma's takes the ones before it.</summary>
    private List<Layout> Trailing(int at) =>
        (tokens[at + 1].Kind != TokenKind.Comma || tokens[at].Kind == TokenKind.Comma) && before(at + 1) is [{ BeginsLine: false } trailing, ..] && _hasTrailing.Add(at) ? [AsLayout(trailing)] : [];

    /// <summary>Within a statement three slashes document nothing.</summary>
    private static Layout AsLayout(CommentLine comment) => new Comment(comment.PlainText, comment.BeginsLine);

    private static bool EndsOperand(TokenKind kind) => kind is
        TokenKind.Name or TokenKind.Number or TokenKind.String or TokenKind.True or TokenKind.False or TokenKind.RightParenthesis or TokenKind.RightBracket;
}
