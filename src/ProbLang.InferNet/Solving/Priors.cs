using System.ComponentModel;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;

namespace ProbLang.InferNet;

/// <summary>For compiled algorithms, which can only call what is public: prior distributions whose parameters are data.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Priors
{
    /// <summary>A normal distribution within bounds; uniform where its variance is infinite.</summary>
    public static TruncatedGaussian TruncatedGaussian(double mean, double variance, double lower, double upper) =>
        double.IsPositiveInfinity(variance) ? new TruncatedGaussian(Gaussian.Uniform(), lower, upper) : new TruncatedGaussian(mean, variance, lower, upper);

    /// <summary>A beta distribution.</summary>
    public static Beta Beta(double trueCount, double falseCount) => new(trueCount, falseCount);

    /// <summary>A Dirichlet distribution.</summary>
    public static Dirichlet Dirichlet(Vector counts) => new(counts);
}
