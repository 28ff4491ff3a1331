namespace ProbLang.Networks;

/// <summary>Puts variables after their parents, without recursion.</summary>
internal static class NetworkOrder
{
    /// <summary>Of those whose parents are there the first comes next. What is on a cycle, or after one, is left out.</summary>
    public static List<int> Of(IReadOnlyList<IReadOnlyList<int>> parents)
    {
        var children = new List<int>[parents.Count];
        for (var i = 0; i < children.Length; i++) children[i] = [];
        var missing = new int[parents.Count];
        var ready = new PriorityQueue<int, int>();
        for (var i = 0; i < parents.Count; i++)
        {
            foreach (var parent in parents[i]) children[parent].Add(i);
            missing[i] = parents[i].Count;
            if (missing[i] == 0) ready.Enqueue(i, i);
        }
        var order = new List<int>();
        while (ready.TryDequeue(out var next, out _))
        {
            order.Add(next);
            foreach (var child in children[next])
                if (--missing[child] == 0) ready.Enqueue(child, child);
        }
        return order;
    }

    /// <summary>A cycle among the variables that have no place in the order: each is a parent of the next, and the last of the first.</summary>
    public static List<int> Cycle(IReadOnlyList<IReadOnlyList<int>> parents, List<int> order)
    {
        var placed = new HashSet<int>(order);
        var path = new List<int>();
        var at = Enumerable.Range(0, parents.Count).First(i => !placed.Contains(i));
        for (var seen = new HashSet<int>(); seen.Add(at); at = parents[at].First(p => !placed.Contains(p))) path.Add(at);
        var cycle = path[path.IndexOf(at)..];
        cycle.Reverse();
        return cycle;
    }
}
