using System.Diagnostics;
using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Math;
using Microsoft.ML.Probabilistic.Utilities;
using ProbLang.FactorGraphs;
using Vector = Microsoft.ML.Probabilistic.Math.Vector;

namespace ProbLang.InferNet;

/// <summary>Distributions that messages start from, so that what is alike does not stay alike. Printed programs draw the same ones, in the same order.</summary>
internal static class RandomStarts
{
    /// <summary>Whether a variable starts so.</summary>
    public static bool Has(FactorVariable variable, Usage usage) => variable.StartsRandomly && variable.Domain switch
    {
        FactorDomain.Boolean or FactorDomain.Integer or FactorDomain.Gaussian or FactorDomain.Gamma or FactorDomain.Beta or FactorDomain.Simplex => true,
        FactorDomain.Vector => LengthOf(variable, usage) is not null,
        _ => false,
    };

    /// <summary>Starts of all elements, in the form that a compiled algorithm takes, by the generator of the thread.</summary>
    public static object Draw(FactorVariable variable, Usage usage) => variable.Domain switch
    {
        FactorDomain.Boolean => Nested<bool, Bernoulli>(variable, () => Bernoulli.PointMass(Rand.Int(2) == 1)),
        FactorDomain.Integer => Nested<int, Discrete>(variable, () => Discrete.PointMass(Rand.Int(variable.Values!.Count), variable.Values.Count)),
        FactorDomain.Simplex => Nested<Vector, Dirichlet>(variable, () => Dirichlet.PointMass(Dirichlet.Uniform(variable.Values!.Count).Sample())),
        FactorDomain.Gaussian => Nested<double, Gaussian>(variable, () => Gaussian.FromMeanAndVariance(Rand.Normal(), 1)),
        FactorDomain.Gamma => Nested<double, Gamma>(variable, () => Gamma.PointMass(Rand.Gamma(1))),
        FactorDomain.Beta => Nested<double, Beta>(variable, () => Beta.PointMass(Rand.Double())),
        FactorDomain.Vector => Nested<Vector, VectorGaussian>(variable, () => Standard(LengthOf(variable, usage)!.Value)),
        _ => throw new UnreachableException($"{variable.Domain} does not start randomly"),
    };

    // A vector is as long as the known vector or matrix that it is defined by.
    private static int? LengthOf(FactorVariable vector, Usage usage) =>
        vector.Data?.ItemShape[0] ?? usage.DefinitionsOf(vector).SelectMany(d => d.Arguments).Select(a => a.Variable.Data is { ItemShape: [var length, ..] } ? length : (int?)null).FirstOrDefault(l => l is not null);

    private static VectorGaussian Standard(int length) => VectorGaussian.FromMeanAndVariance(Vector.FromArray(Util.ArrayInit(length, _ => Rand.Normal())), PositiveDefiniteMatrix.Identity(length));

    private static object Nested<T, TDistribution>(FactorVariable variable, Func<TDistribution> element)
        where TDistribution : IDistribution<T>
    {
        var index = new int[variable.Ranges.Length];
        return index.Length switch
        {
            0 => element(),
            1 => Distribution<T>.Array(Array(0, element)),
            2 => Distribution<T>.Array(Array(0, () => Array(1, element))),
            3 => Distribution<T>.Array(Array(0, () => Array(1, () => Array(2, element)))),
            _ => throw new UnreachableException($"{variable} has {index.Length} dimensions"),
        };

        TItem[] Array<TItem>(int depth, Func<TItem> item)
        {
            var array = new TItem[FactorCounting.SizeOf(variable.Ranges[depth], variable.Ranges, index)];
            for (var i = 0; i < array.Length; i++)
            {
                index[depth] = i;
                array[i] = item();
            }
            return array;
        }
    }
}
