using ProbLang.FactorGraphs;

namespace ProbLang.Tests.FactorGraphs;

/// <summary>Means and standard deviations of beliefs.</summary>
internal static class BeliefMoments
{
    /// <summary>Appends those of every number of a belief.</summary>
    public static void Of(Belief belief, List<double> means, List<double> deviations)
    {
        switch (belief)
        {
            case PointBelief b: foreach (var number in b.Value) Add(number, 0); break;
            case GaussianBelief b: Add(b.Mean, b.Variance); break;
            case TruncatedGaussianBelief b: Truncated(b); break;
            case GammaBelief b: Add(b.Shape / b.Rate, b.Shape / (b.Rate * b.Rate)); break;
            case BetaBelief b: Share(b.Alpha, b.Alpha + b.Beta); break;
            case BooleanBelief b: Add(b.Probability, b.Probability * (1 - b.Probability)); break;
            case DiscreteBelief b: Discrete(b); break;
            case PoissonBelief b: Add(b.Mean, b.Mean); break;
            case VectorGaussianBelief b:
                for (var i = 0; i < b.Mean.Length; i++) Add(b.Mean[i], b.Covariance[i * b.Mean.Length + i]);
                break;
            case DirichletBelief b: foreach (var alpha in b.Alpha) Share(alpha, b.Alpha.Sum()); break;
            case WishartBelief b: Wishart(b); break;
            default: throw new NotSupportedException(belief.GetType().Name);
        }

        void Add(double mean, double variance)
        {
            means.Add(mean);
            deviations.Add(Math.Sqrt(variance));
        }

        void Share(double alpha, double total) => Add(alpha / total, alpha * (total - alpha) / (total * total * (total + 1)));

        void Discrete(DiscreteBelief b)
        {
            var mean = b.Probabilities.Select((p, k) => p * k).Sum();
            Add(mean, b.Probabilities.Select((p, k) => p * (k - mean) * (k - mean)).Sum());
        }

        void Wishart(WishartBelief b)
        {
            var size = (int)Math.Round(Math.Sqrt(b.Rate.Length));
            var scale = MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.DenseOfRowMajor(size, size, b.Rate).Inverse();
            for (var i = 0; i < size; i++)
                for (var j = 0; j < size; j++) Add(b.Shape * scale[i, j], b.Shape / 2 * (scale[i, j] * scale[i, j] + scale[i, i] * scale[j, j]));
        }

        // By quadrature, since the bounds may be anywhere.
        void Truncated(TruncatedGaussianBelief b)
        {
            const int Steps = 20_000;
            var wide = double.IsInfinity(b.Variance) ? 0 : 12 * Math.Sqrt(b.Variance);
            var (from, to) = (double.IsInfinity(b.Lower) ? Math.Min(b.Mean, b.Upper) - wide : b.Lower, double.IsInfinity(b.Upper) ? Math.Max(b.Mean, b.Lower) + wide : b.Upper);
            var xs = Enumerable.Range(0, Steps).Select(i => from + (i + 0.5) * (to - from) / Steps).ToArray();
            var weights = xs.Select(x => double.IsInfinity(b.Variance) ? 1 : Math.Exp(-(x - b.Mean) * (x - b.Mean) / (2 * b.Variance))).ToArray();
            var mean = xs.Zip(weights, (x, w) => x * w).Sum() / weights.Sum();
            Add(mean, xs.Zip(weights, (x, w) => (x - mean) * (x - mean) * w).Sum() / weights.Sum());
        }
    }
}
