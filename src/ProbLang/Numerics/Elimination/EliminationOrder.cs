namespace ProbLang.Numerics;

/// <summary>
/// The variables in the order in which they are eliminated, and of each those that it is connected with when its turn comes. Variables of one
/// state are left out: they connect nothing. Where some variables come together whose table no machine holds, these are what there is instead.
/// </summary>
internal sealed record EliminationOrder(int[] Variables, int[][] Neighbours, int[]? Beyond)
{
    /// <summary>The log of more entries than any machine has.</summary>
    public static readonly double LogLimit = Math.Log(1e15);

    /// <summary>An order by min-fill, unless it is plain before that none is any use.</summary>
    public static EliminationOrder Of(FiniteGraph graph) => Core.Of(graph) is { } beyond ? new([], [], beyond) : MinFill.Of(graph);
}
