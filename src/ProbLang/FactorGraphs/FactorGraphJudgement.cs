using System.Collections.Immutable;
using ProbLang.Text;

namespace ProbLang.FactorGraphs;

/// <summary>What an algorithm makes of a factor graph, before anything runs.</summary>
internal sealed record FactorGraphJudgement
{
    /// <summary>Constructs that the algorithm cannot take, or gets wrong; empty where it can take the graph.</summary>
    public ImmutableArray<Diagnostic> Objections { get; init; } = [];

    /// <summary>Known biases of what runs, a sentence each, with a figure.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Whether the beliefs are the exact posterior marginals, up to rounding.</summary>
    public bool IsExact { get; init; }
}
