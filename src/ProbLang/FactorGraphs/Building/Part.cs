using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.FactorGraphs;

/// <summary>Cells of a variable of the model that one variable of the factor graph stands for.</summary>
internal sealed class Part
{
    public required FactorVariable Variable { get; init; }

    /// <summary>By dimension and element, row-major, the place along it.</summary>
    public required int[][] Places { get; init; }

    /// <summary>What a cell is of an element: <c>Scale · x^Power</c>.</summary>
    public double Power { get; init; } = 1;

    /// <summary>By element, the factor; null where all are 1.</summary>
    public double[]? Scale { get; init; }

    /// <summary>The gates around what defines it: by element the element of the boolean, and the value for which the gate is open.</summary>
    public ImmutableArray<(FactorVariable Selector, int[] Elements, int Value)> Branches { get; init; } = [];

    /// <summary>Whether one element of the factor graph's variable holds several cells: those of a vector or matrix, or of a group of quantities.</summary>
    public bool HasComponents { get; init; }
}

/// <summary>Which part a cell belongs to.</summary>
/// <param name="Part">The part; null where the cell is known or has none.</param>
/// <param name="Element">Which of its elements.</param>
/// <param name="Component">Which number of the element.</param>
internal readonly record struct PartCell(Part? Part, int Element, int Component);

/// <summary>For every cell of the model where it is in the factor graph.</summary>
internal sealed class PartTable(Func<Variable, int> countOf)
{
    private readonly Dictionary<Variable, PartCell[]> _cells = new(ReferenceEqualityComparer.Instance);

    public PartCell this[Variable variable, int cell] => _cells.TryGetValue(variable, out var cells) ? cells[cell] : default;

    public void Add(Variable variable, int cell, PartCell place)
    {
        if (!_cells.TryGetValue(variable, out var cells)) _cells.Add(variable, cells = new PartCell[countOf(variable)]);
        cells[cell] = place;
    }

    /// <summary>How many elements a part has.</summary>
    public static int CountOf(Part part) => part.Places.Length == 0 ? 1 : part.Places[0].Length;

    /// <summary>The parts of a variable.</summary>
    public IEnumerable<Part> Of(Variable variable) => _cells.TryGetValue(variable, out var cells) ? cells.Select(c => c.Part).OfType<Part>().Distinct() : [];
}
