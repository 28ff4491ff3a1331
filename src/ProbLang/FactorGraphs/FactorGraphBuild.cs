using System.Collections.Immutable;
using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>A conditioned model as a factor graph, or why there is none.</summary>
internal sealed record FactorGraphBuild
{
    /// <summary>The graph; null where there are objections.</summary>
    public FactorGraph? Graph { get; init; }

    /// <summary>What of the model no factor graph can express, whichever the algorithm.</summary>
    public ImmutableArray<Diagnostic> Objections { get; init; } = [];

    /// <summary>What is left out of the answer, and the like, a sentence each.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Where the belief of a reported cell is; cells that are not reported are missing.</summary>
    public IReadOnlyDictionary<(Variable Variable, int Cell), CellBelief> Reports { get; init; } = ImmutableDictionary<(Variable, int), CellBelief>.Empty;
}

/// <summary>Where the belief of a cell is: the cell is <c>Scale · x^Power + Offset</c> of x, an element of a variable of the factor graph.</summary>
/// <param name="Variable">The variable of the factor graph.</param>
/// <param name="Element">Which of its elements, row-major.</param>
/// <param name="Component">Which number of a vector or matrix, row-major; 0 for a single number.</param>
internal sealed record CellBelief(FactorVariable Variable, int Element, int Component = 0)
{
    public double Power { get; init; } = 1;

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    /// <summary>Of a cell that only branches of an <c>if</c> define: the booleans and integers around it, with the value (counted from 0) for which the branch holds.</summary>
    public ImmutableArray<(FactorVariable Selector, int Element, int Value)> Branches { get; init; } = [];
}
