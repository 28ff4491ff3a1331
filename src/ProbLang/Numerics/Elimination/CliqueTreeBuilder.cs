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
    private readonly int[] _position;
    private readonly int[] _parent;
    private readonly int[] _first;
    private readonly int[] _last;
    private readonly int[] _clique;
    private readonly Dictionary<StridedTable, StridedTable> _places = [];

    public CliqueTreeBuilder(FiniteGraph graph)
    {
        _graph = graph;
        (_order, _neighbours) = EliminationOrder.Of(graph);
        var n = _order.Length;
        (_position, _parent, _first, _last, _clique) = (new int[graph.Sizes.Length], new int[n], new int[n], new int[n], new int[n]);
        Array.Fill(_position, -1);
        for (var i = 0; i < n; i++) _position[_order[i]] = i;
        for (var i = 0; i < n; i++) _parent[i] = FirstOf(_neighbours[i]);
        Join();
    }

    public CliqueTree Build()
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
                Factors = Array.ConvertAll(factors[_clique[last]], f => (f, Place(variables, _graph.Scopes[f]))),
                Children = Array.ConvertAll(children[_clique[last]], c => (c, Place(variables, cliques[c].Variables[..cliques[c].Shared]))),
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
        Array.Sort(variables, (a, b) => _position[b].CompareTo(_position[a]));
        return variables;
    }

    private (int[][] Factors, int[] Constants) Assign(int count)
    {
        var factors = new List<int>?[count];
        var constants = new List<int>();
        for (var f = 0; f < _graph.Scopes.Length; f++)
        {
            if (FirstOf(_graph.Scopes[f]) is var p && p >= 0) (factors[_clique[p]] ??= []).Add(f);
            else constants.Add(f);
        }
        return (Array.ConvertAll(factors, f => f?.ToArray() ?? []), [.. constants]);
    }

    private int[][] Children(int count)
    {
        var children = new List<int>?[count];
        for (var i = 0; i < _order.Length; i++)
            if (_last[_first[i]] == i && _parent[i] >= 0) (children[_clique[_parent[i]]] ??= []).Add(_clique[i]);
        return Array.ConvertAll(children, c => c?.ToArray() ?? []);
    }

    /// <summary>How a table over some variables lies in that of a clique. Equal places are one, of which a chain has a few.</summary>
    private StridedTable Place(int[] clique, int[] scope)
    {
        var (extents, strides) = (new int[clique.Length], new int[clique.Length]);
        for (var d = 0; d < clique.Length; d++) extents[d] = _graph.Sizes[clique[d]];
        var stride = 1;
        for (var d = scope.Length - 1; d >= 0; d--)
        {
            if (Array.IndexOf(clique, scope[d]) is var at && at >= 0) strides[at] = stride;
            stride *= _graph.Sizes[scope[d]];
        }
        var place = new StridedTable(extents, strides);
        if (!_places.TryGetValue(place, out var known)) _places.Add(place, known = place);
        return known;
    }

    private double States(ReadOnlySpan<int> variables)
    {
        var states = 1.0;
        foreach (var variable in variables) states *= _graph.Sizes[variable];
        return states;
    }

    /// <summary>Whole lanes.</summary>
    private static double Padded(double length) => Math.Ceiling(length / Lanes.Width) * Lanes.Width;

    private static int Count(double states) => (int)Math.Min(states, int.MaxValue);
}
