using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>The values of all discrete unknowns that are most probable together, given the data.</summary>
/// <param name="Values">A value for each, in the order of the model.</param>
/// <param name="LogProbability">The log of the probability that these are the values.</param>
public sealed record MostProbableExplanation(ImmutableArray<NamedValue> Values, double LogProbability)
{
    /// <summary>The probability that these are the values.</summary>
    public double Probability => Math.Exp(LogProbability);
}

/// <summary>An element with a value.</summary>
/// <param name="Name">The scalar or element, such as <c>z[3]</c>.</param>
/// <param name="Value">Its value; NaN where the branch does not hold that defines it.</param>
/// <param name="Text">The value as text: a label, <c>true</c> or <c>false</c>, or a number.</param>
/// <param name="IsCategory">Whether this is a label.</param>
public sealed record NamedValue(string Name, double Value, string Text, bool IsCategory);
