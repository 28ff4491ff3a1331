using System.Collections.Immutable;

namespace ProbLang.Results;

/// <summary>The joint distribution of a few variables with finitely many values.</summary>
/// <param name="Values">The values of each variable, ascending.</param>
/// <param name="Probabilities">A probability for each combination, row-major: the values of the last variable change fastest.</param>
public sealed record JointTable(ImmutableArray<ImmutableArray<double>> Values, ImmutableArray<double> Probabilities)
{
    /// <summary>What each variable is called.</summary>
    public ImmutableArray<string> Variables { get; init; } = [];

    /// <summary>For each variable the labels of its values, where it has any; else default.</summary>
    public ImmutableArray<ImmutableArray<string>> Labels { get; init; } = [];
}
