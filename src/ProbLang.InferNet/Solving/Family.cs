using System.Collections.Immutable;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;
using ProbLang.FactorGraphs;

namespace ProbLang.InferNet;

/// <summary>What is read from the distributions of one family.</summary>
/// <typeparam name="T">A distribution.</typeparam>
internal abstract class Family<T>
{
    /// <summary>A copy that later iterations do not change.</summary>
    public virtual T Keep(T distribution) => distribution;

    /// <summary>How much has changed: means in standard deviations, logs of standard deviations, probabilities; NaN where it is no distribution.</summary>
    public abstract double Change(T before, T after);

    /// <summary>As the core has it; null where it is no distribution.</summary>
    public abstract Belief? BeliefOf(T distribution);
}

/// <summary>Of a family whose members have a mean and a variance.</summary>
internal abstract class MomentFamily<T> : Family<T>
{
    protected abstract (double Mean, double Variance) Moments(T distribution);

    public override double Change(T before, T after) => Moment.Change(Moments(before), Moments(after));
}

/// <summary>Changes of moments.</summary>
internal static class Moment
{
    public static double Change((double Mean, double Variance) before, (double Mean, double Variance) after)
    {
        // What has not changed at all has not, known values and what may be anything included.
        if (before.Equals(after)) return 0;
        if (after.Variance == 0 || before.Variance == 0) return double.PositiveInfinity;
        var shift = Math.Abs(after.Mean - before.Mean) / Math.Sqrt(after.Variance);
        return Math.Max(shift, 0.5 * Math.Abs(Math.Log(after.Variance / before.Variance)));
    }
}

internal sealed class GaussianFamily : Family<Gaussian>
{
    // By natural parameters, without a division where nothing has changed.
    public override double Change(Gaussian before, Gaussian after)
    {
        if (before.Precision == after.Precision && before.MeanTimesPrecision == after.MeanTimesPrecision) return 0;
        return Moment.Change(Moments(before), Moments(after));
    }

    /// <summary>Mean and variance, of what is no distribution too.</summary>
    public static (double Mean, double Variance) Moments(Gaussian x) => x.IsPointMass ? (x.Point, 0) : (x.MeanTimesPrecision / x.Precision, 1 / x.Precision);

    public override Belief? BeliefOf(Gaussian x) =>
        x.IsPointMass ? new PointBelief([x.Point]) : x.IsProper() && double.IsFinite(x.GetMean()) ? new GaussianBelief(x.GetMean(), x.GetVariance()) : null;
}

internal sealed class TruncatedGaussianFamily : MomentFamily<TruncatedGaussian>
{
    protected override (double Mean, double Variance) Moments(TruncatedGaussian x)
    {
        x.GetMeanAndVariance(out var mean, out var variance);
        return (mean, variance);
    }

    public override Belief? BeliefOf(TruncatedGaussian x)
    {
        if (x.IsPointMass) return new PointBelief([x.Point]);
        var (mean, variance) = x.Gaussian.IsUniform() ? (0, double.PositiveInfinity) : GaussianFamily.Moments(x.Gaussian);
        return variance > 0 && double.IsFinite(mean) && x.LowerBound < x.UpperBound ? new TruncatedGaussianBelief(mean, variance, x.LowerBound, x.UpperBound) : null;
    }
}

internal sealed class GammaFamily : MomentFamily<Gamma>
{
    protected override (double Mean, double Variance) Moments(Gamma x) => x.IsPointMass ? (x.Point, 0) : (x.Shape / x.Rate, x.Shape / (x.Rate * x.Rate));

    public override Belief? BeliefOf(Gamma x) => x.IsPointMass ? new PointBelief([x.Point]) : x.IsProper() && double.IsFinite(x.Shape) && double.IsFinite(x.Rate) ? new GammaBelief(x.Shape, x.Rate) : null;
}

internal sealed class BetaFamily : MomentFamily<Beta>
{
    protected override (double Mean, double Variance) Moments(Beta x) => x.IsPointMass ? (x.Point, 0) : (x.GetMean(), x.GetVariance());

    public override Belief? BeliefOf(Beta x) =>
        x.IsPointMass ? new PointBelief([x.Point]) : x.IsProper() && double.IsFinite(x.TrueCount) && double.IsFinite(x.FalseCount) ? new BetaBelief(x.TrueCount, x.FalseCount) : null;
}

internal sealed class BernoulliFamily : Family<Bernoulli>
{
    public override double Change(Bernoulli before, Bernoulli after) => before.LogOdds.Equals(after.LogOdds) ? 0 : Math.Abs(after.GetProbTrue() - before.GetProbTrue());

    public override Belief? BeliefOf(Bernoulli x) => double.IsNaN(x.LogOdds) ? null : new BooleanBelief(x.GetProbTrue());
}

internal sealed class PoissonFamily : MomentFamily<Poisson>
{
    protected override (double Mean, double Variance) Moments(Poisson x) => (x.GetMean(), x.GetVariance());

