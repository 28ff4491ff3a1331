using System.ComponentModel;
using Microsoft.ML.Probabilistic.Distributions;

namespace ProbLang.InferNet;

/// <summary>For compiled algorithms, which can only call what is public: a truncated normal prior whose parameters are data.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TruncatedPrior
{
    /// <summary>A normal distribution within bounds; uniform where its variance is infinite.</summary>
    public static TruncatedGaussian Of(double mean, double variance, double lower, double upper) =>
        double.IsPositiveInfinity(variance) ? new TruncatedGaussian(Gaussian.Uniform(), lower, upper) : new TruncatedGaussian(mean, variance, lower, upper);
}
