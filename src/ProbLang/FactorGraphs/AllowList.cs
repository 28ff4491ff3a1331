using System.Collections.Immutable;

namespace ProbLang.FactorGraphs;

/// <summary>What each algorithm can take of a factor graph, as it was measured.</summary>
internal static class AllowList
{
    /// <summary>Whether an algorithm can take a graph, what is biased where it can, and whether the answer is exact.</summary>
    public static FactorGraphJudgement Judge(FactorGraph graph, FactorAlgorithm algorithm)
    {
        var findings = new FactorFindings(algorithm);
        var uses = new FactorUses(graph);
        new ConstructReview(uses, algorithm, findings).Review(graph.Statements);
        new GateReview(uses, algorithm, findings).Review(graph.Statements);
        LoopReview.Review(graph, algorithm, findings);
        return findings.Judgement;
    }
}
