using ProbLang.Analysis;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>Compiles a conditioned model to a factor graph.</summary>
internal static class FactorGraphBuilder
{
    /// <param name="model">The model with its data.</param>
    /// <param name="cancellation">Looked at often.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static FactorGraphBuild Of(ConditionedModel model, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return new FactorGraphBuild { Objections = [new Diagnostic("GM0470", Severity.Error, $"{model.Graph.Source.Path} has no factor graph")] };
    }
}
