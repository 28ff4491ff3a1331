using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.Graph;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Results;
using ProbLang.Syntax;
using ProbLang.Text;

namespace ProbLang;

/// <summary>A model with its data: what there is to infer. Immutable, and safe to share between threads.</summary>
public sealed partial class Problem
{
    private readonly ExactSolver _exact;

    private readonly Once<CompiledProgram> _program;

    private readonly Once<CompiledProgram> _likelihood;

    private readonly Once<CompiledProgram> _mode;

    private readonly Once<Problem?> _closed;

    private readonly ImmutableArray<string> _silenced;

    private readonly long _maxTableEntries;

    private readonly Once<OutputLayout> _layout;

    private readonly Once<ModelClass> _class;

    private readonly Once<ImmutableArray<Diagnostic>> _inferenceWarnings;

    private readonly Spent _spent;

    private ResourceLimits _limits;

    internal Problem(Model model, DataBinding binding, ConditionedModel conditioned, ImmutableArray<Diagnostic> warnings, ImmutableArray<string> silenced, long maxTableEntries, ResourceLimits limits, Spent spent)
    {
        (Model, Binding, Conditioned, Warnings) = (model, binding, conditioned, warnings);
        (_limits, _spent) = (limits, spent);
        (_silenced, _maxTableEntries) = (silenced, maxTableEntries);
        Unlearned = [.. conditioned.OpenParameters.Select(p => Missing(p.Variable, model.Source.Locate(p.Variable.Span)))];
        _exact = new ExactSolver(conditioned);
        FactorGraph = new FactorGraphSolver(conditioned);
        _inferenceWarnings = new(() => WarningCatalog.Shown(Analysis.InferenceWarnings.Of(conditioned), silenced, DiagnosticList.Capacity));
        _program = new Once<CompiledProgram>(() => Unlearned.IsEmpty ? CompiledProgram.Of(conditioned, maxTableEntries) : throw new EngineException(Unlearned));
        _likelihood = new Once<CompiledProgram>(() => CompiledProgram.Of(conditioned, maxTableEntries, DensityKind.Likelihood));
        _mode = new Once<CompiledProgram>(() => CompiledProgram.Of(conditioned, maxTableEntries, DensityKind.Mode));
        _closed = new Once<Problem?>(Close);
        _layout = new Once<OutputLayout>(() => ReportedLayout.Of(conditioned));
        _class = new Once<ModelClass>(() => ConditionedTaxonomy.Of(conditioned, WhyNotEliminated));
    }

    /// <summary>The model.</summary>
    public Model Model { get; }

    /// <summary>What is worth a look in the data.</summary>
    public ImmutableArray<Diagnostic> Warnings { get; }

    /// <summary>What is worth a look before inference, in the order of the text: unknowns that the data say nothing of, and the like. To draw forward, none of it matters.</summary>
    public ImmutableArray<Diagnostic> InferenceWarnings => Run(_ => _inferenceWarnings.Value, default);

    /// <summary>The variables of which the data give at least one random element, or one that is computed of what is unknown.</summary>
    public ImmutableArray<string> Observed => [.. Conditioned.Variables.Where(v => !v.Variable.IsParameter && v.Any(Role.Observed) || Conditioned.IsGiven(v.Variable)).Select(v => v.Variable.Name)];

    /// <summary>The variables that a posterior reports.</summary>
    public ImmutableArray<string> Reported => [.. _layout.Value.Variables.Select(v => v.Name)];

    /// <summary>The elements of them, such as <c>theta[3]</c>.</summary>
    public ImmutableArray<string> ReportedElements => _layout.Value.ElementNames;

    internal ConditionedModel Conditioned { get; }

    /// <summary>What it was conditioned from.</summary>
    internal DataBinding Binding { get; }

    /// <summary>What engines that need the values of all parameters say: each of those that nothing gives.</summary>
    internal ImmutableArray<Diagnostic> Unlearned { get; }

    /// <summary>What the sampler sums out; null where nothing is.</summary>
    internal FinitePlan? Sums => _program.Value.Density.Plan;

    internal ModelClass Class => _class.Value;

    /// <summary>Compiles the model for the sampler now rather than at the first inference, which then starts at once.</summary>
    /// <exception cref="EngineException">The sampler objects to the model.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public void Prepare(CancellationToken cancellation = default) => _ = Run(_ => _program.Value, cancellation);

    /// <summary>The same problem, with other limits for all that is asked of it from here on.</summary>
    public Problem Within(ResourceLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var copy = (Problem)MemberwiseClone();
        copy._limits = limits;
        return copy;
    }

    /// <summary>Answers within the limits.</summary>
    private T Run<T>(Func<Budget, T> answer, CancellationToken cancellation) => Budget.Run(_limits, _spent, answer, cancellation);

    /// <summary>Whether anything that it asks for is limited.</summary>
    internal bool IsLimited => _limits != ResourceLimits.None;

    /// <summary>Answers one of many questions, long after the model was compiled: within the limits, of which each has the whole time.</summary>
    internal T RunAnew<TState, T>(TState state, Func<TState, Budget, T> answer, CancellationToken cancellation) where TState : allows ref struct =>
        Budget.Run(_limits, _spent with { Time = TimeSpan.Zero }, state, answer, cancellation);

