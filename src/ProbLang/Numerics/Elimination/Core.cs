namespace ProbLang.Numerics;

/// <summary>
/// Finds quickly that no order of elimination is any use. Of any part of the graph one variable is eliminated first, together with all its
/// neighbours in that part; so the part whose least such table is the largest bounds every order from below (a weighted degeneracy).
/// </summary>
internal static class Core
{
    /// <summary>A variable with neighbours whose joint table is beyond any machine in every order; null where that cannot be told.</summary>
    public static int[]? Of(FiniteGraph graph)
    {
        var (sizes, scopes) = graph;
        var degrees = new long[sizes.Length];
        foreach (var scope in scopes)
        {
            if (scope.Sum(v => Math.Log(sizes[v])) > EliminationOrder.LogLimit) return [.. scope.Where(v => sizes[v] > 1)];
            foreach (var variable in scope) degrees[variable] += scope.Length - 1;
        }
        return sizes.Length > 0 && (degrees.Max() + 1) * Math.Log(sizes.Max()) > EliminationOrder.LogLimit ? Densest(graph) : null;
    }

    private static int[]? Densest(FiniteGraph graph)
    {
        var (neighbours, logEntries) = Connect(graph);
        var queue = new PriorityQueue<int, double>();
        var isGone = new bool[neighbours.Length];
        for (var v = 0; v < neighbours.Length; v++) queue.Enqueue(v, logEntries[v]);
        while (queue.TryDequeue(out var least, out var log))
        {
            // What was queued before a neighbour went is out of date: the variable is there again, with less.
            if (isGone[least] || log > logEntries[least]) continue;
            if (log > EliminationOrder.LogLimit) return [least, .. neighbours[least]];
            isGone[least] = true;
            foreach (var neighbour in neighbours[least])
            {
                neighbours[neighbour].Remove(least);
                logEntries[neighbour] -= Math.Log(graph.Sizes[least]);
                queue.Enqueue(neighbour, logEntries[neighbour]);
            }
        }
        return null;
    }

    private static (HashSet<int>[] Neighbours, double[] LogEntries) Connect(FiniteGraph graph)
    {
        var (sizes, scopes) = graph;
        HashSet<int>[] neighbours = [.. sizes.Select(_ => new HashSet<int>())];
        foreach (var scope in scopes)
            foreach (var a in scope)
                foreach (var b in scope)
                    if (a != b && sizes[a] > 1 && sizes[b] > 1) neighbours[a].Add(b);
        return (neighbours, [.. neighbours.Select((around, v) => Math.Log(sizes[v]) + around.Sum(n => Math.Log(sizes[n])))]);
    }
}
