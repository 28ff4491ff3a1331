using ProbLang.Datasets;
using ProbLang.Graph;
using ProbLang.Limits;
using ProbLang.Text;

namespace ProbLang.Analysis;

/// <summary>
/// Lays variables out that are defined together: the iterations of their statements, the cells that each defines, and so
/// their shapes.
/// </summary>
internal sealed class Layout
{
    /// <summary>The most elements of a variable, and iterations of a statement.</summary>
    public const int Limit = 50_000_000;

    private readonly Draft _draft;
    private readonly Dictionary<Variable, int[]> _shapes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<int, int[][]> _targets = [];
    private readonly Dictionary<int, int[]> _rows = [];
    private readonly Dictionary<int, int[]> _blocks = [];
    private readonly Dictionary<int, int[]> _blockLengths = [];
    private readonly Shapes _of;

    private Layout(Draft draft)
    {
        _draft = draft;
        _of = new Shapes(draft.Code, v => draft.State(v)?.Shape ?? _shapes.GetValueOrDefault(v), v => draft.State(v)?.Rows);
    }

    /// <summary>Lays out variables that need each other, once all that they need beside are laid out.</summary>
    public static void Run(Draft draft, IReadOnlyList<Variable> variables)
    {
        var layout = new Layout(draft);
        foreach (var variable in variables)
            draft.Attempt(variable, () =>
            {
                foreach (var d in layout.DefinitionsOf(variable)) layout.LayIterations(d);
            });
        if (variables.Any(draft.IsBroken))
        {
            foreach (var variable in variables) draft.Break(variable);
            return;
        }
        layout.FindShapes(variables);
        foreach (var variable in variables)
            if (!draft.IsBroken(variable)) draft.Attempt(variable, () => layout.LayCells(variable));
    }

    public static void CheckSize(int[] shape, string what, Location place)
    {
        var count = shape.Aggregate(1.0, (a, b) => a * b);
        if (count > Limit) throw new DiagnosticException(DataDiagnostics.TooLarge(what, place));
    }

    private IReadOnlyList<int> DefinitionsOf(Variable variable) => _draft.DefinitionsOf(variable);

    private void LayIterations(int d)
    {
        var state = _draft.Definitions[d];
        var definition = state.Definition;
        var place = _draft.Locate(definition.Span);
        CheckConstantSize(definition, place);
        Func<double>[]? indices = null;
        var targets = definition.Indices.Select(_ => new List<int>()).ToArray();
        state.Space = new Gating(_draft, definition.Plates, definition.Gates).Lay(_ =>
        {
            indices ??= [.. definition.Indices.Select(_draft.Code.Scalar)];
            for (var i = 0; i < indices.Length; i++) targets[i].Add(Target(definition, indices[i]()));
        }, place);
        _targets[d] = [.. targets.Select(t => t.ToArray())];
        _rows[d] = [.. definition.Indices.Select(index => GreatestRow(definition, index))];
    }

    /// <summary>The greatest value of an index over the plates that it depends on: a row is there where the ranges inside of it are empty.</summary>
    private int GreatestRow(Definition definition, Bound index)
    {
        var depth = definition.Plates.Length;
        while (depth > 0 && !Touches(index, definition.Plates.AsSpan()[(depth - 1)..depth].ToArray())) depth--;
        if (depth == definition.Plates.Length || !definition.Gates.IsEmpty) return 0;
        var (greatest, value) = (0.0, _draft.Code.Scalar(index));
        Iterations.ForEach(_draft.Code, definition.Plates.AsSpan()[..depth].ToArray(), () =>
        {
            // Where the ranges are not empty, an index that is none is reported as the target that it is.
            if (value() is var row && row <= Limit && row == Math.Floor(row)) greatest = Math.Max(greatest, row);
        });
        return (int)greatest;
    }

    /// <summary>Plates that are far too large are not even begun.</summary>
    private void CheckConstantSize(Definition definition, Location place)
    {
        var (code, plates) = (_draft.Code, definition.Plates);
        if (!definition.Gates.IsEmpty || plates.Any(p => Touches(p.Lower, plates) || Touches(p.Upper, plates))) return;
        int[] extents = [.. plates.Select(p => code.Extent(code.Scalar(p.Lower)(), code.Scalar(p.Upper)(), p.Lower.Span).Count)];
        Draft.CheckElements(extents.Aggregate(1.0, (a, b) => a * b), "this plate", place);
        CheckSize(extents, "this plate", place);
    }

