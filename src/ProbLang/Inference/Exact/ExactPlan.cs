using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>Which reductions over many cells are taken term by term.</summary>
internal enum Decomposing
{
    /// <summary>None.</summary>
    None,

    /// <summary>Those whose partial results are computed.</summary>
    Computed,

    /// <summary>Those whose partial results are random too, which leaves sums what they are, but not maxima.</summary>
    All,
}

/// <summary>What is summed over and in which order, before anything is summed: the finite cells, the terms over them, and the tree of cliques; or why there is no such sum.</summary>
internal sealed class ExactPlan
{
    private readonly Dictionary<(Variable Variable, int Cell), ConditionalMarginal> _reports = [];
    private readonly List<int[]> _scopes = [];

    private ExactPlan(ConditionedModel model, double logTail) => (Original, Model, Evaluator, LogTail) = (model, model, new Evaluator(model), logTail);

    /// <summary>The model as it was given.</summary>
    public ConditionedModel Original { get; }

    /// <summary>The model with statements for partial results, where such are worth it.</summary>
    public ConditionedModel Model { get; private set; }

    /// <summary>Whether some partial results are random, so that this is no plan for a maximum.</summary>
    public bool HasChance { get; private set; }

    /// <summary>Holds the present setting; serves one thread.</summary>
    public Evaluator Evaluator { get; private set; }

    public FiniteSupports Supports { get; private set; } = null!;

    public FiniteCells Cells => Supports.Cells;

    /// <summary>The logarithm of what may be cut off of a distribution without an end.</summary>
    public double LogTail { get; }

    public IReadOnlyList<FiniteTerm> Terms { get; private set; } = [];

    /// <summary>The scopes that are not those of terms: of what is reported.</summary>
    public IReadOnlyList<int[]> Scopes => _scopes;

    /// <summary>The logarithms of all that does not depend on what is unknown.</summary>
    public double Constant { get; private set; }

    /// <summary>Whether what is summed may be above 1.</summary>
    public bool HasDensities { get; private set; }

    /// <summary>What is integrated out.</summary>
    public ContinuousPart Continuous { get; private set; } = null!;

    /// <summary>The plan of the sum; null where there are objections.</summary>
    public CliqueTree? Tree { get; private set; }

    public ImmutableArray<Diagnostic> Objections { get; private set; } = [];

    /// <param name="model">The model.</param>
    /// <param name="options">Bounds.</param>
    /// <param name="logTail">The logarithm of what may be cut off of a distribution without an end.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <param name="released">The facts about what was observed, where the model has it unknown.</param>
    /// <param name="decomposing">Which reductions may be taken term by term, where that is worth it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ExactPlan Of(ConditionedModel model, Exact options, double logTail, CancellationToken cancellation, IReadOnlyList<Released>? released = null, Decomposing decomposing = Decomposing.All)
    {
        var plan = new ExactPlan(model, logTail);
        try
        {
            plan.Build(options, released ?? [], decomposing, cancellation);
        }
        catch (DiagnosticException mistake)
        {
            plan.Objections = [mistake.Diagnostic];
        }
        // Where many reductions are over the same cells, their partial results together may be more than the cells.
        if (plan.Model == model || plan.Objections.IsEmpty) return plan;
        var other = Of(model, options, logTail, cancellation, released, decomposing == Decomposing.All ? Decomposing.Computed : Decomposing.None);
        return other.Objections.IsEmpty ? other : plan;
    }

    /// <summary>How a cell that is no finite cell itself is reported; null where it is known.</summary>
    public ConditionalMarginal? Report(Variable variable, int cell) => _reports.GetValueOrDefault((variable, cell));

    /// <summary>The graph of the sum, with further scopes.</summary>
    public FiniteGraph Graph(IEnumerable<int[]> further) =>
        new([.. Enumerable.Range(0, Cells.Count).Select(n => Cells[n].Count)], [.. Terms.Select(t => t.Cells), .. _scopes, .. further]);

    /// <summary>The tree of a graph, unless that would be too large.</summary>
    public CliqueTree? TreeOf(FiniteGraph graph, Exact options, out Diagnostic? objection)
    {
        objection = null;
        for (var f = 0; f < graph.Scopes.Length; f++)
            if (graph.Entries(f) > options.MaxEntries)
            {
                objection = TooLarge(graph.Scopes[f], graph.Entries(f), options);
                return null;
            }
        var tree = CliqueTree.Of(graph);
        if (tree.Entries <= options.MaxEntries && tree.Work <= Array.MaxLength) return tree;
        objection = TooLarge(tree.Largest, tree.Entries, options);
        return null;
    }

    private void FindCells(CancellationToken cancellation)
    {
        Continuous = new ContinuousPart(Model, Evaluator);
        Supports = FiniteSupports.Find(Model, Evaluator, role => role is Role.Latent or Role.Predicted, LogTail, new ComputedCells(Model, Evaluator, cancellation), Continuous.Owns);
    }

