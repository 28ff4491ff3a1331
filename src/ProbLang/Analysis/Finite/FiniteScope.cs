namespace ProbLang.Analysis;

/// <summary>What a draw, a condition or a factor depends on among the finite cells.</summary>
/// <param name="Cells">Their numbers, in the order in which they are first read; the cell that is drawn, if it is one, comes first.</param>
/// <param name="Computed">The iterations of deterministic statements between them and what depends on them, each after those that it reads.</param>
/// <param name="Pattern">Equal for two iterations of a statement that read their finite cells at the same places.</param>
/// <param name="ReadsContinuous">Whether it depends on another random cell that the data do not give.</param>
internal sealed record FiniteScope(int[] Cells, (int Definition, int Iteration)[] Computed, string Pattern, bool ReadsContinuous)
{
    /// <summary>
    /// Where it was asked for, everything known that it depends on, the values of its cells included: two scopes of the same statement with the same notes are over the same
    /// function of the states of their cells.
    /// </summary>
    public double[] Notes { get; init; } = [];
}
