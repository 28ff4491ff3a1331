using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <content>
/// A question is about the statements that its variables come from, and those that say something of these because they, or what comes of them, is given. The posterior of these is that of the whole
/// model: it is a product of parts that share nothing random. Other statements may wait for their data, and may need another engine.
/// </content>
public sealed partial class Session
{
    private volatile Session? _part;

    /// <summary>The answer by a part of the model that the data suffice for; null where there is none.</summary>
    private Answer? AnswerOfPart(string question, string place, DataException mistake, IProgress<ChainProgress>? progress, CancellationToken cancellation)
    {
        if (mistake.Diagnostics.Any(d => d.Severity == Severity.Error && !s_yetMissing.Contains(d.Id))) return null;
        return (PartOf(question) ?? OfValues(question))?.Ask(question, place, progress, cancellation) is { Success: true } answer ? answer : null;
    }

    /// <summary>So many elements are written down as values.</summary>
    private const int MostValues = 10_000;

    /// <summary>A session of values alone, where all that a question names is given whole: what these are drawn from may wait for its own data. Null where something is not, or has values that cannot be written down.</summary>
    private Session? OfValues(string question)
    {
        var given = Data.For(Model!.Graph);
        var names = NamesIn(question).Where(n => Statements.Any(s => s.Names.Contains(n))).Distinct().ToArray();
        string?[] values = [.. names.Select(n => given.Overlays.Any(o => o.Name == n) ? null : Written(Model.Graph.Find(n), given.Reading.Data.Arrays.GetValueOrDefault(n)))];
        return names is [] || values.Contains(null) ? null : New(Options).Add(string.Join('\n', names.Zip(values, (name, value) => $"{name} = {value}"))).Session;
    }

    /// <summary>A value as an expression.</summary>
    private static string? Written(Variable? variable, DataArray? array)
    {
        if (variable is not { Category: null } || array is not { Missing: null, Rows: null, NotNumbers: null, Values.Length: > 0 and <= MostValues } || !array.Values.All(double.IsFinite)) return null;
        using var text = new StringWriter();
        JsonText.Write(text, array with { Texts = null });
        return variable.Type == ElementType.Boolean ? $"{text} == 1" : text.ToString();
    }

    /// <summary>The part of the model that a question is about, with what is given of it; null where that is all, or cannot be told apart.</summary>
    internal Session? PartOf(string question)
    {
        if (Model is not { } model) return null;
        var given = Data.For(model.Graph);
        // Labels and sizes that the data tell may be told by any of them.
        var isTold = given.Reading.Data.DefaultSizes.Count > 0 || model.Graph.Variables.Any(v => v.Category is { Listed.IsDefault: true });
        if (isTold && given != DataPart.Empty || !given.Reading.Faults.IsEmpty) return null;
        var needed = Connected([.. NamesIn(question)], given);
        if (needed.Count == Statements.Length) return null;
        ImmutableArray<SessionStatement> statements = [.. Statements.Where(needed.Contains)];
        if (_part is { } known && known.Statements.SequenceEqual(statements)) return known;
        if (Compiled(_header, statements).Session is not { } part) return null;
        return _part = part.Model is null ? part.With(Data.Empty) : new Session(Options, _header, statements, part.Model, Data.Of(given, part.Model.Graph), Learned);
    }

    /// <summary>The statements that names come from, and each that something is given by, or for, with all that it comes from, if these meet.</summary>
    private HashSet<SessionStatement> Connected(string[] names, DataPart given)
    {
        var known = given.Reading.Data.Arrays.Keys.Concat(given.Overlays.Select(o => o.Name)).ToHashSet();
        var needed = Origins(names);
        needed.UnionWith(Statements.Where(s => s.Targets.Any(t => t.Kind == TargetKind.Import)));
        var open = Statements.Where(s => s.Targets is [] || s.Names.Any(known.Contains) || s.Targets.Any(t => t.Kind is TargetKind.Given or TargetKind.Guide))
            .Select(s => Origins(NamesIn(s.Text)).Append(s).ToHashSet()).ToList();
        while (open.RemoveAll(Joins) > 0)
        {
        }
        return needed;

        // What names nothing of the model is of all of it.
        bool Joins(HashSet<SessionStatement> origins)
        {
            if (origins.Count > 1 && !origins.Any(s => needed.Contains(s) && Connects(s))) return false;
            needed.UnionWith(origins);
            return true;
        }

        // What is given whole as an input, and what is a function, is the same for all: it tells nothing from one to another.
        bool Connects(SessionStatement statement) => statement.Targets.Any(t => t.Kind is not (TargetKind.Import or TargetKind.Function)
            && !(t.Kind == TargetKind.Variable && Model!.Graph.Find(t.Name) is { IsInput: true } && given.Reading.Data.Arrays.ContainsKey(t.Name)));
    }

    /// <summary>The statements that define names, and what these name in their turn.</summary>
    private HashSet<SessionStatement> Origins(IEnumerable<string> names)
    {
        var origins = new HashSet<SessionStatement>();
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
            foreach (var statement in Statements.Where(s => s.Names.Contains(name)))
                if (origins.Add(statement))
                    foreach (var other in NamesIn(statement.Text)) open.Push(other);
        return origins;
    }

    /// <summary>Every name, be it that of a variable or not.</summary>
    private static IEnumerable<string> NamesIn(string text)
    {
        var tokens = Lexer.Read(new SourceText("session", text));
        for (var i = 0; i < tokens.Last; i++)
            if (tokens[i].Kind == TokenKind.Name) yield return Nfkc.Normalize(tokens.TextOf(i));
    }
}
