using Microsoft.ML.Probabilistic.Distributions;
using Microsoft.ML.Probabilistic.Models;
using ProbLang.FactorGraphs;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.InferNet;

/// <summary>
/// Where a prior distribution is that is computed of data. Beside a variable over plates it is an array over the same: what is drawn from a distribution without a
/// place in the plate could not be picked by an index elsewhere.
/// </summary>
internal static class PriorPlace
{
    /// <summary>A variable for the distribution that an operation draws from; null where it draws from none that it computes.</summary>
    public static ModelVariable? Of(FactorOperation operation, string name, Range[] ranges)
    {
        IElementCase<ModelVariable> made = new ModelVariableOf(name, ranges);
        return operation switch
        {
            FactorOperation.TruncatedGaussian => made.Of<TruncatedGaussian>(null!),
            FactorOperation.Beta => made.Of<Beta>(null!),
            FactorOperation.Dirichlet => made.Of<Dirichlet>(null!),
            _ => null,
        };
    }
}
