using System.Collections.Immutable;
using ProbLang.Cli.Commands;
using ProbLang.Editing;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang.Cli.Repl;

/// <summary>
/// An interactive session without its keyboard: takes entries, writes answers. Answers go to the output, mistakes, remarks and progress to the other stream. What is typed while nothing is
/// computed may be asked about from another thread.
/// </summary>
internal sealed partial class Conversation(TextWriter output, TextWriter error)
{
    /// <summary>What messages call the model as a whole.</summary>
    private const string Whole = "session";

    private ImmutableStack<(SessionState State, string Entry)> _before = [];
    private ImmutableStack<(SessionState State, string Entry)> _after = [];
    private volatile SessionState? _state;
    private string _entry = "";
    private int _count;
    private int _mistakes;
    private bool _isOver;

    /// <summary>Whether someone watches: progress is shown.</summary>
    public bool IsInteractive { get; init; }

    /// <summary>How many characters a line holds.</summary>
    public Func<int> Width { get; init; } = () => 80;

    /// <summary>Warnings that are not said.</summary>
    public ImmutableArray<string> Silenced { get; init; } = [];

    /// <summary>The seed of draws; null for the usual one, 1, so that a transcript can be made again.</summary>
    public ulong? Seed { get; init; }

    /// <summary>Whether an entry was mistaken.</summary>
    public bool HasFailed => _mistakes > 0;

    /// <summary>Whether the entry that was taken last was not answered, because it is mistaken or was cancelled.</summary>
    public bool IsMistaken { get; private set; }

    /// <summary>Whether there are but the characters of ASCII to draw pictures with.</summary>
    public bool IsAscii { get; init; }

    /// <summary>The model as it stands; null before there is one.</summary>
    public Model? Model => State.Session.Model;

    private SessionState State => _state ??= new SessionState(Session.New(Options(null)));

    private Session Session => State.Session;

    /// <summary>Begins with a model and data; false where they are mistaken.</summary>
    /// <exception cref="UsageException">A file is not there.</exception>
    public bool Start(string? model, IReadOnlyList<string> dataFiles, IReadOnlyList<string> givens)
    {
        if (model is not null) Load(model);
        foreach (var file in dataFiles) ReadData(file);
        foreach (var given in givens) Give(given);
        (_before, _after) = ([], []);
        return !HasFailed;
    }

    /// <summary>Whether more lines belong to what is typed.</summary>
    public static bool IsUnfinished(string entry) => !IsCommand(entry) && !IsBlank(entry) && EditedText.IsUnfinished(entry);

    /// <summary>What is wrong with an entry as it stands, said while it is typed: the first mistake and where in the entry it is; null where nothing is.</summary>
    public (Span Place, string Message)? MistakeIn(string entry)
    {
        if (IsCommand(entry) || IsBlank(entry) || IsUnfinished(entry)) return null;
        var (session, start) = (Session, 0);
        foreach (var part in PastedEntries.Of(entry))
        {
            // What a command does is not known before it is done.
            if (IsCommand(part)) return null;
            start = Math.Max(start, entry.IndexOf(part, start, StringComparison.Ordinal));
            var (mistake, grown) = Tried(session, part);
            if (mistake is var (place, message)) return (place with { Start = start + place.Start }, message);
            (session, start) = (grown, start + part.Length);
        }
        return null;
    }

    /// <summary>The first mistake of an entry, or else the session with it.</summary>
    private static ((Span Place, string Message)? Mistake, Session Session) Tried(Session session, string entry)
    {
        const string Place = "entry";
        if (Session.IsQuestion(entry) && WithoutColon(session, entry) is { } meant) return ((new Span(0, entry.Length), meant), session);
        var grown = Session.IsQuestion(entry) ? new SessionChange(session, session.Check(entry, Place)) : session.Add(entry, Place);
        if (grown.Diagnostics.FirstOrDefault(d => d.Severity == Severity.Error) is not { } mistake) return (null, grown.Session ?? session);
        var message = mistake.Remedy is null ? mistake.Message : $"{mistake.Message}: {mistake.Remedy}";
        return ((mistake.Location is { Path: Place } place ? SpanOf(entry, place) : new Span(0, entry.Length), message), session);
    }

    /// <summary>Takes an entry and writes what there is to say to it; false where the session is over.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; the session is as it was before the entry.</exception>
    public bool Take(string entry, CancellationToken cancellation)
    {
        IsMistaken = false;
        if (IsBlank(entry)) return true;
        (_entry, _count) = (entry.Trim(), _count + 1);
        var before = _mistakes;
        // An exception leaves it so.
        IsMistaken = true;
        try
        {
            if (IsCommand(entry)) Command(_entry, cancellation);
            else if (Session.IsQuestion(entry)) Ask(entry, cancellation);
            else Add(entry, cancellation);
        }
        catch (DataException mistake)
        {
            Fail(Session.InPlace(mistake.Diagnostics));
        }
        catch (EngineException objection)
        {
            Fail(Session.InPlace(objection.Diagnostics));
        }
        catch (Exception mistake) when (mistake is UsageException or IOException or UnauthorizedAccessException or InsufficientMemoryException)
        {
            Fail(mistake.Message);
        }
        IsMistaken = _mistakes > before;
        return !_isOver;
    }

    internal static bool IsCommand(string entry) => entry.AsSpan().TrimStart().StartsWith(":");

    /// <summary>Nothing but blanks and comments; what documents is the beginning of a statement.</summary>
    internal static bool IsBlank(string entry) =>
        entry.Split('\n').All(line => line.AsSpan().Trim() is var text && (text.IsEmpty || text.StartsWith("//") && !(text.StartsWith("///") && !text.StartsWith("////"))));

