using ProbLang.Inference;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <content>While nothing is observed, a question is about the statements alone that its variables come from; others may wait for their data.</content>
public sealed partial class Session
{
    private volatile Session? _part;

    /// <summary>The answer by a part of the model that the data suffice for; null where there is none.</summary>
    private Answer? AnswerOfPart(string question, string place, DataException mistake, IProgress<ChainProgress>? progress, CancellationToken cancellation)
    {
        if (Model is null || mistake.Diagnostics.Any(d => d.Severity == Severity.Error && !s_yetMissing.Contains(d.Id)) || IsAnythingObserved) return null;
        var part = PartOf(question);
        if (part is null || part.Statements.Length == Statements.Length) return null;
        return part.Ask(question, place, progress, cancellation) is { Success: true } answer ? answer : null;
    }

    private bool IsAnythingObserved =>
        Statements.Any(s => s.Targets is [] || s.Targets.Any(t => t.Kind is TargetKind.Given or TargetKind.Guide))
        || Data.Reading.Data.Arrays.Keys.Concat(Data.Overlays.Select(o => o.Name)).Any(name => Model!.Graph.Find(name) is { IsInput: false });

    /// <summary>The statements that define what a text names, and what these name in their turn.</summary>
    private Session? PartOf(string text)
    {
        var needed = new HashSet<SessionStatement>(Statements.Where(s => s.Targets.Any(t => t.Kind == TargetKind.Import)));
        var open = new Stack<string>(NamesIn(text));
        while (open.TryPop(out var name))
            foreach (var statement in Statements.Where(s => s.Names.Contains(name)))
                if (needed.Add(statement))
                    foreach (var other in NamesIn(statement.Text)) open.Push(other);
        if (_part is { } known && known.Statements.SequenceEqual(Statements.Where(needed.Contains))) return known;
        return _part = Compiled(_header, [.. Statements.Where(needed.Contains)]).Session?.With(Data);
    }

    /// <summary>Every name, be it that of a variable or not.</summary>
    private static IEnumerable<string> NamesIn(string text)
    {
        var tokens = Lexer.Read(new SourceText("session", text));
        for (var i = 0; i < tokens.Last; i++)
            if (tokens[i].Kind == TokenKind.Name) yield return Nfkc.Normalize(tokens.TextOf(i));
    }
}
