using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>A statement whose value is given, solved for something that it is computed of.</summary>
/// <param name="Statement">As it was.</param>
/// <param name="Solved">What it was solved for.</param>
/// <param name="Draw">The statement that drew that; null where it was computed, and its own statement was solved in turn.</param>
/// <param name="Value">What is given.</param>
/// <param name="Gates">Under which it is.</param>
/// <param name="Limits">What must hold of the value.</param>
internal sealed record InvertedStatement(Definition Statement, Variable Solved, Definition? Draw, Bound Value, ImmutableArray<Gate> Gates, ImmutableArray<RangeLimit> Limits)
{
    /// <summary>Whether the data give the value; else it is solved from another one.</summary>
    public bool IsGiven { get; init; }
}

/// <summary>The density of a draw that is solved for.</summary>
/// <param name="Statement">The draw as it was.</param>
/// <param name="Factor">What stands instead.</param>
internal sealed record SolvedDraw(Definition Statement, Factor Factor);

/// <summary>
/// A model in which the latents behind computed quantities that are given are computed from these: by the change of variables
/// the density of what is given is that of the latents, times the Jacobian of the inverse.
/// </summary>
/// <param name="Graph">The rewritten statements.</param>
/// <param name="Data">With what the rewriting needs beside.</param>
internal sealed record InvertedModel(ModelGraph Graph, DataSet Data)
{
    public ImmutableArray<InvertedStatement> Inversions { get; init; } = [];

    public ImmutableArray<SolvedDraw> Draws { get; init; } = [];

    /// <summary>The variables that are solved, as they were laid out: their statements, of which the sizes came, may be gone.</summary>
    public ImmutableDictionary<Variable, VariableState> Laid { get; init; } = ImmutableDictionary<Variable, VariableState>.Empty;
}
