using ProbLang.Analysis;

namespace ProbLang.FactorGraphs;

/// <summary>
/// Finds unknowns that the branches of one choice draw and that depend on each other again outside of it. Messages take each branch's draws as independent given the
/// choice, so that what is said of them together never reaches it.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="elements">Its elements.</param>
internal sealed class BranchDraws(FactorGraph graph, FactorElements elements)
{
    private readonly DisjointSets _connected = new(elements.Count);
    private readonly bool[] _isUnknown = elements.Where(v => v.Data is null);
    private readonly HashSet<DefineStatement> _switched = InSwitches(graph);
    private readonly Dictionary<(int Selector, int Target), DefineStatement> _first = [];
    private readonly HashSet<(int Selector, int Target)> _pairs = [];
    private readonly Dictionary<int, List<int>> _drawn = [];
    private readonly Dictionary<int, DefineStatement> _statements = [];

    /// <summary>Takes a further factor.</summary>
    public void Add(FactorScope scope)
    {
        // Those that one integer chooses from are not connected by that.
        var count = scope.Elements.Count - scope.Chosen;
        for (var i = 1; i < count; i++) _connected.Join(scope.Elements[0], scope.Elements[i]);
        if (scope.Target < 0 || !_isUnknown[scope.Target] || scope.Statement is not DefineStatement define) return;
        foreach (var selector in scope.Selectors)
            if (_switched.Contains(define) || !_first.TryAdd((selector, scope.Target), define) && !ReferenceEquals(_first[(selector, scope.Target)], define)) Draw(selector, scope.Target, define);
    }

    /// <summary>A choice, with two that it draws and that are connected beside it; null where there is none.</summary>
    public (int Selector, int A, int B, DefineStatement Statement)? Found()
    {
        foreach (var (selector, targets) in _drawn)
        {
            var roots = new Dictionary<int, int>();
            foreach (var target in targets)
                if (!roots.TryAdd(_connected.RootOf(target), target)) return (selector, roots[_connected.RootOf(target)], target, _statements[target]);
        }
        return null;
    }

    private void Draw(int selector, int target, DefineStatement define)
    {
        if (!_pairs.Add((selector, target))) return;
        if (!_drawn.TryGetValue(selector, out var targets)) _drawn.Add(selector, targets = []);
        targets.Add(target);
        _statements[target] = define;
    }

    private static HashSet<DefineStatement> InSwitches(FactorGraph graph)
    {
        var found = new HashSet<DefineStatement>(ReferenceEqualityComparer.Instance);
        foreach (var gate in FactorStatements.Of(graph).OfType<GateStatement>().Where(g => g.Kind == GateKind.Switch)) found.UnionWith(FactorStatements.Within(gate.Body).OfType<DefineStatement>());
        return found;
    }
}
