using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.Analysis;
using ProbLang.FactorGraphs;
using ProbLang.Graph;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The way into message passing. The factor graph is made once, and judged once for each algorithm.</summary>
/// <param name="build">Makes the factor graph.</param>
/// <param name="judge">Says what an algorithm makes of it.</param>
internal sealed class FactorGraphSolver(Func<FactorGraphBuild> build, Func<FactorGraph, FactorAlgorithm, FactorGraphJudgement> judge)
{
    private readonly Lazy<FactorGraphBuild> _build = new(build);

    private readonly ConcurrentDictionary<FactorAlgorithm, FactorGraphJudgement> _judgements = [];

    public FactorGraphSolver(ConditionedModel model) : this(() => FactorGraphBuilder.Of(model), AllowList.Judge)
    {
    }

    public FactorGraphBuild Build => _build.Value;

    /// <summary>The graph; only where the builder has no objection.</summary>
    public FactorGraph Graph => Build.Graph ?? throw new UnreachableException("a model that has no factor graph was to be solved on one");

    public FactorGraphJudgement Judge(FactorAlgorithm algorithm) => _judgements.GetOrAdd(algorithm, a => judge(Graph, a));

    /// <summary>Why an engine cannot take the model; what stands against the model whether or not the engine is there comes first.</summary>
    public ImmutableArray<Diagnostic> Objections(MessagePassing engine)
    {
        var objections = ObjectionsToModel(engine.Algorithm);
        return objections.IsEmpty && engine.Unavailable is { } reason ? [MessagePassingDiagnostics.Unavailable(engine, reason)] : objections;
    }

    public ImmutableArray<Diagnostic> ObjectionsToModel(FactorAlgorithm algorithm) => Build.Objections is { IsEmpty: false } objections ? objections : Judge(algorithm).Objections;

    /// <summary>Whether a cell is answered for.</summary>
    public bool Reports(Variable variable, int cell) => Build.Reports.ContainsKey((variable, cell));

    /// <summary>Where the belief of a cell is that is answered for.</summary>
    public CellBelief BeliefOf(Variable variable, int cell) => Build.Reports[(variable, cell)];

    /// <exception cref="ObjectionException">The data contradict the model, or the engine finds something that it cannot take.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before there was anything to show.</exception>
    public FactorGraphSolution Solve(MessagePassing engine, IProgress<IterationProgress>? progress, CancellationToken cancellation)
    {
        try
        {
            return engine.Solve(Graph, progress, cancellation);
        }
        catch (FactorGraphException mistake)
        {
            throw new ObjectionException(MessagePassingDiagnostics.Of(mistake));
        }
    }
}
