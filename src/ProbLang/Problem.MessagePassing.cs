using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.FactorGraphs;
using ProbLang.Inference;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang;

/// <content>Inference by message passing on a factor graph.</content>
public sealed partial class Problem
{
    internal FactorGraphSolver FactorGraph { get; private set; }

    /// <summary>
    /// Why a message passing engine cannot take the problem; empty where it can. Each objection says which other engine can: exact inference, the sampler, or the first
    /// of <paramref name="others"/>.
    /// </summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    public ImmutableArray<Diagnostic> Objections(MessagePassing engine, params IEnumerable<MessagePassing> others) => Objections(engine, others, default);

    /// <summary>As <see cref="Objections(MessagePassing, IEnumerable{MessagePassing})"/>, ended soon by a cancellation.</summary>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public ImmutableArray<Diagnostic> Objections(MessagePassing engine, IEnumerable<MessagePassing> others, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(engine);
        ArgumentNullException.ThrowIfNull(others);
        if (!Unlearned.IsEmpty) return Unlearned;
        return Run<ImmutableArray<Diagnostic>>(_ =>
        {
            var objections = FactorGraph.Objections(engine);
            return objections.IsEmpty || InsteadOf(engine, others) is not { } other ? objections : [.. objections.Select(o => Pointing(o, other))];
        }, cancellation);
    }

    /// <summary>Computes the posterior by passing messages. A cancellation ends it soon, with what is believed by then.</summary>
    /// <exception cref="EngineException">The engine objects to the model, the data contradict it, or the engine is not available.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public MessagePassingPosterior Infer(MessagePassing engine, IProgress<IterationProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(engine);
        return Run(budget => Infer(engine, progress, budget), cancellation);
    }

    private MessagePassingPosterior Infer(MessagePassing engine, IProgress<IterationProgress>? progress, Budget budget)
    {
        var clock = Stopwatch.StartNew();
        if (Objections(engine) is { IsEmpty: false } objections) throw new EngineException(objections);
        try
        {
            var solution = FactorGraph.Solve(engine, progress, budget.Token);
            return budget.Concluded(() => new MessagePassingPosterior(this, engine, FactorGraph.Plan(engine.Algorithm), solution, LayoutOf(FactorGraph.Plan(engine.Algorithm)), _spent.Time, () => clock.Elapsed));
        }
        catch (ObjectionException objection)
        {
            // No other engine finds values for data that contradict the model.
            var isContradiction = objection.Diagnostic.Id == MessagePassingDiagnostics.ContradictionId;
            throw new EngineException([isContradiction || InsteadOf(engine, []) is not { } other ? objection.Diagnostic : Pointing(objection.Diagnostic, other)]);
        }
    }

    /// <summary>The factor graph on which an engine passes messages, as a C# program that builds it with Infer.NET and runs it.</summary>
    /// <param name="algorithm">The algorithm; null takes the first that has no objection.</param>
    /// <param name="cancellation">Ends it soon.</param>
    /// <exception cref="EngineException">The model has no factor graph, or the algorithm is not right for it.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such algorithm.</exception>
    /// <exception cref="ResourceLimitException">It needs more than the limits allow.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public string PrintFactorGraph(FactorAlgorithm? algorithm = null, CancellationToken cancellation = default)
    {
        if (algorithm is { } asked && !Enum.IsDefined(asked)) throw new ArgumentOutOfRangeException(nameof(algorithm), asked, "There is no such algorithm.");
        if (!Unlearned.IsEmpty) throw new EngineException(Unlearned);
        return Run(_ => Printed(algorithm), cancellation);
    }

    private string Printed(FactorAlgorithm? algorithm)
    {
        var chosen = algorithm ?? Enum.GetValues<FactorAlgorithm>().FirstOrDefault(a => FactorGraph.Plan(a).Objections.IsEmpty);
        var plan = FactorGraph.Plan(chosen);
        if (plan.Objections is { IsEmpty: false } objections) throw new EngineException(objections);
        return FactorGraphPrinter.Print(plan.Graph, chosen, labels: LabelsOf(plan));
    }

    /// <summary>By what names of the model the elements of the factor graph are reported.</summary>
    private ElementLabels LabelsOf(FactorGraphPlan plan) => new(
        from variable in LayoutOf(plan).Variables
        let bound = Conditioned.Graph.Find(variable.Name)!
        from element in Enumerable.Range(0, variable.Count)
        select (variable.ElementName(element), plan.BeliefOf(bound, variable.Cells.IsDefault ? element : variable.Cells[element])));

    /// <summary>The same problem with a factor graph made by hand, for tests.</summary>
    internal Problem With(FactorGraphSolver solver)
    {
        var copy = (Problem)MemberwiseClone();
        copy.FactorGraph = solver;
        return copy;
    }

    private OutputLayout LayoutOf(FactorGraphPlan plan) => IsAnsweredWhole(plan) ? _layout.Value : ReportedLayout.Of(Conditioned, (variable, cell) => plan.BeliefOf(variable, cell) is not null);

    private bool IsAnsweredWhole(FactorGraphPlan plan) => ReportedCells.Of(Conditioned).All(r => r.Cells.All(cell => plan.BeliefOf(r.Variable, cell) is not null));

    /// <summary>Whether an engine without objections computes the exact marginals, of everything that there is to report.</summary>
    private bool IsExact(MessagePassing engine) => FactorGraph.Plan(engine.Algorithm) is var plan && plan.Judgement.IsExact && IsAnsweredWhole(plan);

    private EngineOpinion OpinionOf(MessagePassing engine)
    {
        if (!Unlearned.IsEmpty) return new EngineOpinion(engine.Name, Unlearned);
        var objections = FactorGraph.Plan(engine.Algorithm).Objections;
        return new EngineOpinion(engine.Name, objections)
        {
            Unavailable = engine.Unavailable,
            Quality = objections.IsEmpty ? IsExact(engine) ? "exact for this model" : "approximate" : null,
            Notes = objections.IsEmpty ? FactorGraph.Plan(engine.Algorithm).Notes : [],
        };
    }

    /// <summary>The first other engine that has no objection; null where there is none.</summary>
    private Engine? InsteadOf(MessagePassing engine, IEnumerable<MessagePassing> others) =>
        Objections(new Exact()).IsEmpty ? new Exact()
        : Objections(new Nuts()).IsEmpty ? new Nuts()
        : others.FirstOrDefault(o => o.Algorithm != engine.Algorithm && FactorGraph.Objections(o).IsEmpty);

    /// <summary>The smallest change, and beside it the engine that needs none.</summary>
    private static Diagnostic Pointing(Diagnostic objection, Engine other)
    {
        if (objection.Remedy?.Contains($"--engine {other.Name}", StringComparison.Ordinal) == true) return objection;
        var instead = $"`--engine {other.Name}` takes the model as it is";
        return objection with { Remedy = objection.Remedy is { } change ? $"{change}; {instead}" : instead };
    }
}
