namespace ProbLang.Numerics;

/// <summary>
/// Variables whose joint table a sum makes. The first of them it shares with its parent, so that its table is a matrix: a row for each
/// state of what is shared, a column for each state of the rest, which is summed out here.
/// </summary>
internal sealed class Clique
{
    /// <summary>The variables, last eliminated first, which is the same order in all cliques.</summary>
    public required int[] Variables { get; init; }

    /// <summary>How many of the variables the parent has too.</summary>
    public required int Shared { get; init; }

    /// <summary>The states of what is shared with the parent.</summary>
    public required int Rows { get; init; }

    /// <summary>The states of what is summed out here.</summary>
    public required int Columns { get; init; }

    /// <summary>The clique that takes the sums; -1 at a root.</summary>
    public required int Parent { get; init; }

    /// <summary>The cliques whose sums this one takes, and how they lie in its table.</summary>
    public required (int Clique, StridedTable Place)[] Children { get; init; }

    /// <summary>The tables that are multiplied here, and how they lie in this one.</summary>
    public required (int Factor, StridedTable Place)[] Factors { get; init; }

    /// <summary>Where the table lies in the work area.</summary>
    public required long Table { get; init; }

    /// <summary>Where the sums, a number for each row, lie in the work area.</summary>
    public required long Sums { get; init; }
}
