namespace ProbLang.Binding;

/// <summary>Finds cycles in a directed graph, without recursion.</summary>
internal static class CycleFinder
{
    /// <summary>Cycles, each as its nodes in order of the arrows; at least one of every knot. A node is in one cycle at most.</summary>
    public static List<List<int>> Find(IReadOnlyList<IReadOnlyCollection<int>> successors)
    {
        var remaining = Trim(successors);
        var cycles = new List<List<int>>();
        var seen = new int[successors.Count];
        for (var start = 0; start < successors.Count; start++)
        {
            var path = new List<int>();
            var node = start;
            while (remaining[node] && seen[node] == 0)
            {
                seen[node] = start + 1;
                path.Add(node);
                node = successors[node].First(s => remaining[s]);
            }
            if (remaining[node] && seen[node] == start + 1 && path.Count > 0) cycles.Add(path[path.IndexOf(node)..]);
        }
        return cycles;
    }

    /// <summary>Takes away what leads nowhere, again and again: what remains has a successor that remains.</summary>
    public static bool[] Trim(IReadOnlyList<IReadOnlyCollection<int>> successors)
    {
        var predecessors = new List<int>[successors.Count];
        for (var i = 0; i < predecessors.Length; i++) predecessors[i] = [];
        var open = new int[successors.Count];
        var remaining = new bool[successors.Count];
        var ends = new Stack<int>();
        for (var i = 0; i < successors.Count; i++)
        {
            foreach (var s in successors[i]) predecessors[s].Add(i);
            open[i] = successors[i].Count;
            remaining[i] = open[i] > 0;
            if (open[i] == 0) ends.Push(i);
        }
        while (ends.TryPop(out var end))
            foreach (var p in predecessors[end])
                if (--open[p] == 0)
                {
                    remaining[p] = false;
                    ends.Push(p);
                }
        return remaining;
    }
}
