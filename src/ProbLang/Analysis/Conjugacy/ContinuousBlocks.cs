namespace ProbLang.Analysis;

/// <summary>Groups what depends on common continuous unknowns, with the finite cells that each group depends on.</summary>
internal sealed class ContinuousBlocks
{
    private readonly ConditionedModel _model;
    private readonly ContinuousCells _continuous;
    private readonly FiniteCells _finite;
    private readonly FiniteScopes _scopes;
    private readonly DisjointSets _sets;
    private readonly Dictionary<int, FiniteScope> _known = [];
    private readonly Dictionary<(int Definition, int Iteration), int> _positions = [];

    private ContinuousBlocks(ConditionedModel model, ContinuousCells continuous, FiniteCells finite, FiniteScopes scopes)
    {
        (_model, _continuous, _finite, _scopes) = (model, continuous, finite, scopes);
        _sets = new DisjointSets(continuous.Count);
    }

    /// <param name="model">The model with its data.</param>
    /// <param name="continuous">Its continuous unknowns.</param>
    /// <param name="finite">Its finite ones.</param>
    /// <param name="scopes">What depends on those.</param>
    public static ContinuousBlock[] Find(ConditionedModel model, ContinuousCells continuous, FiniteCells finite, FiniteScopes scopes)
    {
        if (!continuous.Any) return [];
        var blocks = new ContinuousBlocks(model, continuous, finite, scopes);
        foreach (var run in model.Order)
            for (var i = run.First; i < run.First + run.Count; i++) blocks._positions[(run.Definition, i)] = blocks._positions.Count;
        foreach (var element in continuous.Elements) blocks.Join(element);
        return [.. continuous.Elements.GroupBy(blocks.RootOf).Select(group => blocks.BlockOf([.. group]))];
    }

    private bool IsOpen(int number) => _continuous.KindOf(number) is ContinuousKind.Unknown or ContinuousKind.Computed;

    private bool IsLeaf(ContinuousCells.Element element) => element.Own.Length > 0 && _continuous.KindOf(element.Own[0]) == ContinuousKind.Leaf;

    private void Join(ContinuousCells.Element element)
    {
        var first = -1;
        foreach (var number in element.Own.Concat(element.Reads))
        {
            if (_continuous.KindOf(number) == ContinuousKind.None) continue;
            if (first < 0) first = number;
            else _sets.Join(first, number);
        }
    }

    private int RootOf(ContinuousCells.Element element) => _sets.RootOf(element.Own.Concat(element.Reads).First(n => _continuous.KindOf(n) != ContinuousKind.None));

    private ContinuousBlock BlockOf(ContinuousCells.Element[] elements)
    {
        var inside = elements.Where(e => !IsLeaf(e)).ToArray();
        var scope = ScopeOf(inside, null);
        return new ContinuousBlock
        {
            Scope = scope,
            Unknowns = [.. inside.SelectMany(e => e.Own).Where(n => _continuous.KindOf(n) == ContinuousKind.Unknown)],
            Draws = [.. inside.Where(e => e.IsRandom).Select(e => e.Draw)],
            Computed = [.. inside.Where(e => !e.IsRandom).SelectMany(e => e.Own.Select(n => (e.Draw, n)))],
            Leaves = [.. elements.Where(IsLeaf).Select(e => new Leaf(e.Draw, e.Own, ScopeOf([e], scope)))],
        };
    }

    /// <summary>The finite cells that some elements depend on, after those of a scope that is there already.</summary>
    private FiniteScope ScopeOf(ContinuousCells.Element[] elements, FiniteScope? around)
    {
        var cells = new List<int>(around?.Cells ?? []);
        var seen = new HashSet<int>(cells);
        var computed = new HashSet<(int, int)>(around?.Computed ?? []);
        foreach (var element in elements)
        {
            if (!element.IsRandom) computed.Add((element.Draw.Definition, element.Draw.Iteration));
            foreach (var number in element.Own.Concat(element.Reads))
            {
                if (_continuous.KindOf(number) != ContinuousKind.None) continue;
                var (state, cell) = _continuous[number];
                if (_finite.NumberOf(state.Variable, cell) is >= 0 and var own)
                {
                    if (seen.Add(own)) cells.Add(own);
                    continue;
                }
                if (state.Roles[cell] is not (Role.Computed or Role.ComputedForward)) continue;
                if (!_known.TryGetValue(number, out var scope)) _known.Add(number, scope = _scopes.Of(state, cell));
                computed.UnionWith(scope.Computed);
                foreach (var below in scope.Cells)
                    if (seen.Add(below)) cells.Add(below);
            }
        }
        if (around is not null && cells.Count == around.Cells.Length) return around;
        return new FiniteScope([.. cells], cells.Count == 0 ? [] : [.. computed.OrderBy(c => _positions[c])], "", ReadsContinuous: false);
    }
}
