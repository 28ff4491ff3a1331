namespace ProbLang.Results;

/// <summary>How an iterative computation ended.</summary>
/// <param name="Count">How many iterations were done.</param>
/// <param name="Change">How much the last ones changed what is believed: the greatest change of a mean in standard deviations or of a log standard deviation, or of a probability; NaN where that was not measured.</param>
/// <param name="HasConverged">Whether that was little enough; a sampler has converged when its iterations are done.</param>
public sealed record IterationSummary(int Count, double Change, bool HasConverged);
