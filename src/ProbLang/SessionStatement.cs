using System.Collections.Immutable;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A statement of an interactive session.</summary>
public sealed class SessionStatement
{
    private SessionStatement(PlacedText written, string text, ImmutableArray<StatementTarget> targets) => (Written, Text, Targets) = (written, text, targets);

    /// <summary>The statement as it was written, without what stands before and after it.</summary>
    public string Text { get; }

    /// <summary>The names that it defines: of variables, functions and nets. None for conditions, factors and imports.</summary>
    public IEnumerable<string> Names => Targets.Where(t => t.Kind is TargetKind.Variable or TargetKind.Function).Select(t => t.Name).Distinct();

    /// <summary>All of it, with the comments that belong to it.</summary>
    internal PlacedText Written { get; }

    internal ImmutableArray<StatementTarget> Targets { get; }

    /// <summary>What an entry states, one by one. What stands between two statements belongs to the later one, but for the rest of a line.</summary>
    /// <param name="entry">The text.</param>
    /// <param name="file">What the parser made of it.</param>
    /// <param name="from">Where the first begins.</param>
    internal static ImmutableArray<SessionStatement> Of(SourceText entry, ModelFile file, int from = 0)
    {
        var statements = ImmutableArray.CreateBuilder<SessionStatement>(file.Statements.Length);
        for (var i = 0; i < file.Statements.Length; i++)
        {
            var end = i + 1 == file.Statements.Length ? entry.Content.Length : RestOfLine(entry.Content, file.Statements[i].Span.End, file.Statements[i + 1].Span.Start);
            // A semicolon between statements has done its work.
            var last = entry.Content.AsSpan(file.Statements[i].Span.End..end).Trim(" \t;").IsEmpty ? file.Statements[i].Span.End : end;
            var written = PlacedText.Of(entry, new Span(from, last - from));
            statements.Add(new SessionStatement(written, entry.TextOf(file.Statements[i].Span), StatementTargets.Of(file.Statements[i])));
            from = end;
        }
        return statements.ToImmutable();
    }

    /// <summary>The statement without those that define what a newer one does; null where nothing is left.</summary>
    internal SessionStatement? Without(IReadOnlyCollection<StatementTarget> newer)
    {
        var replaced = Targets.Where(t => newer.Any(t.IsReplacedBy)).Select(t => t.Innermost).ToHashSet(ReferenceEqualityComparer.Instance);
        if (replaced.Count == 0) return this;
        var statement = Read(Written);
        // The tree of this reading is another one, with the same order.
        var all = StatementTargets.Of(statement);
        var gone = Enumerable.Range(0, all.Length).Where(i => replaced.Contains(Targets[i].Innermost)).Select(i => all[i].Innermost).ToHashSet(ReferenceEqualityComparer.Instance);
        var cuts = new List<Span>();
        if (!Cut(statement, gone, cuts)) return null;
        var left = Written.Without(cuts.Select(c => WholeLines(Written.Text, c)));
        var rest = Read(left);
        return new SessionStatement(left, left.Text.Substring(rest.Span.Start, rest.Span.Length), StatementTargets.Of(rest));
    }

    private static Statement Read(PlacedText written) => Parser.Parse(new SourceText("session", written.Text)).File.Statements.Single();

    /// <summary>Finds what is to be taken out of a statement; false where nothing would be left of it.</summary>
    private static bool Cut(Statement statement, HashSet<object?> gone, List<Span> cuts)
    {
        if (gone.Contains(statement)) return false;
        ImmutableArray<Statement> inner = statement switch
        {
            ForStatement loop => loop.Body,
            IfStatement choice => [.. choice.Then, .. choice.Else ?? []],
            _ => [],
        };
        if (inner.IsEmpty) return true;
        var left = 0;
        foreach (var each in inner)
        {
            if (Cut(each, gone, cuts)) left++;
            else
            {
                cuts.RemoveAll(c => c.Start >= each.Span.Start && c.End <= each.Span.End);
                cuts.Add(each.Span);
            }
        }
        return left > 0;
    }

    /// <summary>With the line that it stands on, where nothing else stands there.</summary>
    private static Span WholeLines(string text, Span span)
    {
        var (start, end) = (span.Start, span.End);
        while (end < text.Length && text[end] is ' ' or '\t' or ';' or '\r') end++;
        while (start > 0 && text[start - 1] is ' ' or '\t') start--;
        var isLine = start > 0 && text[start - 1] == '\n' && end < text.Length && text[end] == '\n';
        if (!isLine) return new Span(span.Start, end - span.Start);
        while (DocumentationBefore(text, start) is { } line) start = line;
        return new Span(start, end + 1 - start);
    }

    /// <summary>Where the line before begins, where it documents what follows; null where it does not.</summary>
    private static int? DocumentationBefore(string text, int start)
    {
        if (start < 2) return null;
        var line = text.LastIndexOf('\n', start - 2) + 1;
        return text.AsSpan(line..start).TrimStart().StartsWith("///") ? line : null;
    }

    private static int RestOfLine(string text, int end, int next)
    {
        var line = text.IndexOf('\n', end, next - end);
        if (line >= 0) return line + 1;
        while (end < next && text[end] is ' ' or '\t' or ';') end++;
        return end;
    }
}
