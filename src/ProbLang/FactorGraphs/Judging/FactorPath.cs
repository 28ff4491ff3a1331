namespace ProbLang.FactorGraphs;

/// <summary>The shortest way between two nodes of a factor graph.</summary>
internal static class FactorPath
{
    /// <summary>The edges from one node to another, without using one of them; empty where there is no way.</summary>
    /// <param name="edges">All edges.</param>
    /// <param name="nodes">How many nodes there are.</param>
    /// <param name="without">The edge that is not used; the way is between its ends.</param>
    public static List<FactorEdge> Around(List<FactorEdge> edges, int nodes, FactorEdge without)
    {
        var (first, next) = Adjacency(edges, nodes);
        var reached = new int[nodes];
        Array.Fill(reached, -1);
        var queue = new Queue<int>([without.Element]);
        while (reached[without.Factor] < 0 && queue.TryDequeue(out var node))
        {
            for (var end = first[node]; end >= 0; end = next[end])
            {
                var edge = edges[end / 2];
                var other = Other(edge, node);
                if (reached[other] >= 0 || other == without.Element || edge == without) continue;
                reached[other] = end / 2;
                queue.Enqueue(other);
            }
        }
        var path = new List<FactorEdge>();
        for (var node = without.Factor; node != without.Element && reached[node] >= 0; node = Other(edges[reached[node]], node)) path.Add(edges[reached[node]]);
        return path;
    }

    /// <summary>For each node its ends of edges, as linked lists: an edge has two, at twice its number and the next.</summary>
    private static (int[] First, int[] Next) Adjacency(List<FactorEdge> edges, int nodes)
    {
        var (first, next) = (new int[nodes], new int[2 * edges.Count]);
        Array.Fill(first, -1);
        for (var e = 0; e < edges.Count; e++)
        {
            (next[2 * e], first[edges[e].Factor]) = (first[edges[e].Factor], 2 * e);
            (next[2 * e + 1], first[edges[e].Element]) = (first[edges[e].Element], 2 * e + 1);
        }
        return (first, next);
    }

    private static int Other(FactorEdge edge, int node) => edge.Factor == node ? edge.Element : edge.Factor;
}
