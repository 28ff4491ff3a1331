namespace ProbLang.FactorGraphs;

/// <summary>The shortest way between two nodes of a factor graph.</summary>
internal static class FactorPath
{
    /// <summary>The edges from one node to another, without using one of them; empty where there is no way.</summary>
    public static List<FactorEdge> Between(List<FactorEdge> edges, int from, int to, FactorEdge without)
    {
        var byNode = edges.Where(e => e != without).SelectMany(e => new[] { (Node: e.Factor, Edge: e), (Node: e.Element, Edge: e) }).ToLookup(p => p.Node, p => p.Edge);
        var reached = new Dictionary<int, FactorEdge> { [from] = default };
        var queue = new Queue<int>([from]);
        while (queue.TryDequeue(out var node) && node != to)
            foreach (var edge in byNode[node])
                if (reached.TryAdd(Other(edge, node), edge)) queue.Enqueue(Other(edge, node));
        var path = new List<FactorEdge>();
        for (var node = to; node != from && reached.TryGetValue(node, out var edge); node = Other(edge, node)) path.Add(edge);
        return path;
    }

    private static int Other(FactorEdge edge, int node) => edge.Factor == node ? edge.Element : edge.Factor;
}
