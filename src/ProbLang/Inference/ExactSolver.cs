using System.Collections.Immutable;
using ProbLang.Analysis;
using ProbLang.Programs;
using ProbLang.Text;

namespace ProbLang.Inference;

/// <summary>The way into exact inference.</summary>
internal static class ExactSolver
{
    /// <summary>Why the engine cannot take the model; empty where it can.</summary>
    public static ImmutableArray<Diagnostic> Objections(ConditionedModel model, Exact options) =>
        [new Diagnostic("GM0499", Severity.Error, "exact inference is not in this build", model.Graph.Source.Locate(default))];

    /// <summary>What would be done, a line each: the order of elimination, its width and its cost.</summary>
    public static ImmutableArray<string> Describe(ConditionedModel model) => [];

    /// <exception cref="ObjectionException">The engine cannot take the model.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static ExactSolution Solve(ConditionedModel model, Exact options, CancellationToken cancellation) =>
        throw new ObjectionException(Objections(model, options)[0]);
}
