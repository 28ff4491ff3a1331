using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Binding;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A probabilistic model: what quantities there are and how they depend on each other. Immutable.</summary>
public sealed class Model
{
    private readonly ModelFile _file;
    private readonly Spent _spent;

    private readonly ResourceLimits _limits;

    private readonly ImmutableArray<string> _silenced;

    private Model(ModelFile file, ModelGraph graph, ImmutableArray<Import> imports, ImmutableArray<string> silenced, ResourceLimits limits, Spent spent)
    {
        (_file, Graph, _silenced, _limits, _spent) = (file, graph, silenced, limits, spent);
        Functions = [.. imports.SelectMany(i => i.File.File.Statements).Concat(file.Statements).OfType<DefStatement>()];
    }

    /// <summary>The text that the model was compiled from, with its path.</summary>
    public SourceText Source => Graph.Source;

    /// <summary>What the model says of itself, in its leading <c>///</c> lines; null where it says nothing.</summary>
    public string? Documentation => Graph.Documentation;

    /// <summary>The variables, in the order of the model: what data may be given for, and what results are of.</summary>
    public ImmutableArray<VariableDescription> Variables => DescribedVariables.Of(Graph);

    internal ModelGraph Graph { get; }

    /// <summary>The functions that its statements may call, those of the files that it imports first.</summary>
    internal ImmutableArray<DefStatement> Functions { get; }

