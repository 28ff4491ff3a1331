using System.Collections.Immutable;
using ProbLang.Results;
using ProbLang.Text;

namespace ProbLang;

/// <summary>What a variable is to the model. What it becomes, cell by cell, the data say.</summary>
public enum VariableKind
{
    /// <summary>Declared by <c>input</c>: known, not explained.</summary>
    Input,

    /// <summary>Declared by <c>param</c>: a constant that is learned.</summary>
    Parameter,

    /// <summary>At least one element is drawn from a distribution.</summary>
    Random,

    /// <summary>Computed from something random.</summary>
    Computed,

    /// <summary>Computed from what is known alone.</summary>
    Known,
}

/// <summary>A variable of a model, before there are data: what a host needs to make a form, a table or a class of it.</summary>
/// <param name="Name">As the modeller wrote it.</param>
/// <param name="Kind">What it is to the model.</param>
/// <param name="Value">What its elements are.</param>
/// <param name="Rank">How many dimensions it has: 0 for a single value.</param>
/// <param name="Location">Where it is first defined.</param>
public sealed record VariableDescription(string Name, VariableKind Kind, ValueKind Value, int Rank, Location Location)
{
    /// <summary>Whether rows may differ in length, as far as the model tells.</summary>
    public bool IsRagged { get; init; }

    /// <summary>Whether it is an input that may be left out: it has a value in the model, or it is a size, which the shapes of the data tell.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The name of each dimension, that of the index that runs along it; null where it has none. As many as <see cref="Rank"/>.</summary>
    public ImmutableArray<string?> Dimensions { get; init; } = [];

    /// <summary>The name of the category whose labels it has; null where it has none.</summary>
    public string? Category { get; init; }

    /// <summary>The labels that the model lists for the category, in their order; empty where the data show them.</summary>
    public ImmutableArray<string> Labels { get; init; } = [];

    /// <summary>What the model says of it in <c>///</c> lines; null where it says nothing.</summary>
    public string? Documentation { get; init; }
}
