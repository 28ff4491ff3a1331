using ProbLang.Graph;

namespace ProbLang.Analysis;

/// <summary>
/// Which cells an iteration of a statement reads. Indices are evaluated; where one is not known (a random index) the whole
/// dimension counts as read. What no plate's index touches is read once for all iterations.
/// </summary>
internal sealed class Reads
{
    /// <summary>Called for each run of cells that is read.</summary>
    public delegate void Visitor(VariableState variable, int offset, int count);

    private readonly ExpressionCode _code;
    private readonly Func<Variable, VariableState?> _states;
    private readonly HashSet<Loop> _plates;
    private readonly List<Action> _once = [];
    private readonly List<Action> _each = [];
    private readonly Shapes? _shapes;
    private Visitor _visit = (_, _, _) => { };

    /// <param name="code">Evaluates indices.</param>
    /// <param name="states">The state of a variable; null for one whose reads are of no interest.</param>
    /// <param name="plates">The plates of the statement.</param>
    /// <param name="values">What the statement evaluates.</param>
    public Reads(ExpressionCode code, Func<Variable, VariableState?> states, IEnumerable<Plate> plates, IEnumerable<Bound> values)
    {
        _code = code;
        _states = states;
        _plates = [.. plates.Select(p => p.Loop)];
        foreach (var value in values) Collect(value, null);
    }

    /// <param name="code">Evaluates indices.</param>
    /// <param name="states">The state of a variable; null for one whose reads are of no interest.</param>
    /// <param name="definition">The statement.</param>
    /// <param name="shapes">To check the indices into what is computed on the way too; those into variables are checked in any case.</param>
    public Reads(ExpressionCode code, Func<Variable, VariableState?> states, Definition definition, Shapes? shapes = null)
        : this(code, states, definition.Plates, [])
    {
        _shapes = shapes;
        foreach (var gate in definition.Gates) Collect(gate.Condition, null);
        if (definition.Value is { } value) Collect(value, null);
        if (definition.Distribution is { } distribution) Collect(distribution, null);
    }

    /// <summary>Whether every iteration reads the same.</summary>
    public bool AreAllOnce => _each.Count == 0;

    /// <summary>Reports what all iterations read.</summary>
    public void VisitOnce(Visitor visit) => Run(_once, visit);

    /// <summary>Reports what is read under the present values of the plates' indices, beside what all read.</summary>
    public void VisitEach(Visitor visit) => Run(_each, visit);

    public void VisitAll(Visitor visit)
    {
        VisitOnce(visit);
        VisitEach(visit);
    }

    private void Run(List<Action> reads, Visitor visit)
    {
        _visit = visit;
        foreach (var read in reads) read();
    }

    /// <summary>What surrounds an expression within the statement: a comprehension that repeats it or a choice that guards it.</summary>
    private sealed record Surrounding(Surrounding? Outer, Loop? Loop, Bound First, Bound? Last, bool Holds);

    private void Collect(Bound e, Surrounding? around)
    {
        switch (e)
        {
            case ConstantValue or LoopValue or WeightCount:
                return;
            case VariableValue variable:
                if (_states(variable.Variable) is { } state) Add([], around, () => _visit(state, 0, state.Count));
                return;
            case ArrayFunctionValue function when ArrayFunctions.IsAboutShape(function.Function):
                return;
            case IndexedValue indexed:
                foreach (var index in indexed.Indices)
                    foreach (var part in Parts.Of(index)) Collect(part, around);
                if (indexed.Array is not VariableValue array)
                {
                    Collect(indexed.Array, around);
                    if (_shapes is not null) Add([indexed.Array, .. indexed.Indices.SelectMany(Parts.Of)], around, IndexCheck(indexed, _shapes));
                }
                else if (_states(array.Variable) is { } cells) Add(indexed.Indices.SelectMany(Parts.Of), around, Block(indexed, cells));
                return;
            case Comprehension comprehension:
                Collect(comprehension.Lower, around);
                Collect(comprehension.Upper, around);
                Collect(comprehension.Body, new(around, comprehension.Loop, comprehension.Lower, comprehension.Upper, true));
                return;
            case DistributionValue value:
                Collect(value.Distribution, around);
                Collect(value.At, around);
                return;
            case ConditionalValue { Condition.Rank: 0 } choice:
                Collect(choice.Condition, around);
                Collect(choice.Then, new(around, null, choice.Condition, null, true));
                Collect(choice.Else, new(around, null, choice.Condition, null, false));
                return;
            default:
                foreach (var part in Parts.Of(e)) Collect(part, around);
                return;
        }
    }

