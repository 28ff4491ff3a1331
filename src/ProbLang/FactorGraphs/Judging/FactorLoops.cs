using ProbLang.Analysis;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Finds loops among some of the unknown elements: elements and factors are the nodes of a graph, and an edge between two that are connected already closes a loop. What exclusive
/// gates say of one element is one factor, and so are all facts that depend on the same unknown choices alone.
/// </summary>
internal sealed class FactorLoops
{
    private readonly bool[] _counts;
    private readonly bool _followsChosen;
    private readonly bool _records;
    private readonly DisjointSets _sets;
    private readonly int _elements;
    private readonly int _nodes;
    private readonly HashSet<long> _gated = [];
    private readonly HashSet<string> _choices = [];
    private readonly List<int> _own = [];
    private readonly List<FactorEdge> _edges = [];
    private int _factors;

    /// <param name="elements">All elements.</param>
    /// <param name="counts">Which of them count.</param>
    /// <param name="factors">How many factors there are.</param>
    /// <param name="records">Whether loops can be told afterwards, and not only that there are some.</param>
    /// <param name="followsChosen">Whether elements of which an unknown integer chooses one count as connected.</param>
    public FactorLoops(FactorElements elements, Func<FactorVariable, bool> counts, int factors, bool followsChosen, bool records = true)
    {
        (_elements, _counts, _followsChosen, _records) = (elements.Count, elements.Where(v => v.Data is null && counts(v)), followsChosen, records);
        // A factor is numbered after the element that it defines, or, as a constraint, by itself.
        _nodes = 2 * elements.Count + factors;
        _sets = new(_nodes);
    }

    /// <summary>Edges that close a loop.</summary>
    public List<FactorEdge> Closing { get; } = [];

    /// <summary>Takes a further factor.</summary>
    public void Add(FactorScope scope)
    {
        if (!_records && Closing.Count > 0) return;
        Collect(scope);
        if (_own.Count + scope.Selectors.Count < 2) return;
        if (_own.Count == 0 && !IsNewChoice(scope)) return;
        var node = scope.Target >= 0 ? _elements + scope.Target : 2 * _elements + _factors++;
        foreach (var element in _own) Connect(node, element, scope);
        foreach (var element in scope.Selectors)
            if (_counts[element]) Connect(node, element, scope);
    }

    /// <summary>The elements of the loop that an edge closes, and the statements that make it.</summary>
    public (List<int> Elements, List<FactorStatement> Statements) LoopOf(FactorEdge closing)
    {
        var path = FactorPath.Around(_edges, _nodes, closing);
        return ([.. path.Select(e => e.Element).Append(closing.Element).Distinct()], [.. path.Select(e => e.Statement).Append(closing.Statement).Distinct()]);
    }

    private void Collect(FactorScope scope)
    {
        _own.Clear();
        var count = _followsChosen ? scope.Elements.Count : scope.Elements.Count - scope.Chosen;
        for (var i = 0; i < count; i++)
            if (_counts[scope.Elements[i]] && !scope.Selectors.Contains(scope.Elements[i])) _own.Add(scope.Elements[i]);
    }

    private bool IsNewChoice(FactorScope scope)
    {
        var selectors = scope.Selectors.Where(s => _counts[s]).Distinct().Order().ToList();
        return selectors.Count > 1 && _choices.Add(string.Join(' ', selectors));
    }

    private void Connect(int node, int element, FactorScope scope)
    {
        if (scope.Selectors.Count > 0 && !_gated.Add((long)node << 32 | (uint)element)) return;
        var edge = new FactorEdge(node, element, scope.Statement);
        if (_sets.RootOf(node) == _sets.RootOf(element)) Closing.Add(edge);
        else _sets.Join(node, element);
        if (_records) _edges.Add(edge);
    }
}

/// <summary>A factor speaks of an element.</summary>
internal readonly record struct FactorEdge(int Factor, int Element, FactorStatement Statement);