    private void Build(Exact options, IReadOnlyList<Released> released, Decomposing decomposing, CancellationToken cancellation)
    {
        FindCells(cancellation);
        if (Continuous.Objections.Count > 0)
        {
            Objections = [.. Continuous.Objections];
            return;
        }
        if (decomposing != Decomposing.None) (Model, HasChance) = DecomposedModel.Of(Original, Evaluator, Supports, withChance: decomposing == Decomposing.All);
        if (Model != Original)
        {
            Evaluator = new Evaluator(Model);
            FindCells(cancellation);
        }
        if (Supports.Objections.Count > 0)
        {
            Objections = [.. Supports.Objections];
            return;
        }
        Continuous.Prepare(Cells, Supports.Scopes, options, cancellation);
        if (Continuous.Objections.Count > 0)
        {
            Objections = [.. Continuous.Objections];
            return;
        }
        var builder = new TermBuilder(Model, Evaluator, Cells, Supports.Scopes, Continuous, cancellation);
        builder.Build();
        (Terms, Constant, HasDensities) = ([.. builder.Terms, .. released.Select(TermOf).OfType<FiniteTerm>()], builder.Constant, builder.HasDensities || Continuous.HasDensities);
        if ((builder.Objection ?? AddReports(Continuous, options)) is { } objection)
        {
            Objections = [objection];
            return;
        }
        Tree = TreeOf(Graph([]), options, out var tooLarge);
        if (tooLarge is not null) Objections = [tooLarge];
    }

    /// <summary>That an observation that was turned into an unknown has the value that was observed, if it is there.</summary>
    private FiniteTerm? TermOf(Released released, int index)
    {
        var number = Cells.NumberOf(released.Variable, released.Cell);
        if (number < 0) return null;
        var storage = Evaluator[released.Variable];
        return new FiniteTerm
        {
            Cells = [number],
            Scope = new FiniteScope([number], [], "", false),
            Key = new TableKey(int.MinValue, index, []),
            Evaluate = () => storage[released.Cell] == released.Value || double.IsNaN(storage[released.Cell]) ? 0 : double.NegativeInfinity,
            Place = released.Fact.Place,
            Fact = released.Fact,
        };
    }

    /// <summary>Cells that are no variables of the sum are reported from the joint distribution of what they depend on.</summary>
    private Diagnostic? AddReports(ContinuousPart continuous, Exact options)
    {
        var covered = new HashSet<string>(Terms.Select(t => KeyOf(t.Cells)));
        foreach (var reported in ReportedCells.Of(Original))
            foreach (var cell in reported.Cells)
            {
                var state = Model[reported.Variable];
                if (Cells.NumberOf(reported.Variable, cell) >= 0 || !double.IsNaN(state.Values[cell])) continue;
                var (definition, iteration) = Supports.Scopes.OwnerOf(state, cell);
                var owner = Model.Definitions[definition];
                var report = continuous.Of(reported.Variable, cell) ?? (owner.Definition.IsRandom ? Drawn(definition, iteration, cell) : Computed(state, definition, iteration, cell));
                var (element, place) = (CellText.Element(Model, reported.Variable, cell), Model.Graph.Source.Locate(owner.Definition.Target));
                if (report is null || report.Scope.ReadsContinuous) return ExactDiagnostics.Continuous(element, place);
                if (new FiniteSettings(Model, Evaluator, Cells, report.Scope).Count > options.MaxEntries) return ExactDiagnostics.ReportsTooMany(element, place);
                _reports.Add((reported.Variable, cell), report);
                if (report.Scope.Cells.Length > 1 && covered.Add(KeyOf(report.Scope.Cells))) _scopes.Add(report.Scope.Cells);
            }
        return null;
    }

    private static string KeyOf(int[] scope) => string.Join(',', scope.Order());

    private ConditionalMarginal Computed(VariableState state, int definition, int iteration, int cell)
    {
        var storage = Evaluator[state.Variable];
        return new ConditionalMarginal(Supports.Scopes.Of(state, cell), () => Evaluator.Exists(definition, iteration) ? new Results.PointMarginal(storage[cell]) : null);
    }

    /// <summary>A continuous draw that nothing observed depends on has its distribution, whatever the discrete unknowns are.</summary>
    private ConditionalMarginal? Drawn(int definition, int iteration, int cell)
    {
        var state = Model.Definitions[definition];
        if (state.EventRank > 0) return null;
        var e = cell - state.Targets[iteration];
        var scope = Supports.Scopes.Of(definition, iteration, e);
        if (new DrawnMarginal(Evaluator, state, e).For(state.Definition.Distribution!) is not { } marginal) return null;
        return new ConditionalMarginal(scope, () => Evaluator.Exists(definition, iteration) ? marginal(iteration) : null);
    }

    private Diagnostic TooLarge(int[] cells, double entries, Exact options) =>
        FiniteDiagnostics.TooLarge([.. cells.Select(n => ShapeText.Element(Cells[n].Variable.Name, Model[Cells[n].Variable].Shape, Cells[n].Cell))], entries, options.MaxEntries,
            Model.Graph.Source.Locate(Cells[cells[0]].Variable.Span));
}
