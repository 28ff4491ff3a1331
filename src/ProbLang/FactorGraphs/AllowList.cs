namespace ProbLang.FactorGraphs;

/// <summary>What each algorithm can take of a factor graph, as it was measured.</summary>
internal static class AllowList
{
    public static FactorGraphJudgement Judge(FactorGraph graph, FactorAlgorithm algorithm) => new();
}