    private void Collect(BoundDistribution distribution, Surrounding? around)
    {
        foreach (var value in Parts.Own(distribution)) Collect(value, around);
        switch (distribution)
        {
            case MixtureComprehension mixture:
                Collect(mixture.Component, new(around, mixture.Loop, mixture.Lower, mixture.Upper, true));
                return;
            case ChoiceDistribution choice:
                Collect(choice.Then, new(around, null, choice.Condition, null, true));
                Collect(choice.Else, new(around, null, choice.Condition, null, false));
                return;
            default:
                foreach (var inside in Parts.Inside(distribution)) Collect(inside, around);
                return;
        }
    }

    private void Add(IEnumerable<Bound> indices, Surrounding? around, Action read)
    {
        var evaluated = indices.ToList();
        for (; around is not null; around = around.Outer)
        {
            evaluated.Add(around.First);
            if (around.Last is not null) evaluated.Add(around.Last);
            read = around.Loop is { } loop ? Repeated(loop, around.First, around.Last!, read) : Guarded(around.First, around.Holds, read);
        }
        (evaluated.Exists(TouchesPlate) ? _each : _once).Add(read);
    }

    private Action Repeated(Loop loop, Bound lower, Bound upper, Action read)
    {
        var (from, to, box) = (_code.Scalar(lower), _code.Scalar(upper), _code[loop]);
        return () =>
        {
            var (first, count) = _code.Extent(from(), to(), lower.Span);
            for (var i = 0; i < count; i++)
            {
                _code.Tick();
                box.Value = first + i;
                read();
            }
        };
    }

    private Action Guarded(Bound condition, bool holds, Action read)
    {
        var decides = _code.Scalar(condition);
        return () =>
        {
            var c = decides();
            if (double.IsNaN(c) || c != 0 == holds) read();
        };
    }

    private Action Block(IndexedValue indexed, VariableState state)
    {
        var shape = state.Shape;
        var n = indexed.Indices.Length;
        var block = Tensor.CountOf(shape.AsSpan(n));
        if (n == 1 && indexed.Indices[0] is AtIndex { Position.Rank: 0 } at)
        {
            var position = _code.Scalar(at.Position);
            return () =>
            {
                var offset = _code.Offset(position(), shape[0], indexed.Array, 0, indexed.Span);
                if (offset < 0) _visit(state, 0, state.Count);
                else _visit(state, offset * block, block);
            };
        }
        var selections = indexed.Indices.Select((index, d) => Selection.Of(index, d, indexed, _code)).ToArray();
        return () => Visit(0, 0);

        void Visit(int d, int offset)
        {
            if (d == n)
            {
                _visit(state, offset * block, block);
                return;
            }
            var size = state.Rows is { } rows ? rows[d, offset] : shape[d];
            foreach (var at in selections[d].Offsets(size, state.Rows is not null && state.Rows.IsRagged(d) ? IndexOf(offset, shape.AsSpan(0, d)) : []))
                if (at >= 0) Visit(d + 1, offset * shape[d] + at);
                else
                    for (var any = 0; any < size; any++) Visit(d + 1, offset * shape[d] + any);
        }
    }

    private Action IndexCheck(IndexedValue indexed, Shapes shapes)
    {
        var selections = indexed.Indices.Select((index, d) => Selection.Of(index, d, indexed, _code)).ToArray();
        return () =>
        {
            if (shapes.RowsOf(indexed.Array) is not null || shapes.Of(indexed.Array) is not { } shape) return;
            for (var d = 0; d < selections.Length; d++) selections[d].Offsets(shape[d], []);
        };
    }

    private static int[] IndexOf(int prefix, ReadOnlySpan<int> shape)
    {
        var index = new int[shape.Length];
        for (var d = index.Length - 1; d >= 0; d--)
        {
            index[d] = prefix % shape[d];
            prefix /= shape[d];
        }
        return index;
    }

    private bool TouchesPlate(Bound e) => e is LoopValue loop ? _plates.Contains(loop.Loop) : Parts.Of(e).Any(TouchesPlate);
}
