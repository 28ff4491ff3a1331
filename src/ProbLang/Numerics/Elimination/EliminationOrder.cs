namespace ProbLang.Numerics;

/// <summary>
/// An order in which to eliminate variables: next is always the one whose neighbours need the fewest new edges to be all connected
/// (min-fill: Kjærulff, 1990), among equals the one whose elimination makes the smallest table. The number of missing edges around each
/// variable is kept current edge by edge, which costs the common neighbours of its ends, so that chains and stars take linear time.
/// </summary>
internal sealed class EliminationOrder
{
    private readonly double[] _logSizes;
    private readonly HashSet<int>[] _neighbours;
    private readonly long[] _missing;
    private readonly double[] _logEntries;
    private readonly int[] _version;
    private readonly PriorityQueue<(int Variable, int Version), (long Missing, double LogEntries, int Variable)> _queue = new();
    private readonly HashSet<int> _touched = [];

    private EliminationOrder(FiniteGraph graph)
    {
        var n = graph.Sizes.Length;
        _logSizes = Array.ConvertAll(graph.Sizes, size => Math.Log(size));
        _neighbours = new HashSet<int>[n];
        for (var v = 0; v < n; v++) _neighbours[v] = [];
        _missing = new long[n];
        _logEntries = (double[])_logSizes.Clone();
        _version = new int[n];
    }

    /// <summary>The variables in their order, and of each those that it is connected with when its turn comes. Variables of one state are left out: they connect nothing.</summary>
    public static (int[] Order, int[][] Neighbours) Of(FiniteGraph graph) => new EliminationOrder(graph).Run(graph);

    private (int[] Order, int[][] Neighbours) Run(FiniteGraph graph)
    {
        foreach (var scope in graph.Scopes)
            for (var i = 1; i < scope.Length; i++)
                for (var j = 0; j < i; j++)
                    if (graph.Sizes[scope[i]] > 1 && graph.Sizes[scope[j]] > 1) Connect(scope[i], scope[j]);
        _touched.Clear();
        for (var v = 0; v < graph.Sizes.Length; v++)
            if (graph.Sizes[v] > 1) Enqueue(v);
        var order = new List<int>(graph.Sizes.Length);
        var neighbours = new List<int[]>(graph.Sizes.Length);
        while (_queue.TryDequeue(out var next, out _))
        {
            if (next.Version != _version[next.Variable]) continue;
            order.Add(next.Variable);
            neighbours.Add(Eliminate(next.Variable));
        }
        return ([.. order], [.. neighbours]);
    }

    private int[] Eliminate(int variable)
    {
        int[] around = [.. _neighbours[variable]];
        if (_missing[variable] > 0)
            for (var i = 1; i < around.Length; i++)
                for (var j = 0; j < i; j++) Connect(around[i], around[j]);
        foreach (var neighbour in around)
        {
            // All that are around the variable are connected, so what was not connected with it around a neighbour is all the rest.
            _missing[neighbour] -= _neighbours[neighbour].Count - around.Length;
            _neighbours[neighbour].Remove(variable);
            _logEntries[neighbour] -= _logSizes[variable];
            _touched.Add(neighbour);
        }
        _version[variable]++;
        _neighbours[variable] = [];
        _touched.Remove(variable);
        foreach (var changed in _touched) Enqueue(changed);
        _touched.Clear();
        return around;
    }

    private void Connect(int a, int b)
    {
        if (!_neighbours[a].Add(b)) return;
        _neighbours[b].Add(a);
        var (few, many) = _neighbours[a].Count < _neighbours[b].Count ? (_neighbours[a], _neighbours[b]) : (_neighbours[b], _neighbours[a]);
        var common = 0;
        foreach (var c in few)
        {
            if (!many.Contains(c)) continue;
            common++;
            _missing[c]--;
            _touched.Add(c);
        }
        _missing[a] += _neighbours[a].Count - 1 - common;
        _missing[b] += _neighbours[b].Count - 1 - common;
        _logEntries[a] += _logSizes[b];
        _logEntries[b] += _logSizes[a];
        _touched.Add(a);
        _touched.Add(b);
    }

    private void Enqueue(int variable) => _queue.Enqueue((variable, ++_version[variable]), (_missing[variable], Math.Round(_logEntries[variable], 9), variable));
}
