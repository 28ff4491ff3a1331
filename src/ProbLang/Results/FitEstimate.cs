namespace ProbLang.Results;

/// <summary>An estimate of one element.</summary>
/// <param name="Name">The element, such as <c>beta[2]</c>.</param>
/// <param name="Value">The estimate.</param>
/// <param name="StandardError">From the curvature of the log likelihood; NaN where it has none that tells.</param>
/// <param name="Lower">The lower end of the confidence interval.</param>
/// <param name="Upper">The upper end.</param>
public sealed record FitEstimate(string Name, double Value, double StandardError, double Lower, double Upper);
