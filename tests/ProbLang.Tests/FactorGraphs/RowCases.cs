namespace ProbLang.Tests.FactorGraphs;

/// <summary>The table of constructs as graphs: those of each kind, with what was measured of each algorithm.</summary>
internal static partial class RowCases
{
    /// <summary>All cases by name.</summary>
    public static IReadOnlyDictionary<string, RowCase> All { get; } = new[] { Distributions, Refusals, Functions, Logic, Gates, Structure, More }.SelectMany(RowCase.All).ToDictionary(c => c.Name);
}
