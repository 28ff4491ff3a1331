using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>The joint distribution of a few variables with finitely many values.</summary>
/// <param name="Values">The values of each variable, ascending.</param>
/// <param name="Probabilities">A probability for each combination, row-major: the values of the last variable change fastest.</param>
public sealed record JointTable(ImmutableArray<ImmutableArray<double>> Values, ImmutableArray<double> Probabilities)
{
    /// <summary>What each variable and each of its values is called.</summary>
    public ImmutableArray<JointVariable> Variables { get; init; } = [];

    /// <summary>The probability of a combination of values, each by its place among those of its variable, from 0.</summary>
    public double this[params ReadOnlySpan<int> places]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNotEqual(places.Length, Values.Length, nameof(places));
            var at = 0;
            for (var v = 0; v < places.Length; v++)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(places[v], nameof(places));
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(places[v], Values[v].Length, nameof(places));
                at = at * Values[v].Length + places[v];
            }
            return Probabilities[at];
        }
    }

    /// <summary>The distribution of the last variable for each combination of the others: a table of the same shape whose rows sum to 1, NaN where the combination has probability 0.</summary>
    public JointTable Conditional()
    {
        var (width, conditional) = (Values[^1].Length, Probabilities.ToArray());
        for (var row = 0; row < conditional.Length; row += width)
        {
            var cells = conditional.AsSpan(row, width);
            var sum = 0.0;
            foreach (var cell in cells) sum += cell;
            foreach (ref var cell in cells) cell /= sum;
        }
        return this with { Probabilities = [.. conditional] };
    }
}

/// <summary>What a variable of a joint distribution is called.</summary>
/// <param name="Name">The scalar or element, such as <c>z[3]</c>.</param>
/// <param name="Texts">Its values as text: labels, <c>true</c> and <c>false</c>, or numbers.</param>
/// <param name="IsCategory">Whether these are labels.</param>
public sealed record JointVariable(string Name, ImmutableArray<string> Texts, bool IsCategory);