    private int Target(Definition definition, double index)
    {
        if (index >= 1 && index <= Limit && index == Math.Floor(index)) return (int)index;
        var (name, place) = (definition.Variable.Name, _draft.Locate(definition.Target));
        throw new DiagnosticException(double.IsNaN(index) ? DataDiagnostics.TargetUnknown(name, place)
            : index < 1 ? DataDiagnostics.TargetBelowOne(name, index, place)
            : index > Limit ? DataDiagnostics.TooLarge($"`{name}`", place)
            : DataDiagnostics.TargetNotWhole(name, index, place));
    }

    public static bool Touches(Bound e, IEnumerable<Plate> plates) =>
        e is LoopValue loop ? plates.Any(p => p.Loop == loop.Loop) : Parts.Of(e).Any(part => Touches(part, plates));

    /// <summary>A shape may rest on that of another of the variables, or of another part of the same one: what can be told first is.</summary>
    private void FindShapes(IReadOnlyList<Variable> variables)
    {
        var open = variables.ToList();
        for (var progress = true; progress && open.Count > 0;)
        {
            progress = false;
            foreach (var variable in open.ToArray())
                _draft.Attempt(variable, () =>
                {
                    var before = DefinitionsOf(variable).Count(_blocks.ContainsKey);
                    foreach (var d in DefinitionsOf(variable)) FindBlock(d);
                    progress |= DefinitionsOf(variable).Count(_blocks.ContainsKey) > before;
                    if (!_shapes.ContainsKey(variable) && FindShape(variable) is { } shape)
                    {
                        _shapes[variable] = shape;
                        progress = true;
                    }
                    if (DefinitionsOf(variable).All(_blocks.ContainsKey) && _shapes.ContainsKey(variable)) open.Remove(variable);
                });
            open.RemoveAll(_draft.IsBroken);
        }
        foreach (var variable in open)
        {
            _draft.Report(DataDiagnostics.SizeDependsOnItself(variable.Name, _draft.Locate(variable.Span)));
            _draft.Break(variable);
        }
    }

    private void FindBlock(int d)
    {
        if (_blocks.ContainsKey(d)) return;
        var state = _draft.Definitions[d];
        var definition = state.Definition;
        var rank = definition.Variable.Rank - definition.Indices.Length;
        if (rank == 0) _blocks[d] = [];
        else if (state.Count == 0) _blocks[d] = new int[rank];
        else
        {
            Iterations.Set(_draft.Code, state, 0);
            if (ShapeOfRight(definition) is not { } block) return;
            if (SizesTouchPlates(definition) && FindLengths(state, block) is { } lengths)
            {
                _blockLengths[d] = lengths;
                block = [lengths.Max(), .. block.AsSpan(1)];
            }
            else if (block.Length > 1 && IsRagged(definition)) throw new DiagnosticException(DataDiagnostics.BlockRagged(definition.Variable.Name, _draft.Locate(definition.Span)));
            _blocks[d] = block;
        }
    }

    /// <summary>The first size of what each iteration defines; null where all are equal. Only the first may differ.</summary>
    private int[]? FindLengths(DefinitionState state, int[] first)
    {
        var lengths = new int[state.Count];
        for (var i = 0; i < lengths.Length; i++)
        {
            Iterations.Set(_draft.Code, state, i);
            var block = ShapeOfRight(state.Definition)!;
            if (block.Length > 1 && (!block.AsSpan(1).SequenceEqual(first.AsSpan(1)) || IsRagged(state.Definition)))
                throw new DiagnosticException(DataDiagnostics.BlockRagged(state.Definition.Variable.Name, _draft.Locate(state.Definition.Span)));
            lengths[i] = block[0];
        }
        return Array.TrueForAll(lengths, n => n == lengths[0]) ? null : lengths;
    }

    private bool IsRagged(Definition definition) => Parts.OfRight(definition).Any(e => e.Rank > 1 && _of.RowsOf(e) is not null);

