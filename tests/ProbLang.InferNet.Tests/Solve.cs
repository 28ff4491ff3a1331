using ProbLang.FactorGraphs;
using ProbLang.Inference;

namespace ProbLang.InferNet.Tests;

/// <summary>Engines by name, and beliefs by kind.</summary>
internal static class Solve
{
    public static MessagePassing Engine(string name) => name switch
    {
        "ep" => new ExpectationPropagation(),
        "vmp" => new VariationalMessagePassing(),
        _ => new GibbsSampling(),
    };

    public static FactorGraphSolution By(MessagePassing engine, FactorGraph graph, IProgress<IterationProgress>? progress = null) => engine.Solve(graph, progress, TestContext.Current.CancellationToken);

    public static double Boolean(FactorGraphSolution solution, FactorVariable variable, int element = 0) => Assert.IsType<BooleanBelief>(solution.Beliefs[variable][element]).Probability;

    public static GaussianBelief Gaussian(FactorGraphSolution solution, FactorVariable variable, int element = 0) => Assert.IsType<GaussianBelief>(solution.Beliefs[variable][element]);

    /// <summary>To 1e-6 relative.</summary>
    public static void Near(double expected, double actual, double relative = 1e-6) => Assert.Equal(expected, actual, relative * Math.Abs(expected));
}