    public override Belief? BeliefOf(Poisson x) => x.IsPointMass ? new PointBelief([x.Point]) : x.IsProper() && x.Precision == 1 && double.IsFinite(x.Rate) ? new PoissonBelief(x.Rate) : null;
}

internal sealed class DiscreteFamily : Family<Discrete>
{
    public override Discrete Keep(Discrete x) => (Discrete)x.Clone();

    public override double Change(Discrete before, Discrete after)
    {
        if (before.Dimension != after.Dimension) return double.PositiveInfinity;
        var greatest = 0.0;
        for (var k = 0; k < after.Dimension; k++) greatest = Math.Max(greatest, Math.Abs(after[k] - before[k]));
        return greatest;
    }

    public override Belief? BeliefOf(Discrete x)
    {
        var probabilities = x.GetProbs().ToArray();
        return probabilities.All(double.IsFinite) ? new DiscreteBelief([.. probabilities]) : null;
    }
}

internal sealed class DirichletFamily : Family<Dirichlet>
{
    public override Dirichlet Keep(Dirichlet x) => (Dirichlet)x.Clone();

    public override double Change(Dirichlet before, Dirichlet after)
    {
        var greatest = 0.0;
        for (var k = 0; k < after.Dimension; k++) greatest = Math.Max(greatest, Moment.Change(Moments(before, k), Moments(after, k)));
        return greatest;
    }

    public override Belief? BeliefOf(Dirichlet x)
    {
        if (x.IsPointMass) return new PointBelief([.. x.Point.ToArray()]);
        var alpha = x.PseudoCount.ToArray();
        return alpha.All(a => a > 0 && double.IsFinite(a)) ? new DirichletBelief([.. alpha]) : null;
    }

    private static (double, double) Moments(Dirichlet x, int k)
    {
        if (x.IsPointMass) return (x.Point[k], 0);
        var (mean, total) = (x.PseudoCount[k] / x.TotalCount, x.TotalCount);
        return (mean, mean * (1 - mean) / (total + 1));
    }
}

internal sealed class VectorGaussianFamily : Family<VectorGaussian>
{
    public override VectorGaussian Keep(VectorGaussian x) => (VectorGaussian)x.Clone();

    public override double Change(VectorGaussian before, VectorGaussian after)
    {
        if (before.Equals(after)) return 0;
        if (!IsDistribution(before) || !IsDistribution(after)) return IsDistribution(after) ? double.PositiveInfinity : double.NaN;
        var (mean, variance) = Moments(before);
        var (newMean, newVariance) = Moments(after);
        var greatest = 0.0;
        for (var k = 0; k < mean.Count; k++) greatest = Math.Max(greatest, Moment.Change((mean[k], variance[k, k]), (newMean[k], newVariance[k, k])));
        return greatest;
    }

    public override Belief? BeliefOf(VectorGaussian x)
    {
        if (x.IsPointMass) return new PointBelief([.. x.Point.ToArray()]);
        if (!IsDistribution(x)) return null;
        var (mean, variance) = Moments(x);
        return new VectorGaussianBelief([.. mean.ToArray()], Numbers.Of(variance));
    }

    private static bool IsDistribution(VectorGaussian x) => x.IsPointMass || x.IsProper();

    private static (Vector Mean, PositiveDefiniteMatrix Variance) Moments(VectorGaussian x)
    {
        var (mean, variance) = (Vector.Zero(x.Dimension), new PositiveDefiniteMatrix(x.Dimension, x.Dimension));
        x.GetMeanAndVariance(mean, variance);
        return (mean, variance);
    }
}

internal sealed class WishartFamily : Family<Wishart>
{
    public override Wishart Keep(Wishart x) => (Wishart)x.Clone();

    public override double Change(Wishart before, Wishart after)
    {
        if (before.Equals(after)) return 0;
        var greatest = 0.0;
        var (mean, newMean) = (before.GetMean(), after.GetMean());
        // The diagonal entries are gamma with the shape of the whole.
        for (var k = 0; k < mean.Rows; k++)
            greatest = Math.Max(greatest, Moment.Change((mean[k, k], mean[k, k] * mean[k, k] / before.Shape), (newMean[k, k], newMean[k, k] * newMean[k, k] / after.Shape)));
        return greatest;
    }

    public override Belief? BeliefOf(Wishart x) =>
        x.IsPointMass ? new PointBelief(Numbers.Of(x.Point)) : x.IsProper() ? new WishartBelief(x.Shape, Numbers.Of(x.Rate)) : null;
}

/// <summary>Matrices as numbers.</summary>
internal static class Numbers
{
    public static ImmutableArray<double> Of(Matrix matrix) => [.. from i in Enumerable.Range(0, matrix.Rows) from j in Enumerable.Range(0, matrix.Cols) select matrix[i, j]];
}
