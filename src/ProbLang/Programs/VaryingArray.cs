using ProbLang.Numerics;

namespace ProbLang.Programs;

/// <summary>
/// A view whose sizes differ from one iteration to the next, or from one of its own rows to the next. <see cref="Arr{T}.Shape"/> has the
/// greatest sizes.
/// </summary>
internal sealed class VaryingArray(int[] shape, Func<int, Term[], Term> size, Func<Term[], Term> element) : Arr<Term>(shape, element)
{
    /// <summary>The size of a dimension under the indices before it.</summary>
    public Term Size(int dimension, params Term[] before) => size(dimension, before);
}
