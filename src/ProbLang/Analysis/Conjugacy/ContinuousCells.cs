using ProbLang.Graph;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>What a cell is to those who integrate over continuous unknowns.</summary>
internal enum ContinuousKind : byte
{
    None,

    /// <summary>A continuous quantity that is drawn and not given.</summary>
    Unknown,

    /// <summary>Computed from continuous unknowns.</summary>
    Computed,

    /// <summary>Drawn and not given, and nothing reads it: it follows from what it depends on.</summary>
    Leaf,
}

/// <summary>
/// Finds the continuous unknowns of a model, what is computed from them, and the draws that depend on them, one cell at a time: an element of
/// a vector depends on what it reads itself.
/// </summary>
internal sealed class ContinuousCells
{
    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly ElementReads _reads;
    private readonly Dictionary<Variable, int> _offsets = new(ReferenceEqualityComparer.Instance);
    private readonly List<(VariableState State, int Cell)> _cells = [];
    private readonly ContinuousKind[] _kinds;
    private readonly List<Element> _elements = [];
    private readonly List<Diagnostic> _objections = [];
    private readonly List<int> _found = [];
    private Dictionary<int, int>? _owners;

    /// <summary>A draw, or a cell that is computed, with the cells that are not given among those it defines and those it reads.</summary>
    internal readonly record struct Element(DrawOf Draw, bool IsRandom, int[] Own, int[] Reads);

    private ContinuousCells(ConditionedModel model, Evaluator evaluator)
    {
        (_model, _evaluator) = (model, evaluator);
        foreach (var state in model.Variables)
        {
            if (state.Variable.IsInput) continue;
            _offsets.Add(state.Variable, _cells.Count);
            for (var cell = 0; cell < state.Count; cell++) _cells.Add((state, cell));
        }
        _kinds = new ContinuousKind[_cells.Count];
        _reads = new ElementReads(model, evaluator.Code, Visit);
    }

    /// <summary>In the order of dependence.</summary>
    public IReadOnlyList<Element> Elements => _elements;

    /// <summary>What speaks of a continuous unknown and is no draw.</summary>
    public IReadOnlyList<Diagnostic> Objections => _objections;

    /// <summary>Whether there is a continuous unknown at all.</summary>
    public bool Any { get; private set; }

    public (VariableState State, int Cell) this[int number] => _cells[number];

    public int Count => _cells.Count;

    public int NumberOf(Variable variable, int cell) => _offsets.TryGetValue(variable, out var offset) ? offset + cell : -1;

    public ContinuousKind KindOf(int number) => _kinds[number];

    /// <param name="model">The model with its data.</param>
    /// <param name="evaluator">Knows what the data give, and nothing else.</param>
    public static ContinuousCells Find(ConditionedModel model, Evaluator evaluator)
    {
        var cells = new ContinuousCells(model, evaluator);
        cells.Any = model.Variables.Any(v => v.Variable.Type == ElementType.Real && (v.Any(Role.Latent) || v.Any(Role.Predicted)));
        if (!cells.Any) return cells;
        foreach (var run in model.Order)
            for (var i = run.First; i < run.First + run.Count; i++) cells.Add(run.Definition, i);
        cells.FindLeaves();
        foreach (var condition in model.Conditions)
            cells.Object(condition.Space, condition.Condition, place => ConjugacyDiagnostics.Condition(place, condition.Place ?? cells.Locate(condition.Span)));
        foreach (var factor in model.Factors)
            cells.Object(factor.Space, factor.Factor.Value, place => ConjugacyDiagnostics.Factor(place, cells.Locate(factor.Factor.Span)));
        return cells;
    }

    private void Add(int definition, int iteration)
    {
        var state = _model.Definitions[definition];
        var own = _model[state.Definition.Variable];
        _evaluator.SetIteration(state, iteration);
        var size = RoleAssignment.EventSize(state, iteration);
        var shape = state.Definition.IsRandom ? state.ShapeOf(iteration)[..^state.EventRank] : state.ShapeOf(iteration);
        var index = new int[shape.Length];
        for (var e = 0; e * size < state.SizeOf(iteration); e++)
        {
            _found.Clear();
            ReadGates(state);
            if (state.Definition.Distribution is { } distribution) _reads.Read(distribution, index);
            else if (double.IsNaN(own.Values[state.Targets[iteration] + e])) _reads.Read(state.Definition.Value!, state.Definition.Value!.Rank == 0 ? [] : index);
            Add(new DrawOf(definition, iteration, e), own, state.Targets[iteration] + e * size, size);
            for (var d = shape.Length - 1; d >= 0 && ++index[d] == shape[d]; d--) index[d] = 0;
        }
    }