    /// <summary>Why exact inference cannot take the problem; empty where it can.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(Exact engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(budget => Unlearned.IsEmpty ? _exact.Objections(engine, budget.Token) : Unlearned, cancellation);
    }

    /// <summary>Why the sampler cannot take the problem; empty where it can. The first call compiles it.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(Nuts engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(_ => ObjectionsOf(_program), cancellation);
    }

    /// <summary>Computes the posterior exactly.</summary>
    /// <exception cref="EngineException">The engine objects to the model, or the data contradict it.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ExactPosterior Infer(Exact engine, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        var clock = Stopwatch.StartNew();
        return Run(budget => Answered(() => new ExactPosterior(this, _exact.Solve(engine, budget.Token), _layout.Value, _spent.Time, () => clock.Elapsed)), cancellation);
    }

    /// <summary>Draws from the posterior. A cancellation ends it soon, with the draws that are finished.</summary>
    /// <exception cref="EngineException">The engine objects to the model.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option of the engine is out of its range.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was a draw, as while it warmed up.</exception>
    public SampledPosterior Infer(Nuts engine, IProgress<ChainProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        engine.CheckOptions();
        return Run(budget => Infer(engine, progress, budget), cancellation);
    }

    private SampledPosterior Infer(Nuts engine, IProgress<ChainProgress>? progress, Budget budget)
    {
        var program = _program.Value;
        TakeDraws(engine.Chains, engine.Draws, _layout.Value.Count);
        var clock = Stopwatch.StartNew();
        var run = Answered(() => engine.Sample(program.Density, progress, budget.Token));
        // Of a warm-up that was cut short there is nothing to show.
        if (run.IsCancelled && run.Chains.All(c => c.Draws.Count == 0)) budget.Token.ThrowIfCancellationRequested();
        var (compile, total) = (_spent.Time + program.CompileTime, clock.Elapsed);
        // Chains run side by side: what each phase took is the longest of them.
        var warmup = run.Chains.Max(c => c.WarmupTime);
        return new SampledPosterior(this, run, _layout.Value, new Seconds(
            compile.TotalSeconds, warmup.TotalSeconds, (total - warmup).TotalSeconds, (compile + total).TotalSeconds));
    }

    /// <summary>What exact inference knows of every cell of one variable, a known one included.</summary>
    /// <exception cref="EngineException">The engine objects to the model, or the data contradict it.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    internal (ImmutableArray<Marginal> Marginals, ImmutableArray<string> Notes) Marginals(Variable variable, Exact engine, CancellationToken cancellation)
    {
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        var state = Conditioned[variable];
        return Answered(() =>
        {
            var solution = _exact.Solve(engine, cancellation);
            ImmutableArray<Marginal> marginals =
                [.. Enumerable.Range(0, state.Count).Select(cell => state.IsKnown(cell) ? new PointMarginal(state.Values[cell]) : solution.Of(variable, cell))];
            return (marginals, solution.Notes);
        });
    }

    private bool HasLatents => Conditioned.Variables.Any(v => !v.Variable.IsParameter && v.Any(Role.Latent));

    /// <summary>What nothing observed depends on is first computed when it is predicted, and may be mistaken there.</summary>
    internal static T Answered<T>(Func<T> infer)
    {
        try
        {
            return infer();
        }
        catch (ObjectionException objection)
        {
            throw new EngineException([objection.Diagnostic]);
        }
        catch (DiagnosticException mistake)
        {
            throw new EngineException([mistake.Diagnostic]);
        }
    }

    /// <summary>Draws every random variable forward, with inputs and sizes from the data.</summary>
    /// <exception cref="DataException">The model has something that cannot be drawn, such as an improper prior.</exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Simulation Sample(int count, ulong seed, CancellationToken cancellation = default) => Sample(count, seed, Data.Empty, cancellation);

    /// <summary>
    /// As <see cref="Sample(int, ulong, CancellationToken)"/>, with random variables fixed to values (do, not given): what they depend
    /// on is drawn as ever, and what depends on them sees the values. A missing element is drawn.
    /// </summary>
    /// <exception cref="DataException">
    /// The model has something that cannot be drawn; or a value does not fit: no such variable, not a random one, another shape.
    /// </exception>
    /// <exception cref="InsufficientMemoryException">The draws do not fit into memory.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it began.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public Simulation Sample(int count, ulong seed, Data interventions, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(interventions);
        if (!Unlearned.IsEmpty) throw new DataException(Unlearned);
        return Run(budget =>
        {
            var model = AncestralSimulation.Of(Conditioned);
            return AncestralSimulation.Run(model, count, seed, InterventionBinding.Of(model, interventions), budget.Token);
        }, cancellation);
    }

    /// <summary>Counts draws before they are there: what is computed from all draws of an element needs a whole array too.</summary>
    /// <param name="chains">How many chains.</param>
    /// <param name="draws">How many draws each has.</param>
    /// <param name="outputs">How many elements.</param>
    /// <param name="beside">How many numbers are kept of a draw beside these.</param>
    private static void TakeDraws(int chains, int draws, int outputs, int beside = ChainDraws.StatisticCount) =>
        DrawMemory.Take((double)draws * Math.Max(Math.Max(outputs, ChainDraws.StatisticCount), chains), (double)chains * draws * (outputs + beside) * sizeof(double), "draws");

    /// <summary>The program of the log density and of its derivative, as text; where parameters are to be learned, that of their log likelihood.</summary>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="EngineException">The model has no such density.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string PrintProgram(CancellationToken cancellation = default) => Run(_ => (Unlearned.IsEmpty ? _program : _likelihood).Value.Density.Print(), cancellation);
}