    private int[]? ShapeOfRight(Definition definition) =>
        definition.Distribution is { } distribution ? _of.Of(distribution) : _of.Of(definition.Value!);

    /// <summary>Whether the size of the right side may differ between iterations.</summary>
    private bool SizesTouchPlates(Definition definition) =>
        new SizeDependence(loop => definition.Plates.Any(p => p.Loop == loop), v => _draft.State(v)?.Rows is not null).Of(definition);

    /// <summary>From the greatest index of each dimension, and from the right sides where there is no index.</summary>
    private int[]? FindShape(Variable variable)
    {
        if (_draft.Inverted?.Laid.GetValueOrDefault(variable) is { } laid) return laid.Shape;
        var shape = new int[variable.Rank];
        var given = Givens.ShapeOf(_draft, variable) is { } s && s.Length == variable.Rank ? s : null;
        for (var dimension = 0; dimension < shape.Length; dimension++)
        {
            int? exact = null;
            int? exactFrom = null;
            var greatest = 0;
            foreach (var d in DefinitionsOf(variable))
            {
                var state = _draft.Definitions[d];
                if (dimension < _rows[d].Length) greatest = Math.Max(greatest, _rows[d][dimension]);
                if (state.Count == 0) continue;
                if (dimension < _targets[d].Length) greatest = Math.Max(greatest, _targets[d][dimension].Max());
                else if (_blocks.TryGetValue(d, out var block))
                {
                    var size = block[dimension - _targets[d].Length];
                    if (dimension == _targets[d].Length && _blockLengths.ContainsKey(d))
                    {
                        greatest = Math.Max(greatest, size);
                        continue;
                    }
                    if (exact is { } other && other != size) throw Conflict(variable, dimension, other, size, exactFrom!.Value, d);
                    (exact, exactFrom) = (size, d);
                }
            }
            if (exact is null && greatest == 0)
            {
                // Nothing defines an element of it: the data say how many there are, or there are none.
                var isDefined = DefinitionsOf(variable).Any(d => _draft.Definitions[d].Count > 0);
                if (given is null && isDefined) return null;
                exact = given?[dimension] ?? 0;
            }
            if (exact is { } fixedSize && greatest > fixedSize)
                throw new DiagnosticException(DataDiagnostics.SizeConflict(variable.Name, $"{fixedSize} long", $"defined at {greatest}", _draft.Locate(variable.Span), _draft.Locate(_draft.Definitions[exactFrom ?? DefinitionsOf(variable)[0]].Definition.Target)));
            shape[dimension] = exact ?? greatest;
        }
        return shape;
    }

    private DiagnosticException Conflict(Variable variable, int dimension, int first, int second, int from, int d) => new(DataDiagnostics.SizeConflict(
        variable.Name, $"{first} long in dimension {dimension + 1}", $"{second} long in dimension {dimension + 1}",
        _draft.Locate(_draft.Definitions[d].Definition.Target), _draft.Locate(_draft.Definitions[from].Definition.Target)));

    private void LayCells(Variable variable)
    {
        var defined = _shapes[variable];
        var shape = Extended(variable, defined);
        Draft.CheckElements(shape.Aggregate(1.0, (a, b) => a * b), $"`{variable.Name}`", _draft.Locate(variable.Span));
        CheckSize(shape, $"`{variable.Name}`", _draft.Locate(variable.Span));
        _draft.Make(Tensor.CountOf(shape), $"`{variable.Name}`", _draft.Locate(variable.Span));
        var count = Tensor.CountOf(shape);
        var state = new VariableState(variable, shape) { Values = Tensor.Unknown(shape).Values, Roles = new Role[count], Needed = new bool[count] };
        var draft = new VariableDraft(state) { Defined = shape == defined ? null : defined };
        foreach (var d in DefinitionsOf(variable)) LayTargets(draft, d);
        if (variable.Rank > 1 && DefinitionsOf(variable).Any(d => !_draft.Definitions[d].IsRectangular || _draft.Definitions[d].BlockLengths is not null)) LayRows(draft);
        if (_draft.Inverted?.Laid.GetValueOrDefault(variable) is { Rows: { } rows }) (state.Rows, draft.DefinedRows) = (rows, null);
        _draft.Add(draft);
    }

