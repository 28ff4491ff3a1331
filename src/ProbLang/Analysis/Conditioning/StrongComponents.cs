namespace ProbLang.Analysis;

/// <summary>Strongly connected components (Tarjan 1972, without recursion), each after those it leads to.</summary>
internal static class StrongComponents
{
    /// <param name="count">Nodes are 0 to count - 1.</param>
    /// <param name="successors">Where a node leads.</param>
    public static List<List<int>> Of(int count, Func<int, IReadOnlyList<int>> successors)
    {
        var index = new int[count];
        var low = new int[count];
        var onStack = new bool[count];
        var stack = new Stack<int>();
        var components = new List<List<int>>();
        var next = 1;
        var calls = new Stack<(int Node, IReadOnlyList<int> Successors, int At)>();
        for (var root = 0; root < count; root++)
        {
            if (index[root] != 0) continue;
            Enter(root);
            while (calls.Count > 0)
            {
                var (node, to, at) = calls.Pop();
                if (at > 0) low[node] = Math.Min(low[node], low[to[at - 1]]);
                while (at < to.Count && index[to[at]] != 0)
                {
                    if (onStack[to[at]]) low[node] = Math.Min(low[node], index[to[at]]);
                    at++;
                }
                if (at < to.Count)
                {
                    calls.Push((node, to, at + 1));
                    Enter(to[at]);
                }
                else if (low[node] == index[node]) components.Add(Close(node));
            }
        }
        return components;

        void Enter(int node)
        {
            index[node] = low[node] = next++;
            stack.Push(node);
            onStack[node] = true;
            calls.Push((node, successors(node), 0));
        }

        List<int> Close(int node)
        {
            var component = new List<int>();
            int member;
            do
            {
                member = stack.Pop();
                onStack[member] = false;
                component.Add(member);
            }
            while (member != node);
            component.Sort();
            return component;
        }
    }
}
