using System.Collections.Immutable;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>
/// A model that grows statement by statement, with data, of which anything may be asked at any time. Immutable: every change is another session, so that going back is
/// keeping the old one. What was computed for an answer is kept with the session that was asked, and serves later questions. Safe to share between threads.
/// </summary>
public sealed partial class Session
{
    private readonly PlacedText _header;
    private readonly Lazy<PlacedText> _written;
    private readonly AnswerBases _bases;
    private readonly Once<bool> _mayBeExact;

    private Session(SessionOptions options, PlacedText header, ImmutableArray<SessionStatement> statements, Model? model, Data data, Data learned)
    {
        (Options, _header, Statements, Model, Data, Learned) = (options, header, statements, model, data, learned);
        _written = new(() => Together(header, statements));
        _bases = new AnswerBases(this);
        _mayBeExact = new(() => !TryCondition(out var problem, out _) || problem!.Objections(options.Exact).IsEmpty);
    }

    /// <summary>How it compiles and answers.</summary>
    public SessionOptions Options { get; }

    /// <summary>The statements, in the order of the text. What a new one replaces, it replaces in its place.</summary>
    public ImmutableArray<SessionStatement> Statements { get; }

    /// <summary>The model that the statements make; null where there is none.</summary>
    public Model? Model { get; }

    /// <summary>What is given.</summary>
    public Data Data { get; }

    /// <summary>Values of parameters that were learned from the data.</summary>
    public Data Learned { get; }

    /// <summary>The text of the model, as it was written.</summary>
    public string Text => _written.Value.Text;

    /// <summary>A session without statements and data.</summary>
    public static Session New(SessionOptions? options = null) => new(options ?? new SessionOptions(), PlacedText.Empty, [], null, Data.Empty, Data.Empty);

    /// <summary>
    /// Adds statements, and compiles all together: within the text, as in a file, their order does not matter. A statement stands in the place of an older one that
    /// defines the same variable, function or net, or elements of a variable that may be the same.
    /// </summary>
    /// <param name="text">One or more statements.</param>
    /// <param name="place">What messages call the text.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The new session; none where the text is mistaken, or what is left of the old one no longer holds together with it.</returns>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public SessionChange Add(string text, string place = "entry", CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Budget.Run(ResourceLimits.None, default, _ => Grown(text, place), cancellation);
    }

    private SessionChange Grown(string text, string place)
    {
        var entry = new SourceText(place, text);
        var parsed = Parser.Parse(entry);
        if (parsed.Diagnostics.Any(d => d.Severity == Severity.Error)) return new SessionChange(null, [.. parsed.Diagnostics.Select(SessionDiagnostics.OfEntry)]);
        var header = Statements.IsEmpty && parsed.File.Documentation is not null ? SessionHeader.EndOf(text) : 0;
        var added = SessionStatement.Of(entry, parsed.File, header);
        var growth = SessionGrowth.Of(Statements, added);
        var change = Compiled(header > 0 ? PlacedText.Of(entry, new Span(0, header)) : _header, growth.Statements);
        // What is worth a look in older statements has been said before; and an input is not used before something uses it.
        var worth = change.Diagnostics.Where(d => d.Severity == Severity.Error || d.Location?.Path == place && d.Id != UnusedInput);
        return change with { Diagnostics = [.. worth], Added = added, Replaced = growth.Replaced };
    }

    /// <summary>Takes statements away.</summary>
    /// <returns>The new session; none where others need what they define.</returns>
    public SessionChange Without(IEnumerable<SessionStatement> statements)
    {
        var gone = statements.ToHashSet();
        var change = Compiled(_header, [.. Statements.Where(s => !gone.Contains(s))]);
        return change with { Diagnostics = [.. change.Diagnostics.Where(d => d.Severity == Severity.Error)], Replaced = [.. Statements.Where(gone.Contains)] };
    }

    /// <summary>The same with other data.</summary>
    public Session With(Data data) => new(Options, _header, Statements, Model, data, Learned);

    /// <summary>The same with other options. The model is not compiled anew.</summary>
    public Session With(SessionOptions options) => new(options, _header, Statements, Model, Data, Learned);

    /// <summary>The same with what was learned of its parameters; it is forgotten when the model changes.</summary>
    /// <exception cref="ArgumentException">The fit is of another model.</exception>
    public Session With(Fit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        if (Model is null || fit.Objection(Model) is not null) throw new ArgumentException("the fit is of another model", nameof(fit));
        return new Session(Options, _header, Statements, Model, Data, fit.Data);
    }

    /// <summary>The model with what is given.</summary>
    /// <param name="problem">Null where there is no model, or the data do not fit.</param>
    /// <param name="diagnostics">What is wrong, or worth a look; none where there is no model.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryCondition(out Problem? problem, out ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation = default)
    {
        (problem, diagnostics) = (null, []);
        if (Model is null) return false;
        var basis = Budget.Run(ResourceLimits.None, default, _ => _bases.Of("", Learned.With(Data)), cancellation);
        (problem, diagnostics) = (basis.Problem, basis.Diagnostics);
        return problem is not null;
    }

    private const string UnusedInput = "GM0214";

    private SessionChange Compiled(PlacedText header, ImmutableArray<SessionStatement> statements)
    {
        if (statements.IsEmpty) return new SessionChange(new Session(Options, header, statements, null, Data, Data.Empty), []);
        var written = Together(header, statements);
        var (compilation, diagnostics) = Compile(written);
        return new SessionChange(compilation.Success ? new Session(Options, header, statements, compilation.Model, Data, Data.Empty) : null, diagnostics);
    }

    /// <summary>Compiles a text, and says where in what was written the mistakes are.</summary>
    private (Compilation Compilation, ImmutableArray<Diagnostic> Diagnostics) Compile(PlacedText written)
    {
        var compilation = Model.Compile(written.Text, Options.Compile);
        if (compilation.Diagnostics.IsEmpty) return (compilation, []);
        var read = new SourceText(Options.Compile.Path, written.Text);
        return (compilation, [.. compilation.Diagnostics.Select(d => written.Placed(d, read))]);
    }

    private static PlacedText Together(PlacedText header, ImmutableArray<SessionStatement> statements)
    {
        var parts = new List<PlacedText> { header };
        foreach (var statement in statements)
        {
            parts.Add(statement.Written);
            if (!statement.Written.Text.EndsWith('\n')) parts.Add(PlacedText.Of("\n"));
        }
        return PlacedText.Join(parts);
    }
}