    /// <summary>
    /// Elements that no statement defines are known when the data give them, after the last that is defined too; whether a
    /// statement uses them, so that they are not a mistake, shows when what is read is known.
    /// </summary>
    private int[] Extended(Variable variable, int[] shape)
    {
        if (_draft.Inverted?.Laid.ContainsKey(variable) == true || Givens.ShapeOf(_draft, variable) is not { } given || given.Length != shape.Length || given.AsSpan().SequenceEqual(shape)) return shape;
        var indexed = DefinitionsOf(variable).Min(d => _targets[d].Length);
        for (var d = 0; d < shape.Length; d++)
            if (d < indexed ? given[d] < shape[d] : given[d] != shape[d]) return shape;
        return given;
    }

    /// <summary>Rows end at the last cell that a statement defines or, for what is known without one, that the data give.</summary>
    private void LayRows(VariableDraft draft)
    {
        var (variable, state) = (draft.State.Variable, draft.State);
        var exists = Array.ConvertAll(draft.Owner, owner => owner >= 0);
        var defined = RowLengths.Of(state.Shape, exists);
        if (Givens.WholeOf(_draft, variable) is { } given && given.Shape.AsSpan().SequenceEqual(state.Shape))
            for (var cell = 0; cell < exists.Length; cell++) exists[cell] |= !double.IsNaN(given.Values[cell]);
        state.Rows = RowLengths.Of(state.Shape, exists);
        if (defined is not null && !defined.IsAs(state.Rows)) draft.DefinedRows = defined;
    }

    private void LayTargets(VariableDraft variable, int d)
    {
        var (state, shape, indices, block) = (_draft.Definitions[d], variable.State.Shape, _targets[d], _blocks[d]);
        var lengths = _blockLengths.GetValueOrDefault(d);
        if (state.Count > 0 && !(lengths is null ? block.AsSpan().SequenceEqual(shape.AsSpan(indices.Length)) : block.AsSpan(1).SequenceEqual(shape.AsSpan(indices.Length + 1))))
            throw new DiagnosticException(DataDiagnostics.SizeConflict(variable.State.Variable.Name, ShapeText.Of(shape[indices.Length..]), ShapeText.Of(block), _draft.Locate(state.Definition.Target), _draft.Locate(variable.State.Variable.Span)));
        state.BlockShape = shape[indices.Length..];
        state.BlockSize = Tensor.CountOf(state.BlockShape);
        state.BlockLengths = lengths;
        state.Targets = new int[state.Count];
        var looks = new Ticker();
        for (var i = 0; i < state.Count; i++)
        {
            looks.Tick();
            var offset = 0;
            for (var k = 0; k < indices.Length; k++) offset = offset * shape[k] + indices[k][i] - 1;
            state.Targets[i] = offset *= state.BlockSize;
            for (var cell = offset; cell < offset + state.SizeOf(i); cell++)
            {
                if (variable.Owner[cell] >= 0 && ExcludeEachOther(_draft.Definitions[variable.Owner[cell]].Definition, state.Definition))
                    throw new DiagnosticException(DataDiagnostics.BothBranches(ShapeText.Element(variable.State.Variable.Name, shape, cell),
                        _draft.Locate(_draft.Definitions[variable.Owner[cell]].Definition.Target), _draft.Locate(state.Definition.Target)));
                if (variable.Owner[cell] >= 0)
                    throw new DiagnosticException(DataDiagnostics.DefinedTwice(ShapeText.Element(variable.State.Variable.Name, shape, cell),
                        _draft.Locate(_draft.Definitions[variable.Owner[cell]].Definition.Target), _draft.Locate(state.Definition.Target)));
                variable.Owner[cell] = d;
                variable.Iteration[cell] = i;
            }
        }
    }

    /// <summary>Whether they are in different branches of one <c>if</c>.</summary>
    private static bool ExcludeEachOther(Definition a, Definition b) =>
        a.Gates.Any(g => b.Gates.Any(h => ReferenceEquals(g.Condition, h.Condition) && g.Side != h.Side));
}
