using ProbLang.Analysis;

namespace ProbLang.FactorGraphs;

/// <summary>Compiles a conditioned model to a factor graph.</summary>
internal static class FactorGraphBuilder
{
    /// <param name="model">The model with its data.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FactorGraphBuild Of(ConditionedModel model, CancellationToken cancellation = default) => Translation.Of(model, cancellation);
}
