using System.Collections.Immutable;

namespace ProbLang;

/// <summary>What is asked: something about an expression, given conditions.</summary>
/// <param name="Kind">What about it.</param>
/// <param name="Expression">The expression, as it was written.</param>
/// <param name="Conditions">What is given beside the data.</param>
internal sealed record Question(QuestionKind Kind, PlacedText Expression, ImmutableArray<QuestionCondition> Conditions)
{
    /// <summary>The probability of a quantile.</summary>
    public double Level { get; init; } = double.NaN;

    /// <summary>The two sides of the event that something is something, <c>x = [1, 2]</c>; null where it is another expression.</summary>
    public (PlacedText Left, PlacedText Right)? Equated { get; init; }
}

/// <summary>What a question takes as given: an event, or a quantity with its value, <c>y[3] = 2</c>.</summary>
/// <param name="Event">All of it, with <c>==</c> between quantity and value.</param>
/// <param name="Quantity">The quantity; null where it is an event only.</param>
/// <param name="Value">Its value.</param>
internal sealed record QuestionCondition(PlacedText Event, PlacedText? Quantity = null, PlacedText? Value = null);
