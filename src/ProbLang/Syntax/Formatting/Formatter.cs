using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.Syntax.Formatting;

/// <summary>
/// The one layout of a file: a statement a line, two spaces for each block, at most one empty line, lines of at most
/// <see cref="LayoutWriter.Width"/> characters. Words and comments stay as they are, in their order.
/// </summary>
internal sealed class Formatter
{
    private readonly TokenList _tokens;
    private readonly HashSet<int> _starts = [];
    private readonly LayoutWriter _writer = new();
    private readonly List<CommentLine> _above = [];
    private bool _isAfterBlankLine;
    private int _at;
    private int _depth;

    private Formatter(TokenList tokens, ModelFile file)
    {
        _tokens = tokens;
        AddStarts(file.Statements);
    }

    /// <summary>The formatted text, or null and what is wrong with the text.</summary>
    public static string? Format(SourceText source, out ImmutableArray<Diagnostic> diagnostics)
    {
        var parsed = Parser.Parse(source);
        diagnostics = parsed.Diagnostics;
        if (!parsed.Success) return null;
        var formatter = new Formatter(parsed.Tokens!, parsed.File);
        formatter.WriteAll();
        return formatter._writer.ToString();
    }

    private void AddStarts(ImmutableArray<Statement> statements)
    {
        foreach (var statement in statements)
        {
            _starts.Add(statement.Span.Start);
            foreach (var block in Blocks(statement)) AddStarts(block);
        }
    }

    private static ImmutableArray<Statement>[] Blocks(Statement statement) => statement switch
    {
        ForStatement plate => [plate.Body],
        IfStatement { Else: { } otherwise } choice => [choice.Then, otherwise],
        IfStatement choice => [choice.Then],
        GuideStatement guide => [guide.Body],
        DefStatement { Locals: { } locals } => [locals],
        _ => [],
    };

    private TokenKind Kind => _tokens[_at].Kind;

    private void WriteAll()
    {
        Collect(isFirst: true);
        while (Kind != TokenKind.End)
        {
            if (Kind == TokenKind.RightBrace) _isAfterBlankLine = false;
            WriteAbove();
            Finish(Kind == TokenKind.RightBrace ? Closing() : Statement());
        }
        _isAfterBlankLine = false;
        WriteAbove();
    }

    /// <summary>The words of a statement up to its block or its end.</summary>
    private Layout Statement()
    {
        var first = _at;
        do _at = Math.Max(_at, _tokens.PartnerOf(_at)) + 1;
        while (!EndsLine());
        return new StatementLayout(_tokens, first, _at, CommentsBefore).Whole();
    }

    private bool EndsLine() =>
        Kind is TokenKind.LeftBrace or TokenKind.RightBrace or TokenKind.Semicolon or TokenKind.Return or TokenKind.End || _starts.Contains(_tokens[_at].Span.Start);

    /// <summary>A brace that closes a block, with the <c>else</c> that may follow.</summary>
    private Layout Closing()
    {
        _depth--;
        _at++;
        if (Kind != TokenKind.Else) return "}";
        var first = _at;
        while (Kind != TokenKind.LeftBrace) _at = Math.Max(_at, _tokens.PartnerOf(_at)) + 1;
        var comments = new Row(CommentsBefore(first).ConvertAll(Layout (c) => new Comment(c.Text, c.BeginsLine)));
        return Layout.Row("}", comments, " ", new StatementLayout(_tokens, first, _at, CommentsBefore).Else());
    }

    /// <summary>Writes a line with the brace that opens its block and with the comment that follows on it.</summary>
    private void Finish(Layout line)
    {
        var opens = Kind == TokenKind.LeftBrace;
        if (opens)
        {
            AddPlain(CommentsBefore(_at++));
            line = Layout.Row(line, " {");
        }
        Collect(isFirst: false);
        if (_above is [{ BeginsLine: false } trailing, ..])
        {
            line = Layout.Row(line, new Comment(trailing.Text, BeginsLine: false));
            _above.RemoveAt(0);
        }
        _writer.Line(line, _depth);
        if (!opens) return;
        _depth++;
        // No empty line begins a block.
        _isAfterBlankLine = false;
        if (_above.Count > 0) _above[0] = _above[0] with { FollowsBlankLine = false };
    }

    private List<CommentLine> CommentsBefore(int at) => Before(at).Comments;

    private Trivia Before(int at) => Trivia.Of(_tokens.Source.Content.AsSpan((at == 0 ? 0 : _tokens[at - 1].Span.End).._tokens[at].Span.Start));

    /// <summary>Takes up the comments before what comes next, past semicolons, whose work is done by the line's end.</summary>
    private void Collect(bool isFirst)
    {
        var trivia = Before(_at);
        while (Kind == TokenKind.Semicolon)
        {
            AddPlain(trivia.Comments);
            trivia = Before(++_at);
        }
        _above.AddRange(trivia.Comments);
        _isAfterBlankLine = trivia.EndsWithBlankLine;
        if (!isFirst) return;
        _isAfterBlankLine &= _above.Count > 0;
        if (_above.Count > 0) _above[0] = _above[0] with { FollowsBlankLine = false };
    }

    /// <summary>Comments where three slashes document nothing: they must not begin to when the line changes.</summary>
    private void AddPlain(List<CommentLine> comments) => _above.AddRange(comments.ConvertAll(c => c with { Text = c.PlainText }));

    private void WriteAbove()
    {
        foreach (var comment in _above)
        {
            if (comment.FollowsBlankLine) _writer.BlankLine();
            _writer.Line(comment.Text, _depth);
        }
        if (_isAfterBlankLine) _writer.BlankLine();
        _above.Clear();
    }
}
