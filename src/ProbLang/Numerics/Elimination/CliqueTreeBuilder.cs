namespace ProbLang.Numerics;

/// <summary>
/// Makes the cliques of an elimination order: each variable with those that it is connected with when it is eliminated, hung below the
/// first of these that is eliminated. One that is contained in a child is one with it.
/// </summary>
internal sealed class CliqueTreeBuilder
{
    /// <summary>What precedes the tables in the work area: the log sum, and whether joint probabilities are there.</summary>
    private const int Header = 4;

    /// <summary>More doubles than any machine has.</summary>
    private const double TooMany = 1e15;

    private readonly FiniteGraph _graph;
    private readonly int[] _order;
    private readonly int[][] _neighbours;
    private readonly int[]? _beyond;
    private readonly int[] _position;
    private readonly int[] _parent;
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _clique;
    private readonly StridedTable.Cache _places = new();

    public CliqueTreeBuilder(FiniteGraph graph)
    {
        _graph = graph;
        (_order, _neighbours, _beyond) = EliminationOrder.Of(graph);
        var n = _order.Length;
        (_position, _parent, _first, _last, _clique) = (new int[graph.Sizes.Length], new int[n], new int[n], new int[n], new int[n]);
        Array.Fill(_position, -1);
        for (var i = 0; i < n; i++) _position[_order[i]] = i;
        for (var i = 0; i < n; i++) _parent[i] = FirstOf(_neighbours[i]);
        Join();
    }

    public CliqueTree Build() => _beyond is null ? BuildCliques() : new CliqueTree
    {
        Graph = _graph,
        Cliques = [],
        CliqueOf = _position,
        Constants = [],
        Width = _beyond.Length - 1,
        Entries = States(_beyond),
        Largest = _beyond,
        Work = long.MaxValue,
    };

    private CliqueTree BuildCliques()
    {
        var count = _clique.Length == 0 ? 0 : _clique.Max() + 1;
        var (factors, constants) = Assign(count);
        var children = Children(count);
        var cliques = new Clique[count];
        double entries = 0, work = Header, most = 0;
        var (width, largest) = (0, Array.Empty<int>());
        for (var last = 0; last < _order.Length; last++)
        {
            if (_last[_first[last]] != last) continue;
            var variables = Variables(last);
            var (rows, columns) = (States(variables.AsSpan(0, _neighbours[last].Length)), States(variables.AsSpan(_neighbours[last].Length)));
            var (table, sums) = (work, work + Padded(rows * columns));
            work = sums + Padded(rows);
            entries += rows * columns;
            width = Math.Max(width, variables.Length - 1);
            if (rows * columns > most) (most, largest) = (rows * columns, variables);
            cliques[_clique[last]] = new Clique
            {
                Variables = variables,
                Shared = _neighbours[last].Length,
                Rows = Count(rows),
                Columns = Count(columns),
                Parent = _parent[last] < 0 ? -1 : _clique[_parent[last]],
                Factors = Places(factors[_clique[last]], variables, f => _graph.Scopes[f]),
                Children = Places(children[_clique[last]], variables, c => cliques[c].Variables.AsSpan(0, cliques[c].Shared)),
                Table = (long)Math.Min(table, TooMany),
                Sums = (long)Math.Min(sums, TooMany),
            };
        }
        return new CliqueTree
        {
            Graph = _graph,
            Cliques = cliques,
            CliqueOf = Array.ConvertAll(_position, p => p < 0 ? -1 : _clique[p]),
            Constants = constants,
            Width = width,
            Entries = entries,
            Largest = largest,
            Work = work < TooMany ? (long)work : long.MaxValue,
        };
    }

    /// <summary>Finds which positions of the order share a clique, and numbers the cliques by their last, which puts children before parents.</summary>
    private void Join()
    {
        Array.Fill(_first, -1);
        for (var i = 0; i < _order.Length; i++)
        {
            if (_first[i] < 0) _first[i] = i;
            _last[_first[i]] = i;
            if (_parent[i] is var p && p >= 0 && _first[p] < 0 && _neighbours[i].Length == _neighbours[p].Length + 1) _first[p] = _first[i];
        }
        var count = 0;
        for (var i = 0; i < _order.Length; i++)
            if (_last[_first[i]] == i) _clique[_first[i]] = count++;
        for (var i = 0; i < _order.Length; i++) _clique[i] = _clique[_first[i]];
    }