    private void Add(DrawOf draw, VariableState state, int first, int size)
    {
        var isRandom = _model.Definitions[draw.Definition].Definition.IsRandom;
        var isOpen = _found.Exists(IsOpen);
        int[] own = [.. Enumerable.Range(first, size).Where(cell => double.IsNaN(state.Values[cell]) && state.Roles[cell] != Role.Undefined).Select(cell => _offsets[state.Variable] + cell)];
        var isContinuous = state.Variable.Type == ElementType.Real && isRandom && own.Length > 0;
        if (!isOpen && !isContinuous) return;
        foreach (var number in own)
            _kinds[number] = !isRandom ? ContinuousKind.Computed : isContinuous ? ContinuousKind.Unknown : state.Roles[_cells[number].Cell] == Role.Predicted ? ContinuousKind.Leaf : ContinuousKind.None;
        _elements.Add(new Element(draw, isRandom, own, [.. _found.Distinct()]));
    }

    private bool IsOpen(int number) => _kinds[number] is ContinuousKind.Unknown or ContinuousKind.Computed;

    private void Visit(VariableState state, int offset, int count)
    {
        if (state.Variable.IsInput) return;
        var first = _offsets[state.Variable];
        for (var cell = offset; cell < offset + count; cell++)
        {
            if (!double.IsNaN(state.Values[cell]) || state.Roles[cell] is Role.Undefined or Role.Known) continue;
            _found.Add(first + cell);
            // What is read is no leaf, whoever reads it.
            if (_kinds[first + cell] == ContinuousKind.Leaf) _kinds[first + cell] = state.Variable.Type == ElementType.Real ? ContinuousKind.Unknown : ContinuousKind.None;
        }
    }

    /// <summary>A draw of which nothing is read, and of which nothing is given, is a leaf.</summary>
    private void FindLeaves()
    {
        var isRead = new bool[_cells.Count];
        foreach (var element in _elements)
            foreach (var number in element.Reads) isRead[number] = true;
        foreach (var element in _elements)
        {
            if (!element.IsRandom || element.Own.Length == 0) continue;
            var size = RoleAssignment.EventSize(_model.Definitions[element.Draw.Definition], element.Draw.Iteration);
            // The elements of a vector of reals depend on each other, and are unknowns like others.
            var isLeaf = element.Own.Length == size && (size == 1 || _cells[element.Own[0]].State.Variable.Type != ElementType.Real) && Array.TrueForAll(element.Own, n => _kinds[n] != ContinuousKind.None && !isRead[n]);
            foreach (var number in element.Own)
                if (isLeaf) _kinds[number] = ContinuousKind.Leaf;
                else if (_kinds[number] == ContinuousKind.Leaf) _kinds[number] = ContinuousKind.None;
        }
    }

    private void ReadGates(DefinitionState state)
    {
        foreach (var gate in state.Space.OpenGates)
        {
            _reads.Read(gate.Condition, []);
            if (_found.Exists(IsOpen)) Object(ConjugacyDiagnostics.Gate(Locate(gate.Condition.Span)));
        }
    }

    private void Object(IterationSpace space, Bound value, Func<string, Diagnostic> objection)
    {
        for (var i = 0; i < space.Count; i++)
        {
            Iterations.Set(_evaluator.Code, space, i);
            _found.Clear();
            foreach (var gate in space.OpenGates) _reads.Read(gate.Condition, []);
            _reads.Read(value, []);
            if (_found.FindIndex(n => _kinds[n] != ContinuousKind.None) is not (>= 0 and var at)) continue;
            Object(objection(NameOf(_found[at])));
            return;
        }
    }

    private void Object(Diagnostic objection)
    {
        if (!_objections.Contains(objection)) _objections.Add(objection);
    }

    public string NameOf(int number) => ShapeText.Element(_cells[number].State.Variable.Name, _cells[number].State.Shape, _cells[number].Cell);

    /// <summary>What defines a cell that is continuous, or follows from such.</summary>
    public Element ElementOf(int number)
    {
        if (_owners is null)
        {
            _owners = [];
            for (var e = 0; e < _elements.Count; e++)
                foreach (var own in _elements[e].Own) _owners[own] = e;
        }
        return _elements[_owners[number]];
    }

    /// <summary>Where a cell is defined.</summary>
    public Location PlaceOf(int number) => Locate(_model.Definitions[ElementOf(number).Draw.Definition].Definition.Span);

    private Location Locate(Span span) => _model.Graph.Source.Locate(span);
}
