using System.Collections.Immutable;

namespace ProbLang.Analysis;

/// <summary>The rows of a layered picture: every edge leads to a lower row, but for those that close a circle.</summary>
/// <param name="Of">The row of each node, from 0 at the top.</param>
/// <param name="Down">The edges between different nodes, each from the upper row to the lower.</param>
/// <param name="IsReversed">Whether an edge of <paramref name="Down"/> leads up in the model.</param>
internal sealed record Ranks(ImmutableArray<int> Of, ImmutableArray<GraphEdge> Down, ImmutableArray<bool> IsReversed)
{
    /// <summary>How many rows there are.</summary>
    public int Count => Of.IsEmpty ? 0 : Of.Max() + 1;

    public static Ranks In(GraphPicture picture)
    {
        var edges = picture.Edges.Where(e => e.From != e.To).ToArray();
        var reversed = Closing(picture.Nodes.Length, edges);
        ImmutableArray<GraphEdge> down = [.. edges.Select((e, i) => reversed[i] ? new GraphEdge(e.To, e.From) : e)];
        return new Ranks(Rows(picture.Nodes.Length, down), down, [.. reversed]);
    }

    /// <summary>The edges that lead back to a node from which a search in depth has come.</summary>
    private static bool[] Closing(int nodes, GraphEdge[] edges)
    {
        var from = Enumerable.Range(0, edges.Length).ToLookup(e => edges[e].From);
        var (isClosing, state, path) = (new bool[edges.Length], new byte[nodes], new Stack<(int Node, IEnumerator<int> Edges)>());
        for (var root = 0; root < nodes; root++)
        {
            if (state[root] == 0) Open(root);
            while (path.TryPeek(out var top))
            {
                if (!top.Edges.MoveNext())
                {
                    state[path.Pop().Node] = 2;
                    continue;
                }
                var to = edges[top.Edges.Current].To;
                if (state[to] == 1) isClosing[top.Edges.Current] = true;
                else if (state[to] == 0) Open(to);
            }
        }
        return isClosing;

        void Open(int node)
        {
            state[node] = 1;
            path.Push((node, from[node].GetEnumerator()));
        }
    }

    /// <summary>By the longest path from above; what nothing leads to is pulled down to what it leads to.</summary>
    private static ImmutableArray<int> Rows(int nodes, ImmutableArray<GraphEdge> down)
    {
        var (into, from, open) = (new int[nodes], down.ToLookup(e => e.From, e => e.To), new Queue<int>());
        foreach (var edge in down) into[edge.To]++;
        var isRoot = into.Select(n => n == 0).ToArray();
        var rows = new int[nodes];
        for (var node = 0; node < nodes; node++) if (isRoot[node]) open.Enqueue(node);
        while (open.TryDequeue(out var node))
            foreach (var to in from[node])
            {
                rows[to] = Math.Max(rows[to], rows[node] + 1);
                if (--into[to] == 0) open.Enqueue(to);
            }
        for (var node = 0; node < nodes; node++)
            if (isRoot[node] && from[node].Any()) rows[node] = from[node].Min(to => rows[to]) - 1;
        return [.. rows];
    }
}