    private int FirstOf(int[] variables)
    {
        var first = -1;
        foreach (var variable in variables)
            if (_position[variable] is var p && p >= 0 && (first < 0 || p < first)) first = p;
        return first;
    }

    /// <summary>The variables of the clique that ends at a position.</summary>
    private int[] Variables(int last)
    {
        var first = _first[last];
        int[] variables = [_order[first], .. _neighbours[first]];
        // By the negative position.
        var keys = Array.ConvertAll(variables, v => -_position[v]);
        Array.Sort(keys, variables);
        return variables;
    }

    /// <summary>The factors of each clique, and those of none.</summary>
    private (Groups Factors, int[] Constants) Assign(int count)
    {
        var cliques = Array.ConvertAll(_graph.Scopes, scope => FirstOf(scope) is var p && p >= 0 ? _clique[p] : -1);
        return (new Groups(cliques, count), [.. Enumerable.Range(0, cliques.Length).Where(f => cliques[f] < 0)]);
    }

    private Groups Children(int count)
    {
        var parents = new int[count];
        for (var i = 0; i < _order.Length; i++)
            if (_last[_first[i]] == i) parents[_clique[i]] = _parent[i] < 0 ? -1 : _clique[_parent[i]];
        return new Groups(parents, count);
    }

    private (int, StridedTable)[] Places(ReadOnlySpan<int> tables, int[] clique, Func<int, ReadOnlySpan<int>> scope)
    {
        if (tables.IsEmpty) return [];
        var places = new (int, StridedTable)[tables.Length];
        for (var i = 0; i < tables.Length; i++) places[i] = (tables[i], Place(clique, scope(tables[i])));
        return places;
    }

    /// <summary>How a table over some variables lies in that of a clique.</summary>
    private StridedTable Place(ReadOnlySpan<int> clique, ReadOnlySpan<int> scope)
    {
        Span<int> extents = stackalloc int[clique.Length], strides = stackalloc int[clique.Length];
        for (var d = 0; d < clique.Length; d++) extents[d] = _graph.Sizes[clique[d]];
        strides.Clear();
        var stride = 1;
        for (var d = scope.Length - 1; d >= 0; d--)
        {
            if (clique.IndexOf(scope[d]) is var at && at >= 0) strides[at] = stride;
            stride *= _graph.Sizes[scope[d]];
        }
        return _places.Of(extents, strides);
    }

    private double States(ReadOnlySpan<int> variables)
    {
        var states = 1.0;
        foreach (var variable in variables) states *= _graph.Sizes[variable];
        return states;
    }

    /// <summary>The members of each group, in their order.</summary>
    private readonly struct Groups
    {
        private readonly int[] _starts;
        private readonly int[] _members;

        /// <param name="groupOf">For each member its group, -1 for none.</param>
        /// <param name="count">How many groups there are.</param>
        public Groups(int[] groupOf, int count)
        {
            (_starts, _members) = (new int[count + 1], new int[groupOf.Length]);
            foreach (var group in groupOf)
                if (group >= 0) _starts[group + 1]++;
            for (var g = 0; g < count; g++) _starts[g + 1] += _starts[g];
            var next = _starts.AsSpan(0, count).ToArray();
            for (var m = 0; m < groupOf.Length; m++)
                if (groupOf[m] >= 0) _members[next[groupOf[m]]++] = m;
        }

        public ReadOnlySpan<int> this[int group] => _members.AsSpan(_starts[group].._starts[group + 1]);
    }

    /// <summary>Whole lanes.</summary>
    private static double Padded(double length) => Math.Ceiling(length / Lanes.Width) * Lanes.Width;

    private static int Count(double states) => (int)Math.Min(states, int.MaxValue);
}
