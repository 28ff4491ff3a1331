using System.Collections.Immutable;
using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Numerics;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Gives every value of a net a variable of its own, over those of the plates around it that it depends on: so all that a net is applied to in a plate are the
/// rows of one matrix. What the data give whole is read as data there, which no value of a net changes.
/// </summary>
internal sealed class NetExtraction
{
    private readonly DataSet _data;
    private readonly HashSet<Variable> _random;
    private readonly ImmutableArray<Variable>.Builder _variables;
    private readonly ImmutableArray<Definition>.Builder _definitions = ImmutableArray.CreateBuilder<Definition>();
    private readonly Dictionary<Variable, Variable> _copies = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, DataArray> _copied = [];
    private readonly List<(NetValue Value, Surroundings Around, Variable Variable)> _known = [];

    private NetExtraction(ModelGraph graph, DataSet data)
    {
        _data = data;
        _random = graph.Definitions.Select(d => d.Variable).ToHashSet<Variable>(ReferenceEqualityComparer.Instance);
        _variables = graph.Variables.ToBuilder();
    }

    public static (ModelGraph Graph, DataSet Data) Of(ModelGraph graph, DataSet data)
    {
        if (graph.Nets.IsEmpty) return (graph, data);
        var extraction = new NetExtraction(graph, data);
        return (extraction.In(graph), extraction._copied.Count == 0 ? data : data.With(new DataSet(extraction._copied)));
    }

    private ModelGraph In(ModelGraph graph)
    {
        foreach (var definition in graph.Definitions) _definitions.Add(In(definition));
        return graph with
        {
            GivenConditions = [.. graph.GivenConditions.Select(c => c with { Condition = In(c.Condition, new(c.Plates, c.Gates, [])) })],
            Factors = [.. graph.Factors.Select(f => f with { Value = In(f.Value, new(f.Plates, f.Gates, [])) })],
            Definitions = _definitions.ToImmutable(),
            Variables = _variables.ToImmutable(),
        };
    }

    private Definition In(Definition definition)
    {
        var around = new Surroundings(definition.Plates, definition.Gates, Loops(definition));
        return definition switch
        {
            { Value: NetValue net } when RowForm(net) is null => definition with { Value = Inside(net, around) },
            { Value: { } value } => definition with { Value = In(value, around) },
            { Distribution: { } distribution } => definition with { Distribution = Over(around).In(distribution) },
            _ => definition,
        };
    }

    private Bound In(Bound value, Surroundings around) => Over(around with { Inner = Loops([value]) }).In(value);

    private Rewriting Over(Surroundings around) => new(part => part is NetValue net ? Extracted(net, around) : null);

    /// <summary>A value of a net with its arguments read from the data where they are there.</summary>
    private NetValue Inside(NetValue net, Surroundings around)
    {
        var rewriting = new Rewriting(part => part switch
        {
            NetValue inner => Extracted(inner, around),
            VariableValue { Variable: var variable } when Copy(variable) is { } copy => new VariableValue(copy, part.Span),
            _ => null,
        });
        return net with { Argument = rewriting.In(net.Argument), Context = net.Context is { } context ? rewriting.In(context) : null };
    }

    private Bound Extracted(NetValue net, Surroundings around)
    {
        if (RowForm(net) is { } row) return Within(Extracted((NetValue)row.Array, around), row);
        var value = Inside(net, around);
        foreach (var known in _known)
            if (known.Around.IsSame(around) && SameMeaning.Holds(known.Value, value)) return Read(known.Variable, around.Of(value), value);
        var plates = around.Of(value);
        var number = _variables.Count(v => v.IsAuxiliary);
        var variable = new Variable($"{net.Net.Name}({number})", isInput: false, net.Span) { Rank = plates.Length + value.Rank, IsAuxiliary = true };
        _variables.Add(variable);
        _definitions.Add(new Definition(variable, plates, [.. plates.Select(p => Position(p, value.Span))], null, value, value.Span)
        {
            Target = value.Span,
            Gates = around.Gates,
        });
        _known.Add((value, around, variable));
        return Read(variable, plates, value);
    }

    private static Bound Read(Variable variable, ImmutableArray<Plate> plates, NetValue value) => plates.IsEmpty
        ? new VariableValue(variable, value.Span)
        : new IndexedValue(new VariableValue(variable, value.Span), [.. plates.Select(p => new AtIndex(Position(p, value.Span)))], value.Rank, value.Type, value.Span);

    /// <summary>An element of a part, by the indices of both: so only that element is read.</summary>
    private static IndexedValue Within(Bound array, IndexedValue element) =>
        array is IndexedValue part ? element with { Array = part.Array, Indices = [.. part.Indices, .. element.Indices] } : element with { Array = array };

