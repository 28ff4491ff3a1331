using System.Collections.Immutable;
using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>What the variables of a model are made of, and where its inputs are used.</summary>
internal sealed class PictureReads
{
    private readonly ModelGraph _graph;
    private readonly PicturePlates _plates;
    private readonly HashSet<Variable> _sizes = new(ReferenceEqualityComparer.Instance);
    private readonly HashSet<Variable> _values = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Variable, List<ImmutableArray<Loop>>> _indices = new(ReferenceEqualityComparer.Instance);

    public PictureReads(ModelGraph graph, PicturePlates plates)
    {
        (_graph, _plates) = (graph, plates);
        foreach (var definition in graph.Definitions) Note(definition.Plates, [.. RightOf(definition)]);
        foreach (var factor in graph.Factors) Note(factor.Plates, [factor.Value, .. factor.Gates.Select(g => g.Condition)]);
        foreach (var condition in graph.GivenConditions) Note(condition.Plates, [condition.Condition, .. condition.Gates.Select(g => g.Condition)]);
        foreach (var order in graph.GivenOrders) Note(order.Plates, [order.Less, order.Greater]);
        foreach (var size in Walk.Over(graph.Variables.Where(v => v.IsInput).SelectMany(v => v.Dims)).OfType<VariableValue>()) _sizes.Add(size.Variable);
    }

    /// <summary>Whether an input says how long something is, and nothing else.</summary>
    public bool IsOnlySize(Variable variable) => variable is { IsInput: true, IsParameter: false } && _sizes.Contains(variable) && !_values.Contains(variable);

    /// <summary>Variables and nets that a variable is defined by.</summary>
    public IEnumerable<object> Of(Variable variable) =>
        _graph.DefinitionsOf(variable).SelectMany(d => In(RightOf(d)).Concat(d.Distribution is { } distribution ? NetsIn(distribution) : []));

    /// <summary>Variables and nets in some values.</summary>
    public static IEnumerable<object> In(IEnumerable<Bound> values) => Walk.Over(values).SelectMany(value => value switch
    {
        VariableValue v => [v.Variable],
        NetValue v => (object[])[v.Net],
        _ => [],
    });

    /// <summary>With what the compiler made replaced by what it is made of.</summary>
    public IEnumerable<object> Shown(IEnumerable<object> read)
    {
        var (seen, open) = (new HashSet<object>(ReferenceEqualityComparer.Instance), new Queue<object>(read));
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next)) continue;
            if (next is Variable { IsAuxiliary: true } made)
                foreach (var behind in Of(made)) open.Enqueue(behind);
            else if (next is Net { Name: var name } && name.Contains('.', StringComparison.Ordinal)) continue;
            else yield return next;
        }
    }

    /// <summary>The plate in which an input is read element by element, wherever it is read; -1 where there is none.</summary>
    public int PlateOfInput(Variable variable)
    {
        if (!variable.IsInput || !_indices.TryGetValue(variable, out var uses)) return -1;
        var plates = uses.Select(PlateOf).Distinct().ToArray();
        return plates.Length == 1 ? plates[0] : -1;
    }

    /// <summary>The indices by which an input is read.</summary>
    public IEnumerable<string> IndicesOfInput(Variable variable) => _indices[variable][0].Select(l => l.Name);

    /// <summary>The plate of the innermost index, where the others are those around it.</summary>
    private int PlateOf(ImmutableArray<Loop> indices)
    {
        var plates = indices.Select(_plates.Of).ToArray();
        if (plates.Length == 0 || plates.Contains(-1)) return -1;
        var around = new List<int>();
        for (var plate = plates.Max(); plate >= 0; plate = _plates.ParentOf(plate)) around.Add(plate);
        return around.Order().SequenceEqual(plates.Distinct().Order()) ? plates.Max() : -1;
    }

    private static IEnumerable<Bound> RightOf(Definition definition) =>
        Parts.OfRight(definition).Concat(definition.Gates.Select(g => g.Condition)).Concat(definition.Indices);

    private void Note(ImmutableArray<Plate> plates, ImmutableArray<Bound> values)
    {
        foreach (var size in Walk.Over(plates.SelectMany(p => (Bound[])[p.Lower, p.Upper])).OfType<VariableValue>()) _sizes.Add(size.Variable);
        var whole = new HashSet<Bound>(ReferenceEqualityComparer.Instance);
        foreach (var value in Walk.Over(values))
        {
            if (value is IndexedValue { Array: VariableValue array } indexed)
            {
                whole.Add(array);
                Read(array.Variable, [.. indexed.Indices.TakeWhile(i => i is AtIndex { Position: LoopValue }).Select(i => ((LoopValue)((AtIndex)i).Position).Loop)]);
            }
            else if (value is VariableValue variable && !whole.Contains(variable)) Read(variable.Variable, []);
        }
    }

    private void Read(Variable variable, ImmutableArray<Loop> indices)
    {
        _values.Add(variable);
        if (!_indices.TryGetValue(variable, out var uses)) _indices.Add(variable, uses = []);
        uses.Add(indices);
    }

    private static IEnumerable<object> NetsIn(BoundDistribution distribution) =>
        (distribution is LearnedDistribution learned ? [learned.Net] : Array.Empty<object>()).Concat(Parts.Inside(distribution).SelectMany(NetsIn));
}