    /// <summary>Compiles the text of a model.</summary>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Compilation Compile(string text, CompileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new CompileOptions();
        var silenced = WarningCatalog.Checked(options.Silenced);
        return Budget.Run(options.Limits, default, _ => Compile(new SourceText(options.Path, text), ImportSource.Of(options, null), silenced, options.Limits), cancellation);
    }

    /// <summary>Compiles a .gm file, which may import others from its own folder and what is below it.</summary>
    /// <param name="path">The file; the path in the options is not looked at.</param>
    /// <param name="options">What else may be imported.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static Compilation CompileFile(string path, CompileOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        options ??= new CompileOptions();
        var silenced = WarningCatalog.Checked(options.Silenced);
        return Budget.Run(options.Limits, default, _ =>
        {
            using var stream = File.OpenRead(path);
            return SourceReader.Read(path, stream, out var unreadable) is { } source ? Compile(source, ImportSource.Of(options, path), silenced, options.Limits) : new Compilation(null, [unreadable!]);
        }, cancellation);
    }

    /// <summary>What is wrong with the model whatever its data will be: every check that constants decide, with indices, sizes and arguments computed.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Check(CancellationToken cancellation = default) =>
        Budget.Run(_limits, _spent, _ => WarningCatalog.Shown(ConstantPart.Mistakes(Graph), _silenced, DiagnosticList.Capacity), cancellation);

    /// <summary>Gives the model its data, which say what is known, observed, latent and predicted.</summary>
    /// <exception cref="DataException">The data do not fit the model.</exception>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning; or it is ambiguous which variable a property of the program is, or its values cannot be data.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Problem Condition(Data data, ConditionOptions? options = null, CancellationToken cancellation = default) =>
        TryCondition(data, out var problem, out var diagnostics, options, cancellation) ? problem! : throw new DataException(diagnostics);

    /// <summary>Gives the model its data; false, with the reasons, where they do not fit. There may be warnings in any case.</summary>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning; or it is ambiguous which variable a property of the program is, or its values cannot be data.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryCondition(Data data, out Problem? problem, out ImmutableArray<Diagnostic> diagnostics, ConditionOptions? options = null, CancellationToken cancellation = default)
    {
        (problem, diagnostics, _) = Conditioned(data, options, cancellation);
        return problem is not null;
    }

    /// <summary>The input that says how many rows there are: what the outermost `for` around what is drawn runs up to; null where that is no input.</summary>
    public string? RowSize => SizeOf(Graph.Definitions.FirstOrDefault(d => d.IsRandom && !d.Plates.IsEmpty)?.Plates[0]);

    /// <summary>The input up to which a `for` with this index runs; null where there is none.</summary>
    /// <param name="index">The name of the index.</param>
    public string? SizeOf(string index) => Graph.Definitions.SelectMany(d => d.Plates).Where(p => p.Loop.Name == index).Select(SizeOf).FirstOrDefault(s => s is not null);

    private static string? SizeOf(Plate? plate) => plate is { Upper: VariableValue { Variable: { IsInput: true, IsParameter: false, LevelsOf: null } size } } ? size.Name : null;

    /// <summary>
    /// What the model is with data, as text: the role of every variable, the class, the engine that would run. Also where the data cannot be conditioned on because what they give
    /// has no density; false, with the reasons, where the data do not fit.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="text">The explanation; null where the data do not fit.</param>
    /// <param name="diagnostics">What is wrong, or worth a look.</param>
    /// <param name="engines">Further engines to ask.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentException">What is to be silenced is not a warning.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryExplain(Data data, out string? text, out ImmutableArray<Diagnostic> diagnostics, IEnumerable<MessagePassing>? engines = null, CancellationToken cancellation = default)
    {
        (text, diagnostics) = Budget.Run(_limits, _spent, _ => Explained(data, engines ?? [], cancellation), cancellation);
        return text is not null;
    }

    private (string? Text, ImmutableArray<Diagnostic> Diagnostics) Explained(Data data, IEnumerable<MessagePassing> engines, CancellationToken cancellation)
    {
        string? text = null;
        var (conditioned, diagnostics, refused) = Conditioned(data, null, cancellation);
        if (conditioned is { } problem)
        {
            diagnostics = diagnostics.AddRange(problem.InferenceWarnings);
            text = problem.Explain(engines, cancellation);
        }
        else if (refused is { Class: { } found, Diagnostics: var why })
        {
            var known = DataBinding.Of(Graph, data, out _)!.Data;
            text = Explanation.Of(Graph, v => GraphTaxonomy.IsGiven(Graph, known, v), found, [.. why.Where(d => d.Severity == Severity.Error)]);
            diagnostics = [.. diagnostics.Where(d => d.Severity != Severity.Error)];
        }
        return (text, diagnostics);
    }

    /// <summary>The model as a picture: the graph of what depends on what, with its plates.</summary>
    /// <param name="form">How the picture is written.</param>
    /// <param name="expectsData">Whether what nothing depends on is shown as observed, as it will be once there are data; else only what the model itself gives is.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    public string DrawGraph(GraphForm form, bool expectsData = true) => GraphDrawing.Of(Graph, form, expectsData);

    /// <summary>
    /// The model with data as a picture, in which what they give is shown as observed; also where the data cannot be conditioned on because what they give has no density. False, with the
    /// reasons, where the data do not fit.
    /// </summary>
    /// <param name="data">The data.</param>
    /// <param name="form">How the picture is written.</param>
    /// <param name="text">The picture; null where the data do not fit.</param>
    /// <param name="diagnostics">What is wrong, or worth a look.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such form.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public bool TryDrawGraph(Data data, GraphForm form, out string? text, out ImmutableArray<Diagnostic> diagnostics, CancellationToken cancellation = default)
    {
        (text, diagnostics) = Budget.Run(_limits, _spent, _ => Drawn(data, form, cancellation), cancellation);
        return text is not null;
    }

    private (string? Text, ImmutableArray<Diagnostic> Diagnostics) Drawn(Data data, GraphForm form, CancellationToken cancellation)
    {
        var (conditioned, diagnostics, refused) = Conditioned(data, null, cancellation);
        if (conditioned is { } problem) return (problem.DrawGraph(form), diagnostics);
        if (refused is not { Class: not null }) return (null, diagnostics);
        var known = DataBinding.Of(Graph, data, out _)!.Data;
        return (GraphDrawing.Of(Graph, form, v => GraphTaxonomy.IsGiven(Graph, known, v)), [.. diagnostics.Where(d => d.Severity != Severity.Error)]);
    }

    private (Problem? Problem, ImmutableArray<Diagnostic> Diagnostics, ConditioningResult? Conditioned) Conditioned(Data data, ConditionOptions? options, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= new ConditionOptions();
        var silenced = _silenced.AddRange(WarningCatalog.Checked(options.Silenced));
        var limits = options.Limits ?? _limits;
        return Budget.Run(limits, _spent, (Problem?, ImmutableArray<Diagnostic>, ConditioningResult?) (budget) =>
        {
            var clock = Stopwatch.StartNew();
            var before = budget.Bytes;
            if (DataBinding.Of(Graph, data, out var diagnostics) is not { } binding) return (null, diagnostics, null);
            var conditioned = Conditioner.Condition(binding.Graph, binding.Data);
            diagnostics = WarningCatalog.Shown(conditioned.Diagnostics, silenced, DiagnosticList.Capacity);
            var spent = new Spent(_spent.Time + clock.Elapsed, _spent.Bytes + budget.Bytes - before);
            var problem = conditioned.Model is { } model ? new Problem(this, binding, model, diagnostics, silenced, options.MaxTableEntries, limits, spent) : null;
            return (problem, diagnostics, conditioned);
        }, cancellation);
    }

    /// <summary>What the model is, as text: its variables, its class and what decides it, the engine that would run. A model that gives its data itself is explained with them.</summary>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string Explain(CancellationToken cancellation = default) => Budget.Run(_limits, _spent, _ =>
        Graph is not { GivenValues: [], GivenConditions: [], GivenOrders: [] } && TryExplain(Data.Empty, out var text, out var _, cancellation: cancellation) ? text! : Explanation.Of(Graph), cancellation);

    /// <summary>The canonical text of the tree that the parser made.</summary>
    public string PrintSyntax() => Printer.Print(_file);

    /// <summary>The bound graph as text: variables with types and dimensions, and what defines them.</summary>
    public string PrintGraph() => GraphPrinter.Print(Graph);

    private static Compilation Compile(SourceText text, ImportSource importSource, ImmutableArray<string> silenced, ResourceLimits limits)
    {
        var clock = Stopwatch.StartNew();
        var parsed = Parser.Parse(text);
        if (!parsed.ReachedTheEnd) return new Compilation(null, parsed.Diagnostics);
        var (source, imports, unreadable) = Imports.Read(parsed.File, text, importSource);
        if (!unreadable.IsEmpty) return new Compilation(null, [.. parsed.Diagnostics, .. unreadable]);
        var bound = Binder.Bind(parsed.File, source, parsed.Unread, imports, silenced);
        return parsed.Success && bound.Graph is { } graph
            ? new Compilation(new Model(parsed.File, graph, imports, silenced, limits, new Spent(clock.Elapsed, Budget.Current.Bytes)), bound.Diagnostics)
            : new Compilation(null, Together(parsed.Diagnostics, bound.Diagnostics));
    }

    /// <summary>
    /// The mistakes of both stages in the order of the text, those in imported files last. Where a part of the text could not be read, warnings would
    /// be about what is missing.
    /// </summary>
    private static ImmutableArray<Diagnostic> Together(ImmutableArray<Diagnostic> parsed, ImmutableArray<Diagnostic> bound)
    {
        if (parsed.IsEmpty) return bound;
        var own = parsed[0].Location?.Path;
        var places = parsed.Select(Place).ToHashSet();
        return [.. parsed.Concat(bound.Where(d => d.Severity == Severity.Error && !places.Contains(Place(d)))).OrderBy(Place).Take(DiagnosticList.Capacity)];

        (bool, int, int) Place(Diagnostic diagnostic) =>
            (diagnostic.Location is { } place && place.Path != own, diagnostic.Location?.Line ?? 0, diagnostic.Location?.Column ?? 0);
    }
}
