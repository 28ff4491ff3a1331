using System.Diagnostics;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;
using ProbLang.FactorGraphs;
using Vector = Microsoft.ML.Probabilistic.Math.Vector;

namespace ProbLang.InferNet;

/// <summary>Distributions that messages start from, so that what is alike does not stay alike: random members of the family, near the prior where that is known.</summary>
internal sealed class RandomStarts
{
    private readonly FactorVariable _variable;
    private readonly KnownPrior? _prior;
    private readonly Random _random;

    private RandomStarts(FactorVariable variable, FactorGraph graph, Usage usage, ulong seed)
    {
        (_variable, _prior) = (variable, KnownPrior.Of(variable, graph, usage));
        _random = new Random(unchecked((int)(seed ^ (seed >> 32)) * 31 + graph.Variables.IndexOf(variable)));
    }

    /// <summary>Whether the variable can start so.</summary>
    public static bool Can(FactorVariable variable, FactorGraph graph, Usage usage) => variable.StartsRandomly && variable.Domain switch
    {
        FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Gaussian or FactorDomain.Gamma or FactorDomain.Beta or FactorDomain.Simplex => true,
        // Otherwise nothing says how long it is.
        FactorDomain.Vector => KnownPrior.Of(variable, graph, usage) is { Operation: FactorOperation.VectorGaussianFromMeanAndPrecision or FactorOperation.VectorGaussianFromMeanAndVariance },
        _ => false,
    };

    /// <summary>Starts of all elements, in the form that a compiled algorithm takes.</summary>
    public static object Of(FactorVariable variable, FactorGraph graph, Usage usage, ulong seed)
    {
        var starts = new RandomStarts(variable, graph, usage, seed);
        return variable.Domain switch
        {
            FactorDomain.Boolean => starts.Nested<bool, Bernoulli>(_ => new Bernoulli(starts.Between(0.1, 0.9))),
            FactorDomain.Integer => starts.Nested<int, Discrete>(_ => new Discrete(starts.Weights())),
            FactorDomain.Simplex => starts.Nested<Vector, Dirichlet>(_ => new Dirichlet(starts.Weights(variable.Values!.Count))),
            FactorDomain.Gaussian => starts.Nested<double, Gaussian>(starts.Normal),
            FactorDomain.Gamma => starts.Nested<double, Gamma>(starts.Positive),
            FactorDomain.Beta => starts.Nested<double, Beta>(_ => new Beta(starts.Between(0.5, 2), starts.Between(0.5, 2))),
            FactorDomain.Vector => starts.Nested<Vector, VectorGaussian>(starts.Vectors),
            _ => throw new UnreachableException($"{variable.Domain} does not start randomly"),
        };
    }

    private object Nested<T, TDistribution>(Func<int[], TDistribution> element)
        where TDistribution : IDistribution<T>
    {
        var index = new int[_variable.Ranges.Length];
        return index.Length switch
        {
            0 => element(index),
            1 => Distribution<T>.Array(Array(0, () => element(index))),
            2 => Distribution<T>.Array(Array(0, () => Array(1, () => element(index)))),
            3 => Distribution<T>.Array(Array(0, () => Array(1, () => Array(2, () => element(index))))),
            _ => throw new UnreachableException($"{_variable} has {index.Length} dimensions"),
        };

        TItem[] Array<TItem>(int depth, Func<TItem> item)
        {
            var array = new TItem[FactorCounting.SizeOf(_variable.Ranges[depth], _variable.Ranges, index)];
            for (var i = 0; i < array.Length; i++)
            {
                index[depth] = i;
                array[i] = item();
            }
            return array;
        }
    }

    private double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    // Exponential weights are a draw from the uniform distribution on the simplex when they are normalised.
    private double[] Weights(double total = 1)
    {
        var weights = new double[_variable.Values!.Count];
        for (var k = 0; k < weights.Length; k++) weights[k] = -Math.Log(1 - _random.NextDouble()) + 1e-3;
        var sum = weights.Sum();
        for (var k = 0; k < weights.Length; k++) weights[k] *= total / sum;
        return weights;
    }

    private double StandardNormal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(Math.Tau * _random.NextDouble());

    private Gaussian Normal(int[] element)
    {
        var (mean, variance) = _prior?.Operation switch
        {
            FactorOperation.GaussianFromMeanAndPrecision => (_prior.Parameter(0, element)[0], 1 / _prior.Parameter(1, element)[0]),
            FactorOperation.GaussianFromMeanAndVariance => (_prior.Parameter(0, element)[0], _prior.Parameter(1, element)[0]),
            _ => (0, 1),
        };
        return Gaussian.FromMeanAndVariance(mean + Math.Sqrt(variance) * StandardNormal(), variance);
    }

    private Gamma Positive(int[] element)
    {
        var (shape, rate) = _prior?.Operation == FactorOperation.GammaFromShapeAndRate ? (_prior.Parameter(0, element)[0], _prior.Parameter(1, element)[0]) : (1, 1);
        return Gamma.FromShapeAndRate(shape, rate * Math.Exp(-StandardNormal() / Math.Sqrt(Math.Max(shape, 1))));
    }

    private VectorGaussian Vectors(int[] element)
    {
        var mean = Vector.FromArray(_prior!.Parameter(0, element).ToArray());
        var matrix = new PositiveDefiniteMatrix(mean.Count, mean.Count);
        for (var i = 0; i < mean.Count; i++)
            for (var j = 0; j < mean.Count; j++) matrix[i, j] = _prior.Parameter(1, element)[i * mean.Count + j];
        var variance = _prior.Operation == FactorOperation.VectorGaussianFromMeanAndVariance ? matrix : matrix.Inverse();
        for (var i = 0; i < mean.Count; i++) mean[i] += Math.Sqrt(variance[i, i]) * StandardNormal();
        return VectorGaussian.FromMeanAndVariance(mean, variance);
    }
}