    /// <summary>A loop's index, so that what is computed lies as what it is computed for does; where that may be below 1, the place of the index among its values.</summary>
    private static Bound Position(Plate plate, Span span)
    {
        var at = new LoopValue(plate.Loop, span);
        if (plate.Lower is ConstantValue { Value: >= 1 }) return at;
        Bound before = plate.Lower is ConstantValue c ? c with { Value = c.Value - 1 } : Whole(Operators.Subtract, plate.Lower, new ConstantValue(1, ElementType.Integer, span));
        return Whole(Operators.Subtract, at, before);

        ElementwiseValue Whole(OpFunction function, Bound a, Bound b) => new(function, [a, b], 0, ElementType.Integer, span);
    }

    /// <summary>A masked net at the beginning of a row that the data give is an element of what it makes of the whole row.</summary>
    private IndexedValue? RowForm(NetValue net)
    {
        if (net is not { Net.Kind.Name: "masked", Aspect: NetAspect.Value, Rank: 0, Argument: IndexedValue { Array: VariableValue { Variable: var variable } array } part }) return null;
        if (part.Indices.Length != variable.Rank || part.Indices[^1] is not SliceOf { Lower: null or ConstantValue { Value: 1 }, Upper: { } upper } || !IsGiven(variable)) return null;
        if (part.Indices.AsSpan()[..^1].ToArray().Any(i => i is not AtIndex { Position.Rank: 0 })) return null;
        Bound row = variable.Rank == 1 ? array : new IndexedValue(array, part.Indices[..^1], 1, part.Type, part.Span);
        var next = new ElementwiseValue(Operators.Add, [upper, new ConstantValue(1, ElementType.Integer, net.Span)], 0, ElementType.Integer, net.Span);
        return new IndexedValue(net with { Argument = row, Rank = 1 }, [new AtIndex(next)], 0, ElementType.Real, net.Span);
    }

    private bool IsGiven(Variable variable) => _data.Arrays.TryGetValue(variable.Name, out var array) && array.Shape.Length == variable.Rank && array.Rows is null && (array.NotNumbers is null || variable.Category is not null) && !Enumerable.Range(0, array.Values.Length).Any(array.IsMissing);

    /// <summary>An input with the values that the data give for a random variable, all of them.</summary>
    private Variable? Copy(Variable variable)
    {
        if (variable.IsInput || !_random.Contains(variable) || !IsGiven(variable)) return null;
        if (_copies.TryGetValue(variable, out var known)) return known;
        var array = _data.Arrays[variable.Name];
        var copy = new Variable($"{variable.Name}'", isInput: true, variable.Span)
        {
            Rank = variable.Rank,
            Type = variable.Type,
            Category = variable.Category,
            Dims = [.. array.Shape.Select(n => (Bound)new ConstantValue(n, ElementType.Integer, variable.Span))],
            IsAuxiliary = true,
            Called = variable.Name,
        };
        _copied[copy.Name] = array with { Name = copy.Name };
        _variables.Add(copy);
        return _copies[variable] = copy;
    }

    /// <summary>The loops inside of a right side, each after those around it.</summary>
    private static ImmutableArray<Plate> Loops(Definition definition) =>
        definition.Distribution is { } distribution ? [.. Components(distribution), .. Loops(Parts.Of(distribution))] : Loops(Parts.OfRight(definition));

    private static ImmutableArray<Plate> Loops(IEnumerable<Bound> values) =>
        [.. Walk.Over(values).OfType<Comprehension>().Select(c => new Plate(c.Loop, c.Lower, c.Upper)).DistinctBy(p => p.Loop)];

    private static IEnumerable<Plate> Components(BoundDistribution distribution)
    {
        if (distribution is MixtureComprehension mixture) yield return new Plate(mixture.Loop, mixture.Lower, mixture.Upper);
        foreach (var inner in Parts.Inside(distribution).SelectMany(Components)) yield return inner;
    }

    /// <summary>What is around the values of a statement.</summary>
    /// <param name="Plates">Its plates.</param>
    /// <param name="Gates">Its gates.</param>
    /// <param name="Inner">The loops within it.</param>
    private sealed record Surroundings(ImmutableArray<Plate> Plates, ImmutableArray<Gate> Gates, ImmutableArray<Plate> Inner)
    {
        public bool IsSame(Surroundings other) => Gates.IsEmpty && other.Gates.IsEmpty && Plates.SequenceEqual(other.Plates);

        /// <summary>The plates that a value depends on, and those that these depend on; in a branch all of them.</summary>
        public ImmutableArray<Plate> Of(NetValue value)
        {
            var needed = Touched(value.Operands).Except(Loops(value.Operands).Select(p => p.Loop)).ToHashSet();
            ImmutableArray<Plate> all = [.. Plates, .. Inner];
            for (var p = all.Length - 1; p >= 0; p--)
                if (needed.Contains(all[p].Loop) || !Gates.IsEmpty && p < Plates.Length) needed.UnionWith(Touched([all[p].Lower, all[p].Upper]).Append(all[p].Loop));
            return [.. all.Where(p => needed.Contains(p.Loop))];
        }

        private static IEnumerable<Loop> Touched(IEnumerable<Bound> values) => Walk.Over(values).OfType<LoopValue>().Select(l => l.Loop);
    }
}
