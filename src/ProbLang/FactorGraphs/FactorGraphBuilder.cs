using ProbLang.Analysis;

namespace ProbLang.FactorGraphs;

/// <summary>Compiles a conditioned model to a factor graph.</summary>
internal static class FactorGraphBuilder
{
    /// <param name="model">The model with its data.</param>
    /// <param name="withPredictions">Whether what nothing observed depends on is part of it.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FactorGraphBuild Of(ConditionedModel model, bool withPredictions = true, CancellationToken cancellation = default) => Translation.Of(model, withPredictions, cancellation);
}
