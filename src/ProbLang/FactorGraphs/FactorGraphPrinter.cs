namespace ProbLang.FactorGraphs;

/// <summary>Prints a factor graph as a C# program that builds it with Infer.NET and runs it.</summary>
internal static class FactorGraphPrinter
{
    /// <param name="graph">The factor graph.</param>
    /// <param name="algorithm">With which it runs.</param>
    /// <param name="iterations">How often messages are passed; null for what is enough for most.</param>
    /// <param name="seed">Of random starts and of Gibbs sampling.</param>
    /// <param name="labels">What elements are called in the model; null for the names of the graph.</param>
    public static string Print(FactorGraph graph, FactorAlgorithm algorithm, int? iterations = null, ulong seed = 1, ElementLabels? labels = null)
    {
        graph = KnownPriors.In(KnownTidying.Of(graph), algorithm);
        var (writer, names, root) = (new CSharpWriter(), new CSharpNames(graph), StatementBlock.Of(graph));
        var places = new VariablePlaces(graph, root);
        var declarations = new DeclarationPrinter(writer, names, places);
        var inference = new InferencePrinter(writer, names, places, graph, algorithm, labels ?? ElementLabels.None);

        inference.Header();
        declarations.Known(graph);
        new StatementPrinter(writer, graph, names, places, declarations, root).Print();
        inference.Data();
        inference.RandomStarts(seed);
        inference.Engine(iterations);
        inference.Queries();
        return writer.ToString();
    }
}
