using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.FactorGraphs;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>A factor graph and what an algorithm makes of it.</summary>
/// <param name="Build">The graph, or why there is none.</param>
/// <param name="Judgement">What the algorithm objects to in it.</param>
internal sealed record FactorGraphPlan(FactorGraphBuild Build, FactorGraphJudgement Judgement)
{
    public ImmutableArray<Diagnostic> Objections => Build.Objections is { IsEmpty: false } objections ? objections : Judgement.Objections;

    /// <summary>The graph; only where there are no objections of the builder.</summary>
    public FactorGraph Graph => Build.Graph ?? throw new UnreachableException("a model that has no factor graph was to be solved on one");

    public ImmutableArray<string> Notes => [.. Build.Notes, .. Judgement.Notes];

    /// <summary>Where the belief of a cell is; null where it is not answered for.</summary>
    public CellBelief? BeliefOf(Variable variable, int cell) => Build.Reports.GetValueOrDefault((variable, cell));
}

/// <summary>The way into message passing. The factor graph is made once, and judged once for each algorithm.</summary>
/// <param name="build">Makes the factor graph.</param>
/// <param name="judge">Says what an algorithm makes of it.</param>
/// <param name="buildObserved">Makes the factor graph of what the observed depends on alone; null where that is all.</param>
internal sealed class FactorGraphSolver(Func<FactorGraphBuild> build, Func<FactorGraph, FactorAlgorithm, FactorGraphJudgement> judge, Func<FactorGraphBuild>? buildObserved = null)
{
    private readonly Once<FactorGraphBuild> _build = new(build);
    private readonly Once<FactorGraphBuild?> _observed = new(() => buildObserved?.Invoke());
    private readonly ConcurrentDictionary<FactorAlgorithm, FactorGraphPlan> _plans = [];

    public FactorGraphSolver(ConditionedModel model) : this(() => FactorGraphBuilder.Of(model), AllowList.Judge, HasPredictions(model) ? () => FactorGraphBuilder.Of(model, withPredictions: false) : null)
    {
    }

    /// <summary>What an algorithm runs on: all of the model, or, where it objects to that for what is only predicted, the rest.</summary>
    public FactorGraphPlan Plan(FactorAlgorithm algorithm) => _plans.GetOrAdd(algorithm, MakePlan);

    /// <summary>Why an engine cannot take the model; what stands against the model whether or not the engine is there comes first.</summary>
    public ImmutableArray<Diagnostic> Objections(MessagePassing engine)
    {
        var objections = Plan(engine.Algorithm).Objections;
        return objections.IsEmpty && engine.Unavailable is { } reason ? [MessagePassingDiagnostics.Unavailable(engine, reason)] : objections;
    }

    private FactorGraphPlan MakePlan(FactorAlgorithm algorithm)
    {
        var whole = Judged(_build.Value, algorithm);
        if (whole.Objections.IsEmpty || _observed.Value is not { Reports.Count: > 0 } observed) return whole;
        var rest = Judged(observed, algorithm);
        if (!rest.Objections.IsEmpty) return whole;
        var note = $"what nothing observed depends on is left out: {whole.Objections[0].Message}";
        return rest with { Build = observed with { Notes = [.. observed.Notes, note] } };
    }

    private FactorGraphPlan Judged(FactorGraphBuild made, FactorAlgorithm algorithm) =>
        new(made, made.Graph is { } graph && made.Objections.IsEmpty ? judge(graph, algorithm) : new FactorGraphJudgement());

    private static bool HasPredictions(ConditionedModel model) => model.Variables.Any(v => v.Any(Role.Predicted) || v.Any(Role.ComputedForward));

    /// <exception cref="ObjectionException">The data contradict the model, or the engine finds something that it cannot take.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public FactorGraphSolution Solve(MessagePassing engine, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return engine.Solve(Plan(engine.Algorithm).Graph, progress, cancellation);
        }
        catch (FactorGraphException mistake)
        {
            throw new ObjectionException(MessagePassingDiagnostics.Of(mistake));
        }
    }
}
