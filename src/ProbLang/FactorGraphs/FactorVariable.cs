using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>
/// A variable of a factor graph, or an array of such, nested by its ranges. With <see cref="Data"/> and no statement that defines it, it is a known
/// number; with data and a definition it is observed; without data it is unknown.
/// </summary>
public sealed class FactorVariable
{
    /// <summary>An identifier, different from those of all other ranges and variables of the graph.</summary>
    public required string Name { get; init; }

    /// <summary>What each element is.</summary>
    public required FactorDomain Domain { get; init; }

    /// <summary>The dimensions, outermost first; none for a single value.</summary>
    public ImmutableArray<FactorRange> Ranges { get; init; } = [];

    /// <summary>For <see cref="FactorDomain.Integer"/> the range of its values, for <see cref="FactorDomain.Simplex"/> that which numbers its elements; else null.</summary>
    public FactorRange? Values { get; init; }

    /// <summary>For integers, the number of the model that 0 stands for.</summary>
    public int Lowest { get; init; }

    /// <summary>What is known of it; null where nothing is.</summary>
    public FactorData? Data { get; init; }

    /// <summary>
    /// Whether its number is no one's data but part of the structure, as the 0 that something is above: what engines have for just that number, they may use.
    /// </summary>
    public bool IsConstant { get; init; }

    /// <summary>
    /// Whether all its elements would stay alike if they started alike, as the labels of a mixture do: an engine starts their messages from
    /// random ones, with its seed.
    /// </summary>
    public bool StartsRandomly { get; init; }

    /// <summary>What it is in the model's words: a variable or an element of one, or what is computed; null for data.</summary>
    public string? Text { get; init; }

    /// <summary>What the element at some indices is in the model's words; null where it is what is computed.</summary>
    internal Func<int[], string>? TextOfElement { get; init; }

    /// <summary>Where the model speaks of it.</summary>
    public Location? Place { get; init; }

    /// <summary>How many elements.</summary>
    public int Count => FactorCounting.Count(Ranges);

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Known values: of booleans 0 and 1, of integers counted from 0.</summary>
/// <param name="Numbers">All elements, row-major over the ranges, ragged rows one after the other; of a vector or a matrix its numbers stand together, row-major.</param>
/// <param name="ItemShape">The shape of one element: none for a number, a length for a vector, rows and columns for a matrix.</param>
public sealed record FactorData(ReadOnlyMemory<double> Numbers, ImmutableArray<int> ItemShape)
{
    /// <summary>A single number.</summary>
    public static FactorData Of(double number) => new(new[] { number }, []);

    /// <summary>Numbers, one an element.</summary>
    public static FactorData Of(double[] numbers) => new(numbers, []);
}
