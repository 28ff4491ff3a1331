using Microsoft.ML.Probabilistic.Models;
using Range = Microsoft.ML.Probabilistic.Models.Range;

namespace ProbLang.InferNet;

/// <summary>
/// Where a prior distribution is that is computed of data. In a plate it is an element of an array over that: a variable that is drawn from a distribution without a
/// place in the plate could not be picked by an index elsewhere.
/// </summary>
/// <param name="name">What the array is to be called.</param>
/// <param name="ranges">The plates.</param>
internal sealed class PriorPlace(string name, Range[] ranges)
{
    /// <summary>The distribution, at its place.</summary>
    public Variable<T> Of<T>(Variable<T> distribution)
    {
        if (ranges.Length == 0) return distribution;
        var array = ((IElementCase<ModelVariable>)new ModelVariableOf(name, ranges)).Of<T>(null!);
        var place = (Variable<T>)array.At([.. ranges]);
        place.SetTo(distribution);
        return place;
    }
}
