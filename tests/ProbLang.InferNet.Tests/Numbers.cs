using System.Collections.Immutable;
using System.Diagnostics;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet.Tests;

/// <summary>The numbers that make up what is believed, of a belief and of a distribution of Infer.NET alike; the latter by late binding, since it may not be there.</summary>
internal static class Numbers
{
    public static double[] Of(Belief belief) => belief switch
    {
        PointBelief b => [.. b.Value],
        GaussianBelief b => [b.Mean, b.Variance],
        TruncatedGaussianBelief b => [b.Mean, b.Variance, b.Lower, b.Upper],
        GammaBelief b => [b.Shape, b.Rate],
        BetaBelief b => [b.Alpha, b.Beta],
        BooleanBelief b => [b.Probability],
        DiscreteBelief b => [.. b.Probabilities],
        PoissonBelief b => [b.Mean],
        VectorGaussianBelief b => [.. b.Mean, .. b.Covariance],
        DirichletBelief b => [.. b.Alpha],
        WishartBelief b => [b.Shape, .. b.Rate],
        _ => throw new UnreachableException($"{belief}"),
    };

    /// <summary>Element by element of a marginal that may be of arrays of arrays.</summary>
    public static IEnumerable<double[]> Each(object marginal) => marginal is Array elements ? elements.Cast<object>().SelectMany(Each) : [OfDistribution(marginal)];

    private static double[] OfDistribution(dynamic x) => (object)x.GetType().Name switch
    {
        "Bernoulli" => [x.GetProbTrue()],
        _ when x.IsPointMass => [x.Point is bool truth ? truth ? 1 : 0 : (double)x.Point],
        "Gaussian" => [x.GetMean(), x.GetVariance()],
        "TruncatedGaussian" => [x.Gaussian.GetMean(), x.Gaussian.GetVariance(), x.LowerBound, x.UpperBound],
        "Gamma" => [x.Shape, x.Rate],
        "Beta" => [x.TrueCount, x.FalseCount],
        "Discrete" => x.GetProbs().ToArray(),
        "Poisson" => [x.Rate],
        "VectorGaussian" => (double[])[.. (double[])x.GetMean().ToArray(), .. (double[])x.GetVariance().SourceArray],
        "Dirichlet" => x.PseudoCount.ToArray(),
        "Wishart" => (double[])[(double)x.Shape, .. (double[])x.Rate.SourceArray],
        _ => throw new UnreachableException($"{x}"),
    };
}
