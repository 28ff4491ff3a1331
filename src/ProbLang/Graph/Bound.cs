using System.Collections.Immutable;
using ProbLang.Distributions;
using ProbLang.Text;

namespace ProbLang.Graph;

/// <summary>What the elements of a value are. Booleans count as 0 and 1, integers are held as doubles.</summary>
internal enum ElementType { Boolean, Integer, Real }

/// <summary>An expression with its names resolved. Indices and ranges count from 1, as the modeller wrote them.</summary>
/// <param name="Rank">How many dimensions the value has.</param>
/// <param name="Type">What its elements are.</param>
/// <param name="Span">Where it is written.</param>
internal abstract record Bound(int Rank, ElementType Type, Span Span);

internal sealed record ConstantValue(double Value, ElementType Type, Span Span) : Bound(0, Type, Span);

/// <summary>The value of a plate's or comprehension's index.</summary>
internal sealed record LoopValue(Loop Loop, Span Span) : Bound(0, ElementType.Integer, Span);

/// <summary>A variable, whole.</summary>
internal sealed record VariableValue(Variable Variable, Span Span) : Bound(Variable.Rank, Variable.Type, Span);

/// <summary>A function applied elementwise; scalars broadcast against arrays, arrays must agree in shape. Rank is the greatest of the arguments'.</summary>
internal sealed record ElementwiseValue(ElementwiseFunction Function, ImmutableArray<Bound> Arguments, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>A function of whole arrays.</summary>
internal sealed record ArrayFunctionValue(ArrayFunction Function, ImmutableArray<Bound> Arguments, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>An element, a row or a slice. There may be fewer indices than dimensions; the rest is taken whole.</summary>
internal sealed record IndexedValue(Bound Array, ImmutableArray<BoundIndex> Indices, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>One index of an <see cref="IndexedValue"/>.</summary>
internal abstract record BoundIndex;

/// <summary>An integer (drops the dimension) or a vector of integers (keeps it, with the vector's length).</summary>
internal sealed record AtIndex(Bound Position) : BoundIndex;

/// <summary>Both ends inclusive; an end left out is the array's.</summary>
internal sealed record SliceOf(Bound? Lower, Bound? Upper) : BoundIndex;

/// <summary>Elements of equal rank, stacked along a new first dimension.</summary>
internal sealed record ArrayLiteral(ImmutableArray<Bound> Elements, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>A body for each value of a range, stacked along a new first dimension; empty where upper is below lower.</summary>
internal sealed record Comprehension(Loop Loop, Bound Lower, Bound Upper, Bound Body, Span Span) : Bound(Body.Rank + 1, Body.Type, Span);

/// <summary>The integers from lower to upper.</summary>
internal sealed record RangeValue(Bound Lower, Bound Upper, Span Span) : Bound(1, ElementType.Integer, Span);

/// <summary>Elementwise choice; the condition broadcasts like any operand.</summary>
internal sealed record ConditionalValue(Bound Condition, Bound Then, Bound Else, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>What is asked of a distribution at a value.</summary>
internal enum DistributionQuestion { LogDensity, Cdf, LogSurvival, Quantile }

/// <summary>
/// <c>cdf(D, x)</c> and its like: a function of a distribution at a value, for each of its independent draws. A single draw goes
/// with every value, and a single value with every draw.
/// </summary>
internal sealed record DistributionValue(DistributionQuestion Question, BoundDistribution Distribution, Bound At, int Rank, ElementType Type, Span Span) : Bound(Rank, Type, Span);

/// <summary>A distribution with its arguments. <paramref name="Rank"/> is that of a draw, broadcasting and repetition included.</summary>
internal abstract record BoundDistribution(int Rank, ElementType Type, Span Span);

/// <summary>
/// A distribution of the catalog. Arguments are in the order of the form; one that may be left out and was is null.
/// Scalar arguments broadcast: an argument of higher rank than its parameter adds leading (batch) dimensions.
/// </summary>
internal sealed record CatalogDistribution(Distribution Distribution, int Form, ImmutableArray<Bound?> Arguments, int Rank, ElementType Type, Span Span) : BoundDistribution(Rank, Type, Span);

/// <summary><c>D ^ (M, N)</c>: independent draws, which add leading dimensions.</summary>
internal sealed record RepeatedDistribution(BoundDistribution Base, ImmutableArray<Bound> Sizes, Span Span) : BoundDistribution(Base.Rank + Sizes.Length, Base.Type, Span);

/// <summary><c>D truncated (a, b)</c>, bounds inclusive; a bound left out is null.</summary>
internal sealed record TruncatedDistribution(BoundDistribution Base, Bound? Lower, Bound? Upper, Span Span) : BoundDistribution(Base.Rank, Base.Type, Span)
{
    /// <summary>Whether the lower bound itself is cut off too, as a hurdle cuts off a zero that has a probability.</summary>
    public bool IsLowerOpen { get; init; }
}

/// <summary>One of two distributions of one shape, as a condition (a single truth value) decides.</summary>
internal sealed record ChoiceDistribution(Bound Condition, BoundDistribution Then, BoundDistribution Else, ElementType Type, Span Span) : BoundDistribution(Then.Rank, Type, Span);

/// <summary>A mixture of the components listed.</summary>
internal sealed record MixtureDistribution(Bound Weights, ImmutableArray<BoundDistribution> Components, int Rank, ElementType Type, Span Span) : BoundDistribution(Rank, Type, Span);

/// <summary>A mixture with a component for each value of a range.</summary>
internal sealed record MixtureComprehension(Bound Weights, Loop Loop, Bound Lower, Bound Upper, BoundDistribution Component, Span Span) : BoundDistribution(Component.Rank, Component.Type, Span);

/// <summary><c>D censored (a, b)</c>: a value outside is recorded as the bound; a bound left out is null.</summary>
internal sealed record CensoredDistribution(BoundDistribution Base, Bound? Lower, Bound? Upper, ElementType Type, Span Span) : BoundDistribution(Base.Rank, Type, Span);

/// <summary>
/// <c>D censored (right: c)</c>: where the condition holds, what is recorded is a lower bound of what was drawn (<paramref name="Right"/>) or an
/// upper bound (<paramref name="Left"/>); with <paramref name="Interval"/> it is the start of an interval, which ends there.
/// </summary>
internal sealed record MarkedDistribution(BoundDistribution Base, Bound? Right, Bound? Left, Bound? Interval, Span Span) : BoundDistribution(Base.Rank, Base.Type, Span);

/// <summary><c>D rounded (step)</c>: recorded to the nearest multiple of the step.</summary>
internal sealed record RoundedDistribution(BoundDistribution Base, Bound Step, ElementType Type, Span Span) : BoundDistribution(Base.Rank, Type, Span);

/// <summary><c>D ^ K ordered</c>: independent draws, sorted; the last dimension is one event.</summary>
internal sealed record OrderedDistribution(BoundDistribution Base, Span Span) : BoundDistribution(Base.Rank, Base.Type, Span);

/// <summary><c>Delta(value)</c>: all mass at one value.</summary>
internal sealed record PointDistribution(Bound Value, Span Span) : BoundDistribution(Value.Rank, Value.Type, Span);

/// <summary>
/// <c>ZeroInflated(p, D)</c> and <c>Hurdle(p, D)</c>: 0 with a probability, else a draw of <paramref name="Rest"/>, which for a hurdle has been
/// truncated above 0.
/// </summary>
internal sealed record ZeroDistribution(Bound Probability, BoundDistribution Rest, bool IsHurdle, int Rank, Span Span) : BoundDistribution(Rank, Rest.Type, Span)
{
    public string Name => IsHurdle ? "Hurdle" : "ZeroInflated";
}
