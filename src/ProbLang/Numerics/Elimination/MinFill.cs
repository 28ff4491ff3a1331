using ProbLang.Limits;

namespace ProbLang.Numerics;

/// <summary>
/// An order in which to eliminate variables: next is always the one whose neighbours need the fewest new edges to be all connected
/// (min-fill: Kjærulff, 1990), among equals the one whose elimination makes the smallest table. The number of missing edges around each
/// variable is kept current edge by edge, which costs the common neighbours of its ends, so that chains and stars take linear time.
/// </summary>
internal sealed class MinFill
{
    /// <summary>The version of a variable that is eliminated.</summary>
    private const int Done = -1;

    private readonly double[] _logSizes;
    private readonly Neighbours[] _neighbours;
    private readonly long[] _missing;
    private readonly double[] _logEntries;
    private readonly int[] _version;
    private readonly PriorityQueue<(int Variable, int Version), Cost> _queue = new();
    private readonly List<int> _touched = [];
    private readonly List<int> _common = [];
    private readonly bool[] _isTouched;

    private MinFill(FiniteGraph graph)
    {
        var n = graph.Sizes.Length;
        _logSizes = Array.ConvertAll(graph.Sizes, size => Math.Log(size));
        _neighbours = new Neighbours[n];
        _isTouched = new bool[n];
        _missing = new long[n];
        _logEntries = (double[])_logSizes.Clone();
        _version = new int[n];
    }

    public static EliminationOrder Of(FiniteGraph graph) => Of(graph, EliminationOrder.LogLimit);

    /// <param name="graph">The graph.</param>
    /// <param name="logLimit">The log of the entries that a table may have at most; infinite where there are no tables.</param>
    public static EliminationOrder Of(FiniteGraph graph, double logLimit) => new MinFill(graph).Run(graph, logLimit);

    private EliminationOrder Run(FiniteGraph graph, double logLimit)
    {
        var looks = new Ticker();
        foreach (var scope in graph.Scopes)
        {
            looks.Tick();
            for (var i = 1; i < scope.Length; i++)
                for (var j = 0; j < i; j++)
                    if (graph.Sizes[scope[i]] > 1 && graph.Sizes[scope[j]] > 1) Connect(scope[i], scope[j]);
        }
        for (var v = 0; v < graph.Sizes.Length; v++)
            if (graph.Sizes[v] > 1) Touch(v);
        EnqueueTouched();
        var order = new List<int>(graph.Sizes.Length);
        var neighbours = new List<int[]>(graph.Sizes.Length);
        while (_queue.TryDequeue(out var next, out _))
        {
            Budget.Current.Check();
            if (next.Version != _version[next.Variable]) continue;
            if (_logEntries[next.Variable] > logLimit) return new([], [], [next.Variable, .. _neighbours[next.Variable].ToArray()]);
            order.Add(next.Variable);
            neighbours.Add(Eliminate(next.Variable));
        }
        return new([.. order], [.. neighbours], null);
    }

    private int[] Eliminate(int variable)
    {
        var around = _neighbours[variable].ToArray();
        if (_missing[variable] > 0)
            for (var i = 1; i < around.Length; i++)
                for (var j = 0; j < i; j++) Connect(around[i], around[j]);
        foreach (var neighbour in around)
        {
            // All that are around the variable are connected, so what was not connected with it around a neighbour is all the rest.
            _missing[neighbour] -= _neighbours[neighbour].Count - around.Length;
            _neighbours[neighbour].Remove(variable);
            _logEntries[neighbour] -= _logSizes[variable];
            Touch(neighbour);
        }
        _neighbours[variable] = default;
        _version[variable] = Done;
        EnqueueTouched();
        return around;
    }

    private void Connect(int a, int b)
    {
        if (!_neighbours[a].Add(b)) return;
        _neighbours[b].Add(a);
        // From the one with fewer neighbours, in the other's set.
        if (_neighbours[a].Count < _neighbours[b].Count) _neighbours[a].AddCommon(_neighbours[b], _common);
        else _neighbours[b].AddCommon(_neighbours[a], _common);
        foreach (var c in _common)
        {
            _missing[c]--;
            Touch(c);
        }
        _missing[a] += _neighbours[a].Count - 1 - _common.Count;
        _missing[b] += _neighbours[b].Count - 1 - _common.Count;
        _common.Clear();
        _logEntries[a] += _logSizes[b];
        _logEntries[b] += _logSizes[a];
        Touch(a);
        Touch(b);
    }

    private void Touch(int variable)
    {
        if (_isTouched[variable]) return;
        _isTouched[variable] = true;
        _touched.Add(variable);
    }

    private void EnqueueTouched()
    {
        var looks = new Ticker();
        foreach (var variable in _touched)
        {
            looks.Tick();
            _isTouched[variable] = false;
            if (_version[variable] != Done)
                _queue.Enqueue((variable, ++_version[variable]), new(_missing[variable], Math.Round(_logEntries[variable], 9), variable));
        }
        _touched.Clear();
    }

    /// <summary>Fewest missing edges first, then the smallest table, then the first variable.</summary>
    private readonly record struct Cost(long Missing, double LogEntries, int Variable) : IComparable<Cost>
    {
        public int CompareTo(Cost other)
        {
            if (Missing != other.Missing) return Missing < other.Missing ? -1 : 1;
            if (LogEntries != other.LogEntries) return LogEntries < other.LogEntries ? -1 : 1;
            return Variable.CompareTo(other.Variable);
        }
    }
}
