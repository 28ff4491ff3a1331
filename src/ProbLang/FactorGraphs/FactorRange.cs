namespace ProbLang.FactorGraphs;

/// <summary>What a plate runs over, or what numbers the elements of an array: 0, 1, … up to a size that belongs to the data, not to the structure.</summary>
public sealed class FactorRange
{
    /// <param name="name">An identifier, different from those of all other ranges and variables of the graph.</param>
    /// <param name="size">How many: an integer that is known; of a ragged plate it is indexed by the ranges outside of it.</param>
    public FactorRange(string name, FactorReference size) => (Name, Size) = (name, size);

    /// <summary>An identifier, different from those of all other ranges and variables of the graph.</summary>
    public string Name { get; }

    /// <summary>How many: an integer that is known; of a ragged plate it is indexed by the ranges outside of it.</summary>
    public FactorReference Size { get; }

    /// <summary>Whether the size differs between the iterations of the ranges outside.</summary>
    public bool IsRagged => !Size.Indices.IsEmpty;

    /// <summary>How many, of a range that is not ragged.</summary>
    public int Count => (int)Size.Variable.Data!.Numbers.Span[0];

    /// <inheritdoc/>
    public override string ToString() => Name;
}