    /// <summary>What messages call the entry.</summary>
    private string Place => $"[{_count}]";

    private void Command(string entry, CancellationToken cancellation)
    {
        var end = entry.AsSpan(1).IndexOfAny(' ', '\t', '\n');
        var (name, rest) = end < 0 ? (entry[1..], "") : (entry[1..(end + 1)], entry[(end + 1)..].Trim());
        SessionCommand.Find(name).Run(this, rest, cancellation);
    }

    private void Add(string entry, CancellationToken cancellation)
    {
        var change = Session.Add(entry, Place, cancellation);
        Write(change.Diagnostics);
        if (change.Session is null) _mistakes++;
        else
        {
            if (Reconciled(change.Session, change.Replaced.SelectMany(s => s.Names).ToHashSet(), cancellation) is not { } state) return;
            foreach (var statement in change.Replaced) output.WriteLine($"replaces {FirstLine(statement.Text)}");
            if (!change.Replaced.IsEmpty) TellOfKinds(Session.Model!, change.Session.Model!);
            Become(state);
        }
    }

    /// <summary>What was true or false and is a number now still counts where it is asked for as such: 0 is false, and any other number true.</summary>
    private void TellOfKinds(Model before, Model after)
    {
        var kinds = before.Variables.ToDictionary(v => v.Name, v => v.Value);
        foreach (var variable in after.Variables)
            if (kinds.TryGetValue(variable.Name, out var kind) && NameOf(kind) is var old && NameOf(variable.Value) is var present && old != present)
                error.WriteLine($"note: `{variable.Name}` was {old}, and is {present} now");
    }

    private static string NameOf(ValueKind kind) => kind switch
    {
        ValueKind.Boolean => "true or false",
        ValueKind.Label => "a label",
        _ => "a number",
    };

    /// <summary>What is said to a command without its colon: <c>quit</c>, <c>load m.gm</c>; null where the entry is none, or the model has something of that name.</summary>
    private static string? WithoutColon(Session session, string entry)
    {
        if (entry.Trim().Split([' ', '\t'], 2) is not [var word, .. var rest] || SessionCommand.NameWithoutColon(word) is not { } command) return null;
        if (rest is [var argument] && !(char.IsLetterOrDigit(argument.TrimStart()[0]) || argument.TrimStart()[0] is '/' or '~' or '.')) return null;
        return session.Statements.Any(s => s.Names.Contains(word)) ? null : $"commands begin with a colon: `:{command}`";
    }

    private void Ask(string question, CancellationToken cancellation)
    {
        if (WithoutColon(Session, question) is { } meant) throw new UsageException(meant);
        if (Answer(question, cancellation) is not { } answer) return;
        output.Write(answer.ToText(Width(), IsAscii));
        Remark(answer);
    }

    /// <summary>Null, with the mistakes written, where there is no answer.</summary>
    private Answer? Answer(string question, CancellationToken cancellation)
    {
        Answer answer;
        using (var display = Progress()) answer = Session.Ask(question, Place, display, cancellation);
        if (answer.Success) return answer;
        Fail(answer.Diagnostics);
        return null;
    }

    /// <summary>What an answer says about itself, below it.</summary>
    private void Remark(Answer answer)
    {
        output.Flush();
        foreach (var note in answer.Notes) error.WriteLine($"note: {note}");
        if (answer.Distrust is { } verdict) error.WriteLine(verdict);
    }

    /// <summary>What is new stands; what was there can be had back.</summary>
    private void Become(SessionState state)
    {
        _before = _before.Push((State, _entry));
        _after = [];
        _state = state;
    }

    private ProgressDisplay? Progress() => IsInteractive ? new ProgressDisplay(error, Session.Options.Nuts.Chains, Width()) : null;

    private SessionOptions Options(string? file) => new()
    {
        Compile = Inputs.OptionsOf([.. Silenced]) with
        {
            // Imports are relative to the file, of which the session is no part any more once it has grown; pictures are headed by its name.
            Path = file is not null && Path.HasExtension(file) ? Path.ChangeExtension(file, null) : Whole,
            ImportRoots = file is null ? [Directory.GetCurrentDirectory()] : [Directory.GetCurrentDirectory(), Path.GetDirectoryName(Path.GetFullPath(file))!],
        },
        Seed = _state?.Session.Options.Seed ?? Seed ?? 1,
        Engines = MessagePassingOptions.All,
    };

    private void Fail(IEnumerable<Diagnostic> diagnostics)
    {
        Write(diagnostics);
        _mistakes++;
    }

    private void Fail(string message)
    {
        error.WriteLine(message);
        _mistakes++;
    }

    /// <summary>So many messages are written of one entry: who reads the first ones mends them first.</summary>
    private const int MostMessages = 10;

    private void Write(IEnumerable<Diagnostic> diagnostics)
    {
        var all = diagnostics.ToArray();
        if (all.Length > MostMessages) all = [.. all.OrderByDescending(d => d.Severity == Severity.Error)];
        foreach (var diagnostic in all.Take(MostMessages)) error.WriteLine(diagnostic);
        if (all.Length > MostMessages) error.WriteLine($"… and {all.Length - MostMessages} more");
    }

    private static string FirstLine(string text) => text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? text[..end].TrimEnd() + " …" : text;

    private static Span SpanOf(string entry, Location place)
    {
        var start = 0;
        for (var line = 1; line < place.Line; line++) start = entry.IndexOf('\n', start) + 1;
        start = Math.Min(start + place.Column - 1, entry.Length);
        return new Span(start, Math.Min(place.Length, entry.Length - start));
    }
}
