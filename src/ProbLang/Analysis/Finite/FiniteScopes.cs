using System.Globalization;
using System.Text;
using ProbLang.Graph;
using ProbLang.Limits;

namespace ProbLang.Analysis;

/// <summary>
/// Finds which finite cells something depends on: those that it reads, and those that go into what is computed of them. Iterations
/// of a statement are looked at one by one, so that in <c>x[t] ~ Categorical(p[x[t-1]])</c> a draw depends on two cells, however long the chain is.
/// </summary>
internal sealed class FiniteScopes
{
    // What a note is of, as against a value that is known: numbers that no data have.
    private static readonly double NewCell = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0001);
    private static readonly double ComputedCell = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_0002);

    private readonly ConditionedModel _model;
    private readonly Evaluator _evaluator;
    private readonly FiniteCells _cells;
    private readonly ElementReads _reads;
    private readonly Dictionary<VariableState, (int Definition, int Iteration)[]> _owners = [];
    private readonly Once<int[][]> _positions;

    private readonly List<int> _scope = [];
    private readonly HashSet<(int Definition, int Iteration)> _computed = [];
    private readonly Dictionary<(VariableState, int), int> _seen = [];
    private readonly Queue<(VariableState State, int Cell)> _open = new();
    private readonly StringBuilder _pattern = new();
    private readonly List<double>? _notes;
    private readonly Dictionary<VariableState, (int Number, bool IsKnown)>? _arrays;
    private bool _readsContinuous;

    /// <param name="model">The model with its data.</param>
    /// <param name="evaluator">Knows what the data give, and nothing else.</param>
    /// <param name="cells">The finite cells; more may be added later.</param>
    /// <param name="withNotes">Whether scopes have <see cref="FiniteScope.Notes"/>.</param>
    public FiniteScopes(ConditionedModel model, Evaluator evaluator, FiniteCells cells, bool withNotes = false)
    {
        (_model, _evaluator, _cells) = (model, evaluator, cells);
        if (withNotes) (_notes, _arrays) = ([], []);
        _reads = new ElementReads(model, evaluator.Code, Visit, _notes is null ? null : _notes.Add);
        _positions = new(() => Positions(model));
    }

    /// <summary>Of a draw: event <paramref name="e"/> of an iteration; with its branch, if it is in one, unless it has its distribution in any case.</summary>
    public FiniteScope Of(int definition, int iteration, int e, bool withBranch = true)
    {
        var state = _model.Definitions[definition];
        Begin();
        var size = RoleAssignment.EventSize(state, iteration);
        for (var cell = 0; cell < size; cell++) VisitOwn(_model[state.Definition.Variable], state.Targets[iteration] + e * size + cell);
        _evaluator.SetIteration(state, iteration);
        if (withBranch) ReadGates(state.Space);
        _reads.Read(state.Definition.Distribution!, BatchIndex(state, iteration, e));
        return End();
    }

    /// <summary>Of a value in an iteration of its plates, or of one element of it.</summary>
    public FiniteScope Of(Bound value, IterationSpace space, int iteration, ReadOnlySpan<int> element)
    {
        Begin();
        Iterations.Set(_evaluator.Code, space, iteration);
        ReadGates(space);
        _reads.Read(value, value.Rank == 0 ? [] : element);
        return End();
    }

    /// <summary>Of a cell that is computed.</summary>
    public FiniteScope Of(VariableState state, int cell)
    {
        Begin();
        Visit(state, cell, 1);
        return End();
    }

    private void Begin()
    {
        _scope.Clear();
        _computed.Clear();
        _seen.Clear();
        _pattern.Clear();
        _notes?.Clear();
        _readsContinuous = false;
    }

    private FiniteScope End()
    {
        while (_open.TryDequeue(out var next)) Expand(next.State, next.Cell);
        return new FiniteScope([.. _scope], [.. _computed.OrderBy(c => _positions.Value[c.Definition][c.Iteration])], _pattern.ToString(), _readsContinuous)
        {
            Notes = _notes?.ToArray() ?? [],
        };
    }

    private void ReadGates(IterationSpace space)
    {
        foreach (var gate in space.OpenGates) _reads.Read(gate.Condition, []);
    }

    private void VisitOwn(VariableState state, int cell)
    {
        if (_cells.NumberOf(state.Variable, cell) is >= 0 and var number) Add(number);
        // What is drawn and is not finite is the density's own affair.
        else _notes?.Add(state.Values[cell]);
        _pattern.Append(';');
    }

    private void Visit(VariableState state, int offset, int count)
    {
        if (_notes is not null && Note(state, offset, count) || state.Variable.IsInput) return;
        var isFinite = _cells.Has(state.Variable);
        for (var cell = offset; cell < offset + count; cell++)
        {
            if (isFinite && _cells.NumberOf(state.Variable, cell) is >= 0 and var number) Add(number);
            else if (!double.IsNaN(state.Values[cell]) || state.Roles[cell] == Role.Undefined)
            {
                if (isFinite) _pattern.Append('o');
                _notes?.Add(state.Values[cell]);
            }
            else if (state.Roles[cell] is Role.Computed or Role.ComputedForward)
            {
                if (_seen.TryAdd((state, cell), _seen.Count)) _open.Enqueue((state, cell));
                _notes?.AddRange([ComputedCell, _seen[(state, cell)]]);
            }
            else _readsContinuous = true;
        }
    }

    /// <summary>Notes that cells of an array are read which all are known: of a single one its value, of several which they are. False where some are not known.</summary>
    private bool Note(VariableState state, int offset, int count)
    {
        if (!_arrays!.TryGetValue(state, out var array)) _arrays.Add(state, array = (_arrays.Count, state.Variable.IsInput || !state.Values.AsSpan().Contains(double.NaN)));
        if (!array.IsKnown) return false;
        if (count == 1) _notes!.Add(state.Values[offset]);
        else _notes!.AddRange([array.Number, offset, count]);
        return true;
    }

    private void Add(int number)
    {
        var slot = _scope.IndexOf(number);
        if (slot < 0)
        {
            slot = _scope.Count;
            _scope.Add(number);
            var cell = _cells[number];
            _notes?.AddRange([NewCell, cell.Values?.Id ?? -1, cell.Low, cell.Count]);
        }
        _notes?.AddRange([NewCell, slot]);
        _pattern.Append(CultureInfo.InvariantCulture, $"{slot},");
    }

    private void Expand(VariableState state, int cell)
    {
        var (definition, iteration) = OwnerOf(state, cell);
        var owner = _model.Definitions[definition];
        _computed.Add((definition, iteration));
        _pattern.Append(CultureInfo.InvariantCulture, $"<{definition}>");
        _notes?.Add(definition);
        _evaluator.SetIteration(owner, iteration);
        ReadGates(owner.Space);
        var value = owner.Definition.Value!;
        _reads.Read(value, value.Rank == 0 ? [] : Index(cell - owner.Targets[iteration], owner.ShapeOf(iteration)));
    }

    /// <summary>The statement and the iteration that define a cell.</summary>
    public (int Definition, int Iteration) OwnerOf(VariableState state, int cell)
    {
        if (!_owners.TryGetValue(state, out var owners))
        {
            _owners.Add(state, owners = new (int, int)[state.Count]);
            Array.Fill(owners, (-1, -1));
            for (var d = 0; d < _model.Definitions.Count; d++)
            {
                var definition = _model.Definitions[d];
                if (definition.Definition.Variable != state.Variable) continue;
                for (var i = 0; i < definition.Count; i++) owners.AsSpan(definition.Targets[i], definition.SizeOf(i)).Fill((d, i));
            }
        }
        return owners[cell];
    }

    /// <summary>The index of a draw among those of an iteration.</summary>
    public static int[] BatchIndex(DefinitionState state, int iteration, int e) => Index(e, state.ShapeOf(iteration).AsSpan(..^state.EventRank));

    /// <summary>The index in an array of a cell.</summary>
    public static int[] Index(int at, ReadOnlySpan<int> shape)
    {
        var index = new int[shape.Length];
        for (var d = index.Length - 1; d >= 0; d--)
        {
            index[d] = at % shape[d];
            at /= shape[d];
        }
        return index;
    }

    /// <summary>By definition and iteration, the place in the order of evaluation.</summary>
    private static int[][] Positions(ConditionedModel model)
    {
        var positions = model.Definitions.Select(d => new int[d.Count]).ToArray();
        var next = 0;
        foreach (var run in model.Order)
            for (var i = run.First; i < run.First + run.Count; i++) positions[run.Definition][i] = next++;
        return positions;
    }
}
